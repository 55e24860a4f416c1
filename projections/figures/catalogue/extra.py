"""Figures beside the report's: asked for by name, and linked from a chapter of the year's page."""

from projections.figures.catalogue.funds.charity import FEDERATION
from projections.figures.definition import Definition, Term, one
from projections.figures.terms.basic import Distinct, FactCount

FIGURES = (
    Definition(
        id="refuge.helped",
        zh="家庭暴力庇护中心庇护的人",
        en="Persons given refuge from violence",
        chapter=2,
        programme="refuge",
        kind="flow",
        unit="person",
        formula="who(placement.admitted, placement.assisted; kind=refuge)",
        print="plain",
        counter="人",
        terms=(
            Term(
                "value",
                Distinct(measure="placement-helped", detail="refuge"),
                "person",
                personal=True,
                whole=True,
            ),
        ),
    ),
    Definition(
        id="federation.refunds",
        zh="市慈善会退还的善款",
        en="Cash given back by the city charity federation",
        chapter=4,
        programme="charity",
        kind="flow",
        unit="fen",
        formula="sum(donation.refunded.amount, keeper federation)",
        print="元:0",
        scope="city federation",
        terms=one(FactCount(measure="donation-refunded", detail=FEDERATION), "fen"),
    ),
)
