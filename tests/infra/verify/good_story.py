"""A story through the door that touches every check of `mingzhang verify`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.scenarios.office import (
    APPROVER,
    CLERK,
    EVE,
    OPERATOR,
    SECOND_TREASURER,
    TREASURER,
    Office,
    an_order,
    fen,
    staffed,
)
from scripts.scenarios.stories import (
    AREA,
    FUND,
    RUN,
    a_fund,
    a_scheme,
    approved,
    commit,
    entitled,
    payments_of,
    release,
    settle,
    stop,
)

if TYPE_CHECKING:
    from infra.ledger import Ledger

GRANT, RELIEF, RECOVERY = "grant:g-1", "relief:r-1", "recovery:v-1"
HOME, CONTRACT, ELDERS = "facility:home", "contract:line", ("person:old-1", "person:old-2")
# Whose entitlement is stopped between draw-up and release.
STOPPED = "person:aid-000003"
# A household, the run of its scheme and the one that follows it, drawn up and not released.
NUMBER = "000001195001010016"
HOUSEHOLD, MEMBER, FAMILY = "household:h-1", "person:low-1", "entitlement:low"
ARREARS_RUN = "pay-run:late:2007-03-arrears"
LOW_RUN, PRICE_RUN = "pay-run:low:2007-04", "pay-run:price:2007-04"


def told(ledger: Ledger) -> None:
    """Tell the story."""
    office = staffed(Office(ledger))
    a_fund(office, holding=10_000)
    a_scheme(office, rate=10)
    a_closed_year(office)
    a_run(office)
    a_family(office)
    a_mistaken_stop(office)
    a_grant(office)
    a_relief(office)
    a_home(office)
    a_contract(office)
    a_bank(office)
    statements(office)
    an_arrears_run(office)
    promised = commit(office, 7)
    office.send("event.reverse", FUND, by=APPROVER, of=promised["positions"][0])


def a_closed_year(office: Office) -> None:
    """Close 2005."""
    for command, by in (("period.soft-close", TREASURER), ("period.close", SECOND_TREASURER)):
        office.send(command, "period:2005", by=by, on=EVE, through="2005-12-31")


def statements(office: Office) -> None:
    """Let a statement take another's place, and publish a month."""
    what: dict[str, Any] = {"figure": "system.cash", "keeper": "organisation:k", "scope": "system"}
    for nth in (1, 2):
        office.send("statement.record", f"statement:{nth}", by=CLERK, value=fen(nth),
                    qualifier="exact", period="2006", source="年报",
                    published_on=f"2007-02-0{nth}", **what)  # fmt: skip
    office.send("role.grant", "role:publisher-1", by=OPERATOR, on=EVE, who="publisher-1",
                role="publisher")  # fmt: skip
    office.send("publication.publish", "publication:2007-02", by="publisher-1", period="2007-02",
                title="二月")  # fmt: skip


def a_run(office: Office) -> None:
    """Pay a run, take back, pay again, complete and recover some of it."""
    entitlements = entitled(office, 7)
    approved(office)
    stop(office, entitlements[3])
    release(office)
    paid = payments_of(office)
    settle(office, RUN, *paid[:2])
    bank: dict[str, Any] = {"reason": "限额", "bank_ref": "退-2"}
    office.send("payment.return", paid[5], by=TREASURER, amount=fen(4), **bank)
    office.send("payment.reissue", paid[0], by=TREASURER)
    office.send("payment.write-back", paid[1], by=TREASURER)
    more: dict[str, Any] = {"fund": FUND, "earmark": "general", "amount": fen(3), "reason": "少发"}
    paper = {"evidence": [{"name": "复核意见", "sha256": "a" * 64}]}
    office.agreed("payment.supplement", paid[2], by=TREASURER, second=SECOND_TREASURER,
                  act=paper, **more)  # fmt: skip
    office.send("person.register", "person:right", by=CLERK)
    right: dict[str, Any] = {"to": "person:right", "amount": fen(4), "reason": "错付"}
    office.agreed("payment.redirect", paid[3], by=TREASURER, second=SECOND_TREASURER,
                  act={"reason": "名单外，经批准"}, **right)  # fmt: skip
    asked: dict[str, Any] = {"payments": [paid[4]], "amount": fen(10), "reason": "多发"}
    office.send("recovery.establish", RECOVERY, by=CLERK, **asked)
    office.send("recovery.receive", RECOVERY, by=TREASURER, amount=fen(4))
    office.send("recovery.write-off", RECOVERY, by=APPROVER, amount=fen(6))


