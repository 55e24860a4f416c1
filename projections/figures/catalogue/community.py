"""Figures of community building."""

from projections.figures.definitions import Definition, one
from projections.figures.sources import Counted

FIGURES = (
    Definition(
        id="community-projects.approved",
        zh="固本强基社区建设审批项目",
        en="Community building projects approved",
        programme="community-building",
        kind="flow",
        unit="project",
        formula="n(grant.awarded, community-building)",
        print="plain",
        counter="个",
        stage="committed",
        terms=one(Counted(measure="grants", programme="community-building"), "project"),
    ),
    Definition(
        id="community-projects.city-money",
        zh="市财政投资固本强基社区建设",
        en="City money for community building projects",
        programme="community-building",
        kind="flow",
        unit="fen",
        formula="sum(grant.awarded.shares, community-building, fiscal funds kept by the bureau)",
        print="亿元:1",
        scope="city finance",
        stage="committed",
        terms=one(
            Counted(measure="grant-share", programme="community-building", of_bureau=True), "fen"
        ),
    ),
)
