"""Figures of the welfare lottery and of what its public-welfare fund pays for."""

from projections.figures.definitions import Definition, Term, one
from projections.figures.sources import Counted, Distinct, StatedBefore

FUND = "fund:lottery"
SALES = Counted(measure="lottery-sales")

FIGURES = (
    Definition(
        id="welfare-bodies.grant",
        zh="公益金资助民办福利机构",
        en="Lottery fund granted to private welfare bodies",
        programme="welfare-bodies",
        kind="flow",
        unit="fen",
        formula="sum(grant.awarded.shares, fund lottery, programme welfare-bodies)",
        print="万元:0",
        stage="committed",
        terms=one(Counted(measure="grant-share", programme="welfare-bodies", fund=FUND), "fen"),
    ),
    Definition(
        id="elders-joy.grant",
        zh="公益金投入老有所乐计划",
        en="Lottery fund granted to community culture for elders",
        programme="elders-joy",
        kind="flow",
        unit="fen",
        formula="sum(grant.awarded.shares, fund lottery, programme elders-joy)",
        print="万元:0",
        stage="committed",
        terms=one(Counted(measure="grant-share", programme="elders-joy", fund=FUND), "fen"),
    ),
    Definition(
        id="elders-joy.bodies",
        zh="首批受资助的社区老年文体组织",
        en="Bodies funded in the first batch",
        programme="elders-joy",
        kind="flow",
        unit="organisation",
        formula="distinct body of grant.awarded, elders-joy, round 1",
        print="up:100",
        counter="个",
        qualifier="nearly",
        terms=one(
            Distinct(measure="grant-body", programme="elders-joy", detail="round:1"), "organisation"
        ),
    ),
    Definition(
        id="lottery.sales",
        zh="全年销售福利彩票",
        en="Welfare lottery sales",
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
        programme="lottery",
        kind="rate",
        unit="percent",
        formula="lottery.sales / stated(lottery.sales, year before) - 1",
        print="percent:1",
        basis="mixed",
        less=1,
        terms=(
            Term("numerator", SALES, "fen", "lottery.sales"),
            Term("denominator", StatedBefore(figure="lottery.sales"), "fen"),
        ),
    ),
    Definition(
        id="lottery.released",
        zh="投放福利彩票公益金",
        en="Lottery public-welfare fund released",
        programme="lottery",
        kind="flow",
        unit="fen",
        formula="sum(fund.committed) - sum(fund.uncommitted), fund lottery",
        print="亿元:2",
        stage="committed",
        terms=one(Counted(measure="committed", fund=FUND), "fen"),
    ),
    Definition(
        id="lottery.projects",
        zh="公益金资助福利和公益项目",
        en="Projects funded by the lottery fund",
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
