"""Figures of social organisations (社会组织)."""

from projections.figures.definition import Definition, Term, one
from projections.figures.terms.basic import Before, FactCount

STOCK = FactCount(measure="organisations", stock=True)

FIGURES = (
    Definition(
        id="organisations.new",
        zh="新成立社会组织",
        en="Social organisations newly registered",
        chapter=7,
        programme="organisations",
        kind="flow",
        unit="organisation",
        formula="n(organisation.registered)",
        print="plain",
        counter="家",
        terms=one(FactCount(measure="organisations-registered"), "organisation"),
    ),
    Definition(
        id="organisations.growth",
        zh="社会组织总量比上年增长",
        en="Growth of the number of social organisations",
        chapter=7,
        programme="organisations",
        kind="rate",
        unit="percent",
        formula="stock(organisations) / stock(organisations, end of the year before) - 1",
        print="percent:1",
        less=1,
        terms=(
            Term("numerator", STOCK, "organisation", "organisations.total"),
            Term("denominator", Before(STOCK), "organisation"),
        ),
    ),
    Definition(
        id="organisations.total",
        zh="现有社会组织",
        en="Social organisations registered",
        chapter=7,
        programme="organisations",
        kind="stock",
        unit="organisation",
        formula="stock(organisations registered)",
        print="plain",
        counter="家",
        terms=one(STOCK, "organisation"),
    ),
    Definition(
        id="organisations.revoked",
        zh="依法撤销民办非企业单位",
        en="Private units revoked",
        chapter=7,
        programme="organisations",
        kind="flow",
        unit="organisation",
        formula="n(organisation.revoked, private-unit)",
        print="plain",
        counter="家",
        terms=one(
            FactCount(measure="organisations-revoked", detail="private-unit"), "organisation"
        ),
    ),
)
