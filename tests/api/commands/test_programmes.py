"""Every programme is told by commands over HTTP, seen at its address, and found from the year."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from api.http import tokens
from domain.benefits.schemes import catalogue
from scripts.scenarios.office import (
    APPROVER,
    CLERK,
    DAY,
    EVE,
    OPERATOR,
    REVIEWER,
    TREASURER,
    Office,
    an_order,
    fen,
    staffed,
)
from scripts.scenarios.stories import AREA, FUND, a_fund
from tests.api.conftest import catch_up, served
from tests.programmes import PROGRAMMES, Programme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import Client

    from infra.ledger import Ledger

REGISTRAR, FUNDRAISER = "registrar-1", "fundraiser-1"
ROLES = {APPROVER: "approver", CLERK: "clerk", REVIEWER: "reviewer", TREASURER: "treasurer",
         REGISTRAR: "registrar", FUNDRAISER: "fundraiser"}  # fmt: skip
PURPOSES = ("aid-elderly", "aid-disabled", "aid-orphans", "aid-poor", "veterans", "community")
BODY, FROM_FUND = "organisation:body", {"fund": FUND, "earmark": "general"}
GIFTS: dict[str, Any] = {"fund": "fund:gifts", "earmark": "general"}
PIECES = [{"kind": "clothing", "quantity": {"value": 7, "unit": "item:clothing"}}]
SOMEBODY = "person:somebody"
PERSONS = 5
Post = tuple[str, str, str, dict[str, Any]]
_numbers = count(1)


class Desk(NamedTuple):
    """A client of the ledger, with the tokens of its staff."""

    ledger: Ledger
    web: Client

    def headers(self, by: str) -> dict[str, str]:
        """Return what says who asks."""
        secret = self.ledger.secret("token-key")
        lent, _ = tokens.issue(secret, by=by, roles=(ROLES[by],), ttl=timedelta(hours=1))
        return {"Authorization": f"Bearer {lent}"}

    def post(
        self, by: str, command: str, subject: str, *, on: str = DAY, **what: Any
    ) -> dict[str, Any]:
        """Post a command that is taken."""
        headers = self.headers(by) | {"Idempotency-Key": f"programme-{next(_numbers)}"}
        order = an_order(command, subject, on=on, **what)
        answer = self.web.post("/v1/commands", json=order, headers=headers)
        assert answer.status_code == 201, answer.text
        receipt: dict[str, Any] = answer.json()
        return receipt

    def rows(self, address: str) -> list[dict[str, Any]]:
        """Read a list, of the public or of the office, as it is now."""
        catch_up(self.ledger)
        headers = {} if address.startswith("/open/") else self.headers(CLERK)
        answer = self.web.get(address, headers=headers)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["rows"]
        return found

    def shows(self, address: str) -> bool:
        """Tell whether a list has rows; one that names a scheme that is not there has none."""
        catch_up(self.ledger)
        answer = self.web.get(address, headers=self.headers(CLERK))
        return answer.status_code == 200 and bool(answer.json()["rows"])


@pytest.fixture(scope="module")
def desk(server_ledger: Ledger) -> Iterator[Desk]:
    """Open the desk, with a city, two funds and somebody."""
    office = staffed(Office(server_ledger))
    for who in (REGISTRAR, FUNDRAISER):
        office.send("role.grant", f"role:{who}", by=OPERATOR, on=EVE, who=who, role=ROLES[who])
    a_fund(office, holding=10**12, purposes=PURPOSES)
    with served(server_ledger) as client:
        desk = Desk(server_ledger, client)
        desk.post(APPROVER, "area.open", AREA, on=EVE, title="全市", level="city")
        desk.post(TREASURER, "fund.open", "fund:gifts", on=EVE, title="慈善基金", kind="charity",
                  basis="cash", keeper="organisation:charity-federation",
                  purposes=["aid-poor"])  # fmt: skip
        desk.post(CLERK, "person.register", SOMEBODY, on=EVE)
        yield desk


def a_person(desk: Desk) -> str:
    """Register somebody."""
    person = f"person:p-{next(_numbers)}"
    desk.post(CLERK, "person.register", person, on=EVE)
    return person


def a_holder(desk: Desk, per: str) -> str:
    """Return who can hold an entitlement: a person, a household, or a home for its beds."""
    if per == "bed":
        home = f"facility:h-{next(_numbers)}"
        desk.post(CLERK, "facility.open", home, on=EVE, kind="elder-home", body=BODY, area=AREA,
                  beds={"value": 9, "unit": "bed"})  # fmt: skip
        return home
    person = a_person(desk)
    if per == "person":
        return person
    household = f"household:h-{next(_numbers)}"
    desk.post(CLERK, "household.form", household, on=EVE, members=[person], area=AREA)
    return household


def paid_by_runs(desk: Desk, scheme: str) -> None:
    """Adopt the scheme as the catalogue has it, entitle five, and pay a month."""
    what = catalogue.read(scheme)
    followed = what.get("follows", "").partition(":")[2]
    if followed and not desk.rows(f"/v1/schemes?programme={followed}"):
        paid_by_runs(desk, followed)
    for area in {rate["area"] for rate in what["rates"] if "area" in rate}:
        desk.post(APPROVER, "area.open", area, on=EVE, title="区", level="district", parent=AREA)
    desk.post(APPROVER, "scheme.adopt", f"scheme:{scheme}", on=EVE, **what)
    rate = what["rates"][0]
    month = max(rate["from"][:7], "2007-09")
    # A run of fewer lines is in no public list.
    for nth in range(0 if followed else PERSONS):
        desk.post(CLERK, "entitlement.bring-in", f"entitlement:{scheme}-{nth}", on=f"{month}-01",
                  scheme=f"scheme:{scheme}", holder=a_holder(desk, what["per"]),
                  area=rate.get("area", AREA), tier=rate["tier"], from_=f"{month}-01")  # fmt: skip
    run, on = f"pay-run:{scheme}:{month}", f"{month}-15"
    drawn = desk.post(CLERK, "pay-run.draw-up", run, on=on, scheme=f"scheme:{scheme}", month=month,
                      **FROM_FUND)  # fmt: skip
    assert drawn["total"]["value"] > 0
    desk.post(REVIEWER, "pay-run.review", run, on=on, digest=drawn["digest"])
    desk.post(APPROVER, "pay-run.approve", run, on=on, digest=drawn["digest"])
    desk.post(TREASURER, "pay-run.release", run, on=on)


def relief(desk: Desk, programme: str) -> None:
    """Help somebody once."""
    case = f"relief:{programme}"
    desk.post(CLERK, "relief.apply", case, person=a_person(desk), programme=programme,
              purpose="aid-poor", **FROM_FUND)  # fmt: skip
    desk.post(APPROVER, "relief.decide", case, amount=fen(700))
    desk.post(TREASURER, "relief.pay", case)


def grant(desk: Desk, programme: str) -> None:
    """Grant, pay and account for some money."""
    key, purpose = f"grant:{programme}", "community"
    asked = {"title": programme, "programme": programme, "purpose": purpose}
    desk.post(CLERK, "project.open", f"project:{programme}", **asked)
    desk.post(CLERK, "grant.apply", key, body=BODY, project=f"project:{programme}", area=AREA,
              amount=fen(900), **asked)  # fmt: skip
    desk.post(APPROVER, "grant.award", key, shares=[FROM_FUND | {"amount": fen(900)}])
    desk.post(TREASURER, "grant.pay", key, fund=FUND, amount=fen(900), instalment=1)
    desk.post(CLERK, "grant.account", key, amount=fen(900))
    desk.post(CLERK, "grant.close", key)


def contract(desk: Desk, programme: str) -> None:
    """Buy a month of a service, and pay it once it is confirmed."""
    key = f"contract:{programme}"
    desk.post(APPROVER, "contract.sign", key, body=BODY, programme=programme, amount=fen(900),
              posts={"value": 2, "unit": "post"}, from_="2007-03-01", until="2007-03-31",
              purpose="community", **FROM_FUND)  # fmt: skip
    desk.post(REVIEWER, "contract.confirm-month", key, month="2007-03", units=2)
    desk.post(TREASURER, "contract.pay", key, month="2007-03", amount=fen(900))


def placement(desk: Desk, kind: str) -> None:
    """Take somebody in."""
    desk.post(CLERK, "placement.admit", f"placement:{kind}", kind=kind, person=a_person(desk),
              area=AREA)  # fmt: skip


def entry(desk: Desk, register: str) -> None:
    """Enter a line."""
    desk.post(CLERK, "entry.open", f"entry:{register}", register=register, title="一", area=AREA)


def honour(desk: Desk, award: str) -> None:
    """Confer an honour."""
    desk.post(CLERK, "honour.confer", f"honour:{award}", award=award, level="city", recipient=AREA)


def registration(desk: Desk, kind: str) -> None:
    """Register a couple."""
    desk.post(REGISTRAR, "registration.enter", f"registration:{kind}", kind=kind, office="罗湖",
              area=AREA)  # fmt: skip


def body(desk: Desk, verb: str, activity: str = "elders") -> None:
    """Register a body, or put it on record."""
    desk.post(REGISTRAR, f"organisation.{verb}", f"organisation:{verb}-{activity}", title="合唱团",
              kind="association", activity=activity, area=AREA)  # fmt: skip


def gift(key: str, verb: str = "receive", **what: Any) -> Post:
    """Write a gift that comes in, or is promised."""
    shown = {"name_shown": True} if verb == "receive" else {}
    return FUNDRAISER, f"donation.{verb}", f"donation:{key}", {**GIFTS, **shown, **what}


def an_area(key: str, level: str, parent: str) -> Post:
    """Write the opening of an area."""
    what = {"title": "区", "level": level, "parent": parent}
    return APPROVER, "area.open", f"area:{key}", what


def a_veteran(key: str) -> Post:
    """Write the receipt of a soldier."""
    what = {"person": SOMEBODY, "category": "义务兵", "cohort": 2007}
    return CLERK, "veteran.receive", f"veteran:{key}", what


LOTTERY, MONTH = "lottery:welfare", {"month": DAY[:7], "amount": fen(9)}
WORTH = {"amount": fen(9), "method": "市场价", "source": "报价单"}
NAMED = {"title": "冠名基金", "kind": "named", "basis": "cash", "keeper": BODY,
         "purposes": ["aid-poor"]}  # fmt: skip
PLAN = {"title": "募捐", "permit": "募备1号", "fund": "fund:gifts", "starts": "2007-05-01",
        "ends": "2007-06-01"}  # fmt: skip
STATED = {
    "figure": "lottery.sales", "keeper": "organisation:lottery-centre", "value": fen(9),
    "qualifier": "exact", "scope": "city", "period": "2006", "source": "报表", "published_on": DAY,
}  # fmt: skip
VISITS = {"measure": "supply-station", "area": AREA, "qualifier": "exact", "from": DAY, "to": DAY,
          "count": {"value": 9, "unit": "person-time"}}  # fmt: skip
WORKS = {"person": SOMEBODY, "body": BODY, "established": True}
# Programmes that are a command or two.
SINGLE: dict[str, tuple[Post, ...]] = {
    "福利彩票销量": ((CLERK, "lottery.report-sales", LOTTERY, {"day": DAY, "amount": fen(9)}),),
    "公益金提取": ((TREASURER, "lottery.extract", LOTTERY, MONTH),),
    "公益金上缴": ((TREASURER, "lottery.remit", LOTTERY, MONTH),),
    "捐款": (gift("cash", amount=fen(9)),),
    "衣被": (gift("clothing", goods=PIECES),),
    "捐赠服务": (
        gift("service", service="公益广告"),
        (TREASURER, "goods.value", "goods:service", WORTH),
    ),
    "捐赠承诺": (gift("pledge", "pledge", amount=fen(9)),),
    "捐赠票据": (
        gift("receipt", amount=fen(9)),
        (FUNDRAISER, "donation.receipt", "donation:receipt", {"number": "SZ2007000001"}),
    ),
    "冠名基金": ((TREASURER, "fund.open", "fund:named", NAMED),),
    "公开募捐": ((FUNDRAISER, "campaign.file", "campaign:c", PLAN),),
    "退役类别": (a_veteran("received"),),
    "退役士兵安置": (a_veteran("placed"), (CLERK, "veteran.place", "veteran:placed", {})),
    "社会工作者": ((REGISTRAR, "worker.appoint", "worker:w", WORKS),),
    "区划": (
        an_area("a", "district", AREA),
        an_area("b", "district", AREA),
        an_area("c", "sub-district", "area:a"),
        (APPROVER, "area.move", "area:c", {"parent": "area:b"}),
    ),
    "他方数据": ((CLERK, "statement.record", "statement:s", STATED),),
    "军供站": ((CLERK, "tally.report", "tally:t", VISITS),),
}


def tell(desk: Desk, programme: Programme) -> None:
    """Tell a programme."""
    kinds = {"pay-run.draw-up": paid_by_runs, "relief.pay": relief, "grant.award": grant,
             "contract.sign": contract, "placement.admit": placement, "entry.open": entry,
             "honour.confer": honour, "registration.enter": registration}  # fmt: skip
    if programme.command in kinds:
        kinds[programme.command](desk, programme.word.removeprefix("scheme:"))
    elif programme.command.startswith("organisation."):
        body(desk, programme.command.partition(".")[2], programme.word or "elders")
    else:
        for by, command, subject, what in SINGLE[programme.name]:
            desk.post(by, command, subject, **what)


@pytest.mark.parametrize("programme", PROGRAMMES, ids=[each.name for each in PROGRAMMES])
def test_a_programme_is_told_and_seen_over_http(desk: Desk, programme: Programme) -> None:
    # A scheme that is followed may have been told with its follower.
    if programme.command != "pay-run.draw-up" or not desk.shows(programme.seen):
        tell(desk, programme)
    assert desk.rows(programme.seen)
    year = desk.web.get("/years/2007").text
    path = programme.seen.partition("?")[0].replace("/open/v1/funds", "/funds")
    leads = f"/figures/{programme.figure}" if programme.figure else path
    assert f'href="{leads}' in year