def a_family(office: Office) -> None:
    """Pay a household and, by a scheme that follows, its members; draw up their next runs."""
    low, price = "scheme:low", "scheme:price"
    a_scheme(office, low, rate=30, per="household", formula="top-up")
    a_scheme(office, price, rate=2, follows=low)
    people = [MEMBER, "person:low-2"]
    numbers = (NUMBER, "000001195001010024")
    orders = [
        an_order("person.register", person, on=EVE, sealed={"id_number": number})
        for person, number in zip(people, numbers, strict=True)
    ]
    orders.append(an_order("household.form", HOUSEHOLD, on=EVE, members=people, area=AREA))
    terms: dict[str, Any] = {
        "scheme": low,
        "holder": HOUSEHOLD,
        "area": AREA,
        "tier": "a",
        "from": EVE,
    }
    orders.append(an_order("entitlement.bring-in", FAMILY, on=EVE, **terms))
    office.send_all(order | {"by": CLERK} for order in orders)
    for run in ("pay-run:low:2007-03", "pay-run:price:2007-03"):
        approved(office, run)
        release(office, run)
        settle(office, run)
    for run in (LOW_RUN, PRICE_RUN):
        approved(office, run)


def an_arrears_run(office: Office) -> None:
    """Raise a rate back and stop a claim late; pay the difference, and ask back the rest."""
    late = "scheme:late"
    a_scheme(office, late, rate=10)
    claims = entitled(office, 6, late)
    approved(office, "pay-run:late:2007-03")
    release(office, "pay-run:late:2007-03")
    office.send("scheme.set-rate", late, by=APPROVER, on="2007-04-10", tier="a",
                from_="2007-03-01", amount=fen(12))  # fmt: skip
    stop(office, claims[5])
    terms: dict[str, Any] = {"kind": "arrears", "month": "2007-03"}
    approved(office, ARREARS_RUN, on="2007-04-12", **terms)
    release(office, ARREARS_RUN, on="2007-04-12")


def a_mistaken_stop(office: Office) -> None:
    """Rest and stop a claim by mistake, and take both back."""
    office.send("person.register", "person:aid-mistaken", by=CLERK, on=EVE)
    terms: dict[str, Any] = {"scheme": "scheme:aid", "area": AREA, "tier": "a", "from": EVE}
    claim = "entitlement:aid-mistaken"
    office.send("entitlement.bring-in", claim, by=CLERK, on=EVE,
                holder="person:aid-mistaken", **terms)  # fmt: skip
    for verb in ("suspend", "stop"):
        office.send(f"entitlement.{verb}", claim, by=CLERK, reason="误录", from_="2007-04-01")
    for _ in range(2):
        office.send("entitlement.withdraw", claim, by=CLERK, reason="录入有误")


def a_grant(office: Office) -> None:
    """Grant, pay, account for and give back."""
    what: dict[str, Any] = {"programme": "joy", "purpose": "aid-poor"}
    office.send("project.open", "project:joy", by=CLERK, title="项目", **what)
    asked: dict[str, Any] = {"body": "organisation:choir", "project": "project:joy", "area": AREA}
    office.send("grant.apply", GRANT, by=CLERK, title="合唱", amount=fen(100), **(what | asked))
    share: dict[str, Any] = {"fund": FUND, "earmark": "general", "amount": fen(100)}
    office.send("grant.award", GRANT, by=APPROVER, shares=[share])
    office.send("grant.pay", GRANT, by=TREASURER, fund=FUND, amount=fen(80), instalment=1)
    office.send("grant.account", GRANT, by=CLERK, amount=fen(60))
    office.send("grant.give-back", GRANT, by=CLERK, amount=fen(20))
    office.send("grant.close", GRANT, by=CLERK)
    office.send("grant.give-back", GRANT, by=CLERK, amount=fen(7))


