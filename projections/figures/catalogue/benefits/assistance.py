"""Figures of social assistance (社会救助)."""

from projections.figures.definition import FEN_A_MONTH, Definition, Term, one
from projections.figures.terms.basic import Distinct, FactCount, Spent
from projections.figures.terms.in_force import InForce
from projections.figures.terms.insured import Insured
from projections.figures.terms.statements import StatedBefore

DIBAO = Spent(programme="dibao")
DIBAO_MONTHS = FactCount(measure="payment-persons", programme="dibao")
MEMBERS = Insured(programme="dibao", insurance="inpatient-insurance", all=True)
COVERED = Insured(programme="dibao", insurance="inpatient-insurance")

FIGURES = (
    Definition(
        id="dibao.spend",
        zh="全年支出低保金",
        en="Subsistence allowance paid",
        chapter=2,
        programme="dibao",
        kind="flow",
        unit="fen",
        formula="net(spent:*:*:dibao)",
        print="万元:1",
        stage="paid",
        terms=one(DIBAO, "fen", personal=True),
    ),
    Definition(
        id="dibao.average",
        zh="低保对象人平月领取低保补助金",
        en="Subsistence allowance per recipient and month",
        chapter=2,
        programme="dibao",
        kind="rate",
        unit=FEN_A_MONTH,
        formula="dibao.spend / sum(payment.made.persons, scheme=dibao, not written back)",
        print="元:0",
        stage="paid",
        terms=(
            Term("numerator", DIBAO, "fen", "dibao.spend", personal=True),
            Term("denominator", DIBAO_MONTHS, "person-month", personal=True),
        ),
    ),
    Definition(
        id="dibao.average.rise",
        zh="低保对象人平月补助金比上年增加",
        en="Rise of that average on the year before",
        chapter=2,
        programme="dibao",
        kind="difference",
        unit=FEN_A_MONTH,
        formula="dibao.average - stated(dibao.average, year before)",
        print="元:0",
        stage="paid",
        basis="mixed",
        terms=(
            Term("numerator", DIBAO, "fen", "dibao.spend", personal=True),
            Term("denominator", DIBAO_MONTHS, "person-month", personal=True),
            Term("minus", StatedBefore(figure="dibao.average", unit="fen"), FEN_A_MONTH),
        ),
    ),
    Definition(
        id="price-subsidy.rate",
        zh="低保对象每月物价补贴",
        en="Price subsidy per recipient and month",
        chapter=2,
        programme="price-subsidy",
        kind="rate",
        unit=FEN_A_MONTH,
        formula="rate(price-subsidy) on the last day",
        print="元:0",
        basis="rule",
        terms=one(InForce(measure="rate", programme="price-subsidy"), FEN_A_MONTH),
    ),
    Definition(
        id="dibao.inpatient-cover",
        zh="低保对象住院医疗保险覆盖率",
        en="Recipients covered by inpatient insurance",
        chapter=2,
        programme="dibao",
        kind="rate",
        unit="percent",
        formula="members with inpatient-insurance / members of dibao households, on the last day",
        print="percent:0",
        scope="dibao recipients",
        decimals=0,
        terms=(
            Term("numerator", COVERED, "person", personal=True),
            Term("denominator", MEMBERS, "person", personal=True),
        ),
    ),
    Definition(
        id="shelter.assisted",
        zh="全年接收救助各类人员",
        en="Persons sheltered or assisted",
        chapter=2,
        programme="shelter",
        kind="flow",
        unit="person",
        formula="who(placement.admitted, placement.assisted; kind=shelter), unidentified each once",
        print="plain",
        counter="人",
        terms=one(Distinct(measure="placement-helped", detail="shelter"), "person", personal=True),
    ),
    Definition(
        id="refuge.helped",
        zh="家庭暴力庇护中心庇护的人",
        en="Persons given refuge from violence",
        chapter=2,
        beside=True,
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
)
