"""What the targets of a plan are measured by: a target `target:<id>` is stated of each of these.

They are figures like the others, asked for by name or beside their target, and in no year's list.
"""

from projections.figures.definition import Definition, Term, one
from projections.figures.terms.basic import Distinct, FactCount, TermSource
from projections.figures.terms.claims import ClaimsInForce
from projections.figures.terms.plan import SeveralMeasures, StatedLast

# So many elders there are, as somebody has counted them: the base of 9064.
ELDERS = Term("denominator", StatedLast(figure="elders", unit="person"), "person", "elders")


def share_of_elders(id_: str, zh: str, en: str, *, source: TermSource, formula: str) -> Definition:
    """Define what share of all elders is cared for in some way."""
    return Definition(
        id=id_,
        zh=zh,
        en=en,
        programme="elder-care",
        kind="rate",
        unit="percent",
        formula=f"{formula} / stated(elders)",
        print="percent:1",
        decimals=2,
        basis="mixed",
        terms=(Term("numerator", source, "person", personal=True), ELDERS),
    )


TARGETS = (
    Definition(
        id="service-centres",
        zh="建成社区服务中心",
        en="Community service centres opened",
        programme="community-building",
        kind="flow",
        unit="site",
        formula="n(entry.opened, service-centre)",
        print="plain",
        counter="个",
        terms=one(FactCount(measure="entries-opened", detail="service-centre"), "site"),
    ),
    Definition(
        id="community-bodies",
        zh="登记、备案的社区社会组织",
        en="Community bodies registered or on record",
        programme="organisations",
        kind="stock",
        unit="organisation",
        formula="stock(organisations registered or recorded, activity=community)",
        print="plain",
        counter="家",
        terms=one(
            SeveralMeasures(
                measures=("organisations", "organisations-on-record"), programme="community"
            ),
            "organisation",
        ),
    ),
    share_of_elders(
        "elders-at-home",
        "居家养老的老人比例",
        "Share of elders cared for at home",
        source=ClaimsInForce(programme="home-care"),
        formula="stock(entitlements home-care, in force)",
    ),
    share_of_elders(
        "elders-in-community",
        "社区养老的老人比例",
        "Share of elders cared for in their community",
        source=FactCount(measure="placements", detail="day-care", stock=True),
        formula="stock(placements day-care)",
    ),
    share_of_elders(
        "elders-in-homes",
        "机构养老的老人比例",
        "Share of elders in homes",
        source=FactCount(measure="placements", detail="elder-home", stock=True),
        formula="stock(placements elder-home)",
    ),
    Definition(
        id="party-coverage",
        zh="符合条件的社会组织建立党组织比例",
        en="Bodies with a party organisation, of those that must have one",
        programme="organisations",
        kind="rate",
        unit="percent",
        formula="bodies that reported a party organisation / bodies that reported three members",
        print="percent:0",
        terms=(
            Term("numerator", Distinct(measure="party-organised"), "organisation"),
            Term("denominator", Distinct(measure="party-due"), "organisation"),
        ),
    ),
)