def a_home(office: Office) -> None:
    """Let one elder live in a home's only bed, and another after him."""
    beds: dict[str, Any] = {"value": 1, "unit": "bed"}
    office.send("facility.open", HOME, by=CLERK, kind="elder-home", body="organisation:choir",
                area=AREA, beds=beds)  # fmt: skip
    for person in ELDERS:
        office.send("person.register", person, by=CLERK)
    stay: dict[str, Any] = {"kind": "elder-home", "facility": HOME, "area": AREA}
    office.send("placement.admit", "placement:p-1", by=CLERK, person=ELDERS[0], **stay)
    office.send("placement.discharge", "placement:p-1", by=CLERK, on="2007-03-19")
    office.send("placement.admit", "placement:p-2", by=CLERK, on="2007-03-19",
                person=ELDERS[1], **stay)  # fmt: skip


def a_contract(office: Office) -> None:
    """Buy a service for two months; one is confirmed and paid."""
    office.send("contract.sign", CONTRACT, by=APPROVER, body="organisation:choir",
                programme="care-line", fund=FUND, earmark="general", amount=fen(20),
                from_="2007-03-01", until="2007-04-30")  # fmt: skip
    office.send("contract.confirm-month", CONTRACT, by="reviewer-1", month="2007-03", units=1)
    office.send("contract.pay", CONTRACT, by=TREASURER, month="2007-03", amount=fen(10))


def a_relief(office: Office) -> None:
    """Help one person once."""
    office.send("person.register", "person:needy", by=CLERK)
    place: dict[str, Any] = {
        "fund": FUND,
        "earmark": "general",
        "programme": "aid",
        "purpose": "aid-poor",
    }
    office.send("relief.apply", RELIEF, by=CLERK, person="person:needy", **place)
    office.send("relief.decide", RELIEF, by=APPROVER, amount=fen(9))
    office.send("relief.pay", RELIEF, by=TREASURER)
    bank: dict[str, Any] = {"reason": "销户", "bank_ref": "退-1"}
    office.send("relief.return", RELIEF, by=TREASURER, amount=fen(5), **bank)
    office.send("relief.reissue", RELIEF, by=TREASURER)
    office.send("relief.return", RELIEF, by=TREASURER, amount=fen(3), **bank)
    office.send("relief.write-back", RELIEF, by=SECOND_TREASURER)
    asked: dict[str, Any] = {"payments": [RELIEF], "amount": fen(2), "reason": "多发"}
    office.send("recovery.establish", "recovery:relief", by=CLERK, **asked)
    for case, verb, by in (("r-2", "reject", APPROVER), ("r-3", "withdraw", CLERK)):
        office.send("relief.apply", f"relief:{case}", by=CLERK, person="person:needy", **place)
        office.send(f"relief.{verb}", f"relief:{case}", by=by, reason="不符合条件")
    for case, verb, by in (("r-4", "reject", APPROVER), ("r-5", "withdraw", CLERK)):
        office.send("relief.apply", f"relief:{case}", by=CLERK, person="person:needy", **place)
        office.send("relief.decide", f"relief:{case}", by=APPROVER, amount=fen(7))
        office.send(f"relief.{verb}", f"relief:{case}", by=by, reason="本人不再需要")


def a_bank(office: Office) -> None:
    """Let the bank tell of the fund's first money, and of a month in which nothing moved."""
    [(position,)] = office.rows(
        "SELECT notification_id FROM ledger.events WHERE topic LIKE 'fund.received.%%'"
        " AND originator_id = %(fund)s ORDER BY 1 LIMIT 1", fund=FUND,
    )  # fmt: skip
    account: dict[str, Any] = {"title": "专户", "bank": "某银行", "last4": "0001", "funds": [FUND]}
    office.send("bank-account.open", "bank-account:cash", by=TREASURER, **account)
    line = {"day": "2006-01-02", "direction": "in", "amount": fen(10_000)}
    nothing, all_of_it = {"value": 0, "unit": "fen"}, fen(10_000)
    for month, last, opening, lines in (
        ("2006-01", "31", nothing, [line]), ("2006-02", "28", all_of_it, [])
    ):  # fmt: skip
        said: dict[str, Any] = {
            "account": "bank-account:cash",
            "from_": f"{month}-01",
            "to": f"{month}-{last}",
            "opening": opening,
            "lines": lines,
        }
        name = f"bank-statement:cash:{month}"
        office.send("bank-statement.record", name, by=TREASURER, closing=all_of_it, **said)
    match: dict[str, Any] = {"line": 1, "positions": [position]}
    office.send("bank-statement.match", "bank-statement:cash:2006-01", by=TREASURER, **match)
