"""Figures of what charities raise."""

from projections.figures.definitions import Definition, one
from projections.figures.sources import Counted, EachKeeper

FEDERATION = "organisation:charity-federation"

FIGURES = (
    Definition(
        id="federation.cash",
        zh="市慈善会全年募集善款",
        en="Cash raised by the city charity federation",
        programme="charity",
        kind="flow",
        unit="fen",
        formula="sum(donation.received.amount, keeper federation)",
        print="万元:0",
        scope="city federation",
        stage="received",
        terms=one(Counted(measure="donated", detail=FEDERATION), "fen"),
    ),
    Definition(
        id="system.cash",
        zh="全市民政系统募集慈善款项",
        en="Cash raised by the whole civil-affairs system",
        programme="charity",
        kind="flow",
        unit="fen",
        formula="each keeper once: sum(donation.received.amount), else stated(system.cash)",
        print="亿元:2",
        scope="whole civil-affairs system",
        stage="received",
        basis="mixed",
        terms=one(EachKeeper(measure="donated", figure="system.cash", scope="system"), "fen"),
    ),
)
