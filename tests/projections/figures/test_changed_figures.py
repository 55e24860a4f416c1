"""One event more changes exactly the figures that contain it, and each of them names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from infra.projector.projector import Projector
from infra.projector.rebuild import rebuild
from projections import figures, registers
from projections.core.view import Moment
from scripts.golden.office import officers
from scripts.golden.registers.areas import CITY
from scripts.scenarios.office import Office, fen, staffed
from scripts.scenarios.stories import a_fund, a_scheme, approved, entitled, release
from tests.projections.figures.golden_year import YEAR, connection, golden, head

if TYPE_CHECKING:
    from infra.ledger import Ledger
    from tests.projections.figures.golden_year import Database

__all__ = ["connection", "golden", "head"]

ON = "2007-12-31"
WHOLE = {"organisations.total", "organisations.growth"}
SOCIAL = "area:luohu"


def said(command: str, subject: str, by: str, **what: Any) -> dict[str, Any]:
    return {"command": command, "subject": subject, "by": by, **what}


def entry(register: str) -> dict[str, Any]:
    what = {"register": register, "title": "新", "area": CITY, "links": ["a:1", "a:2"]}
    return said("entry.open", f"entry:one-more-{register}", officers.CLERK, **what)


def body(activity: str) -> dict[str, Any]:
    what = {"title": "新", "kind": "private-unit", "activity": activity, "area": SOCIAL}
    return said("organisation.register", f"organisation:more-{activity}", REGISTRAR, **what)


def rule(name: str, amount: int, unit: str) -> dict[str, Any]:
    what = {"rule": name, "amount": {"value": amount, "unit": unit}, "from": "2007-12-01"}
    return said("rule.enact", f"rule:{name}", officers.APPROVER_SCHEMES, **what)


def gift(key: str, **what: Any) -> dict[str, Any]:
    more = {"fund": "fund:federation", "earmark": "general", "name_shown": False}
    return said("donation.receive", f"donation:{key}", officers.FUNDRAISER, **more, **what)


def stated(figure: str, keeper: str, value: int, unit: str) -> dict[str, Any]:
    what = {
        "figure": figure,
        "keeper": f"organisation:charity-{keeper}",
        "value": {"value": value, "unit": unit},
        "qualifier": "exact",
        "scope": "system",
        "period": "2007",
        "source": "表",
        "published_on": ON,
    }
    return said("statement.record", f"statement:more-{figure}-{keeper}", officers.CLERK, **what)


REGISTRAR = officers.REGISTRAR
OFFICE = officers.registrar(SOCIAL)
PIECES = [{"kind": "clothing", "quantity": {"value": 7, "unit": "item:clothing"}}]
HOME = {
    "kind": "elder-home",
    "body": "organisation:x",
    "area": CITY,
    "beds": {"value": 5, "unit": "bed"},
}
HONOUR = {"award": "harmonious-community", "level": "province", "recipient": SOCIAL}
VISITS = {
    "measure": "supply-station",
    "count": {"value": 9, "unit": "person-time"},
    "qualifier": "exact",
    "area": SOCIAL,
    "from": "2007-12-01",
    "to": ON,
}
POSTS = {
    "body": "organisation:social-work-01",
    "project": "project:lottery-01",
    "programme": "social-work",
    "fund": "fund:lottery",
    "earmark": "general",
    "amount": fen(100),
    "posts": {"value": 2, "unit": "post"},
    "from": "2007-12-01",
    "until": ON,
}
CASES: list[tuple[dict[str, Any], set[str]]] = [
    (entry("charity-shop"), {"charity-shops.outlets"}),
    (entry("education-project"), {"charity-education.projects"}),
    (
        entry("community-station"),
        {
            "community-stations.total",
            "community-stations.shared",
            "community-stations.committees",
        },
    ),
    (entry("something-else"), set()),
    (body("home-care"), WHOLE | {"organisations.new", "home-care.bodies"}),
    (body("social-work"), WHOLE | {"organisations.new", "social-work.bodies"}),
    (
        said("organisation.revoke", "organisation:welfare-body-030", REGISTRAR),
        WHOLE | {"organisations.revoked"},
    ),
    (said("honour.confer", "honour:more", officers.CLERK, **HONOUR), {"harmony.province"}),
    (said("tally.report", "tally:more", officers.CLERK, **VISITS), {"supply-station.visits"}),
    # Persons are not visits: what is told in another unit is not added to them.
    (
        said("tally.report", "tally:persons", officers.CLERK, **VISITS
             | {"count": {"value": 9, "unit": "person"}, "from": "2007-12-02"}),
        set(),
    ),
    (stated("system.cash", "yuehai", 11, "item:clothing"), set()),
    (
        said("facility.plan", "facility:more", officers.CLERK, **HOME),
        {"private-homes.preparing", "private-homes.beds"},
    ),
    (
        said("contract.sign", "contract:more", officers.APPROVER_GRANTS, **POSTS),
        {"social-work.bought", "lottery.released"},
    ),
    (
        said("registration.enter", "registration:more", OFFICE, kind="divorce", office="r",
             area=SOCIAL),
        {"marriage.divorced"},
    ),
    (
        said("registration.inspect", "registration:more", officers.REVIEWER, compliant=False),
        {"marriage.compliance"},
    ),
    (
        said("placement.assist", "placement:more", officers.CLERK, kind="shelter", area=SOCIAL),
        {"shelter.assisted"},
    ),
    (
        said("placement.admit", "placement:officer", officers.CLERK, kind="retired-officer",
             area=SOCIAL),
        {"retired-officers.received", "retired-officers.total"},
    ),
    (gift("more-money", amount=fen(700)), {"federation.cash", "system.cash"}),
    (gift("more-clothing", goods=PIECES), {"system.clothing"}),
    # Whoever has events is known by them: what such a keeper states changes nothing.
    (stated("system.cash", "futian", 10**9, "fen"), set()),
    (stated("system.clothing", "futian", 10**6, "item:clothing"), set()),
    (stated("system.clothing", "yuehai", 11, "item:clothing"), {"system.clothing"}),
    (rule("bus.men-age", 60, "year"), {"bus.men-age"}),
    (rule("funeral-package:green", 30_000, "fen"), {"funeral.lowest-price"}),
    (rule("funeral-package:grand", 900_000, "fen"), set()),
]  # fmt: skip


def send(golden: Ledger, order: dict[str, Any]) -> None:
    what = {f"{name}_": each for name, each in order.items() if name not in SENT}
    Office(golden).send(order["command"], order["subject"], by=order["by"], on=ON, **what)


SENT = ("command", "subject", "by")


def terms(connection: Database, position: int) -> dict[str, Any]:
    """Return what every figure is made of, as known at a position."""
    rows = figures.rows(connection, Moment(position), YEAR)
    return {row["id"]: [(term["role"], term["value"]) for term in row["terms"]] for row in rows}


def changed_by(connection: Database, before: int) -> set[str]:
    """Return the figures that what came after a position has changed, each naming an event."""
    after = Projector(connection).catch_up()
    then, now = terms(connection, before), terms(connection, after)
    changed = {figure for figure in now if now[figure] != then[figure]}
    named = {
        figure
        for figure in now
        for row in figures.events(connection, figure, Moment(after), YEAR)
        if row["position"] > before and row["contributes"]["value"]
    }
    assert named == changed
    return changed


@pytest.mark.parametrize(("order", "expected"), CASES, ids=[order["subject"] for order, _ in CASES])
def test_an_event_changes_the_figures_that_contain_it_and_no_other(
    golden: Ledger, connection: Database, order: dict[str, Any], expected: set[str]
) -> None:
    before = Projector(connection).catch_up()
    send(golden, order)
    assert changed_by(connection, before) == expected


def test_a_member_who_leaves_and_an_insurance_that_ends_change_the_cover(
    golden: Ledger, connection: Database
) -> None:
    head = Moment(Projector(connection).catch_up())
    granted = {"scheme": ("scheme:dibao",), "state": ("granted",)}
    for holder in (
        str(row["holder"])
        for row in registers.rows(connection, "entitlements", head, where=granted)
    ):
        home = registers.one(connection, holder, head)
        if home and len(home["members"]) > 1:
            break
    clerk = officers.clerk(str(home["area"])) if home else ""
    first, *_, last = home["members"] if home else []
    before = head.position
    send(golden, said("household.leave", holder, clerk, person=last))
    assert changed_by(connection, before) == {"dibao.inpatient-cover"}
    where = {"scheme": ("scheme:inpatient-insurance",), "holder": (first,)}
    head = Moment(Projector(connection).catch_up())
    (insurance,) = registers.rows(connection, "entitlements", head, where=where)
    stop = {"reason": "退保", "from": ON}
    send(golden, said("entitlement.stop", str(insurance["id"]), clerk, **stop))
    assert changed_by(connection, head.position) == {"dibao.inpatient-cover"}


def test_a_changed_payment_changes_the_figure(ledger: Ledger) -> None:
    office = staffed(Office(ledger))
    a_fund(office, holding=1000)
    a_scheme(office, "scheme:dibao", rate=10)
    entitled(office, 6, "scheme:dibao")
    approved(office, "pay-run:dibao:2007-03")
    release(office, "pay-run:dibao:2007-03")

    def spend() -> object:
        with ledger.connection() as connection:
            head = Projector(connection).catch_up()
            row = figures.one(connection, "dibao.spend", Moment(head), YEAR)
            return row and row["value"]

    assert spend() == 60
    with psycopg.connect(ledger.database.owner_url) as owner:
        changed = owner.execute(
            "UPDATE ledger.events SET state ="
            " replace(convert_from(state, 'UTF8'), '\"amount\":10', '\"amount\":13')::bytea"
            " WHERE notification_id ="
            " (SELECT max(notification_id) FROM ledger.events WHERE topic = 'payment.made.v1')"
        )
        assert changed.rowcount == 1
    rebuild(ledger.pool)
    assert spend() == 63
