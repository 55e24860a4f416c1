"""Figures of the welfare lottery and of what its public-welfare fund releases."""

from projections.figures.definition import Definition, Term, one
from projections.figures.terms.basic import Distinct, FactCount
from projections.figures.terms.statements import StatedBefore

FUND = "fund:lottery"
SALES = FactCount(measure="lottery-sales")

FIGURES = (
    Definition(
        id="lottery.sales",
        zh="全年销售福利彩票",
        en="Welfare lottery sales",
        chapter=3,
        programme="lottery",
        kind="flow",
        unit="fen",
        formula="sum(lottery.sales-reported)",
        print="亿元:2",
        terms=one(SALES, "fen"),
    ),
    Definition(
        id="lottery.sales.growth",
        zh="福利彩票销量比上年增长",
        en="Growth of lottery sales on the year before",
        chapter=3,
        programme="lottery",
        kind="rate",
        unit="percent",
        formula="lottery.sales / stated(lottery.sales, year before) - 1",
        print="percent:1",
        basis="mixed",
        less=1,
        terms=(
            Term("numerator", SALES, "fen", "lottery.sales"),
            Term("denominator", StatedBefore(figure="lottery.sales", unit="fen"), "fen"),
        ),
    ),
    Definition(
        id="lottery.released",
        zh="投放福利彩票公益金",
        en="Lottery public-welfare fund released",
        chapter=3,
        programme="lottery",
        kind="flow",
        unit="fen",
        formula="sum(fund.committed) - sum(fund.uncommitted), fund lottery",
        print="亿元:2",
        stage="committed",
        terms=one(FactCount(measure="committed", fund=FUND), "fen"),
    ),
    Definition(
        id="lottery.projects",
        zh="公益金资助福利和公益项目",
        en="Projects funded by the lottery fund",
        chapter=3,
        programme="lottery",
        kind="flow",
        unit="project",
        formula="distinct project of the grants and contracts behind lottery.released",
        print="plain",
        counter="个",
        stage="committed",
        terms=one(Distinct(measure="fund-project", fund=FUND), "project"),
    ),
)
