"""Figures of the other affairs (专项事务): marriages and funerals."""

from projections.figures.definition import Definition, Term, one
from projections.figures.terms.basic import FactCount
from projections.figures.terms.in_force import InForce

FIGURES = (
    Definition(
        id="marriage.registered",
        zh="全年结婚登记",
        en="Marriages registered",
        chapter=8,
        programme="marriage",
        kind="flow",
        unit="couple",
        formula="n(registration.entered, marriage)",
        print="plain",
        counter="对",
        terms=one(FactCount(measure="registrations", detail="marriage"), "couple", personal=True),
    ),
    Definition(
        id="marriage.divorced",
        zh="全年离婚登记",
        en="Divorces registered",
        chapter=8,
        programme="marriage",
        kind="flow",
        unit="couple",
        formula="n(registration.entered, divorce)",
        print="plain",
        counter="对",
        terms=one(FactCount(measure="registrations", detail="divorce"), "couple", personal=True),
    ),
    Definition(
        id="marriage.compliance",
        zh="婚姻登记合格率",
        en="Marriage registrations found compliant",
        chapter=8,
        programme="marriage",
        kind="rate",
        unit="percent",
        formula="compliant / inspected registrations",
        print="percent:0",
        decimals=0,
        terms=(
            Term(
                "numerator", FactCount(measure="registrations-compliant"), "couple", personal=True
            ),
            Term(
                "denominator", FactCount(measure="registrations-inspected"), "couple", personal=True
            ),
        ),
    ),
    Definition(
        id="funeral.cremation",
        zh="遗体火化率",
        en="Cremation rate",
        chapter=8,
        programme="funeral",
        kind="rate",
        unit="percent",
        formula="tally cremation: cremated / handled",
        print="percent:0",
        basis="tally",
        decimals=0,
        terms=(
            Term("numerator", FactCount(measure="tally:cremation", unit="person"), "person"),
            Term("denominator", FactCount(measure="tally-base:cremation", unit="person"), "person"),
        ),
    ),
    Definition(
        id="funeral.lowest-price",
        zh="最低价殡葬服务",
        en="Lowest price of a funeral package",
        chapter=8,
        programme="funeral",
        kind="rule",
        unit="fen",
        formula="min(rule(funeral-package:*))",
        print="元:0",
        basis="rule",
        terms=one(InForce(measure="rule:funeral-package:*"), "fen"),
    ),
)
