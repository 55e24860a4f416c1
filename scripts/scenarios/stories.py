"""Stories of money, persons and pay runs, told command by command by an office.

a_fund(office, holding=1000)
a_scheme(office, rate=10)
entitled(office, 6)
approved(office, RUN)
release(office, RUN)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.scenarios.office import (
    APPROVER,
    CLERK,
    DAY,
    EVE,
    MONTH,
    REVIEWER,
    TREASURER,
    Office,
    Receipt,
    an_order,
    fen,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

FUND, SCHEME, AREA = "fund:x", "scheme:aid", "area:city"
RUN = "pay-run:aid:2007-03"


def a_fund(
    office: Office, fund: str = FUND, *, holding: int = 0, purposes: tuple[str, ...] = ("aid-poor",)
) -> str:
    """Open a cash fund and let it receive what it is to hold."""
    office.send(
        "fund.open",
        fund,
        by=TREASURER,
        on=EVE,
        title="救助资金",
        kind="fiscal",
        basis="cash",
        keeper="organisation:civil-affairs-bureau",
        purposes=list(purposes),
    )
    if holding:
        receive(office, fund, holding)
    return fund


def receive(office: Office, fund: str, amount: int) -> Receipt:
    """Let a fund receive money from the treasury."""
    return office.send(
        "fund.receive",
        fund,
        by=TREASURER,
        on=EVE,
        amount=fen(amount),
        earmark="general",
        source="fiscal",
        document="拨款单",
    )


def commit(
    office: Office,
    amount: int,
    *,
    by: str = TREASURER,
    key: str | None = None,
    act: dict[str, Any] | None = None,
    to: str = "contract:care-line",
) -> Receipt:
    """Promise money of the fund to somebody."""
    what: dict[str, Any] = {
        "earmark": "general",
        "to": to,
        "purpose": "aid-poor",
        "amount": fen(amount),
    }
    return office.send("fund.commit", FUND, by=by, key=key, act=act, **what)


def a_scheme(
    office: Office, scheme: str = SCHEME, *, rate: int, purpose: str = "aid-poor", **more: Any
) -> str:
    """Adopt a scheme that pays every person the same each month, in a city of one area."""
    if not list(office.events(AREA)):
        office.send("area.open", AREA, by=APPROVER, on=EVE, title="全市", level="city")
    what = {
        "title": "补助",
        "programme": scheme.partition(":")[2],
        "purpose": purpose,
        "per": "person",
        "pays": "monthly",
        "formula": "flat",
        "rates": [
            {"tier": "a", "from": EVE, "amount": fen(rate), "authority": "市政府令第1号"},
        ],
    }
    office.send("scheme.adopt", scheme, by=APPROVER, on=EVE, **(what | more))
    return scheme


def entitled(office: Office, number: int, scheme: str = SCHEME) -> list[str]:
    """Register so many persons and bring in what they are entitled to; return the entitlements."""
    key = scheme.partition(":")[2]
    names = [f"{key}-{nth:06d}" for nth in range(number)]
    office.send_all(order | {"by": CLERK} for name in names for order in _brought_in(name, scheme))
    return [f"entitlement:{name}" for name in names]


def _brought_in(name: str, scheme: str) -> Iterator[dict[str, Any]]:
    person = f"person:{name}"
    yield an_order("person.register", person, on=EVE)
    terms: dict[str, Any] = {
        "scheme": scheme,
        "holder": person,
        "area": AREA,
        "tier": "a",
        "from_": EVE,
    }
    yield an_order("entitlement.bring-in", f"entitlement:{name}", on=EVE, **terms)


def stop(office: Office, entitlement: str, *, from_: str = f"{MONTH}-01") -> None:
    """Stop an entitlement from a day on."""
    office.send("entitlement.stop", entitlement, by=CLERK, reason="迁出", from_=from_)


def day_of(run: str) -> str:
    """Return the day on which a run is drawn up and paid: not before its month begins."""
    return max(DAY, f"{run.split(':')[2][:7]}-01")


def draw_up(office: Office, run: str = RUN, *, on: str = "", **more: Any) -> Receipt:
    """Draw up the run of a scheme and month, as its id says."""
    _, scheme, month = run.split(":")
    what = {"scheme": f"scheme:{scheme}", "month": month, "fund": FUND, "earmark": "general"}
    return office.send("pay-run.draw-up", run, by=CLERK, on=on or day_of(run), **(what | more))


def approved(office: Office, run: str = RUN, *, on: str = "", **more: Any) -> Receipt:
    """Draw a run up, review and approve it; return what draw-up answered."""
    on = on or day_of(run)
    drawn = draw_up(office, run, on=on, **more)
    digest = drawn["digest"]
    office.send("pay-run.review", run, by=REVIEWER, on=on, digest=digest)
    office.send("pay-run.approve", run, by=APPROVER, on=on, digest=digest)
    return drawn


def release(
    office: Office, run: str = RUN, *, by: str = TREASURER, on: str = "", **more: Any
) -> Receipt:
    """Release a run."""
    return office.send("pay-run.release", run, by=by, on=on or day_of(run), **more)


def settle(office: Office, run: str = RUN, *returned: str) -> Receipt:
    """Settle a run, with the payments that the bank sent back."""
    lines = [{"payment": payment, "reason": "账户已注销"} for payment in returned]
    what: dict[str, Any] = {"bank_ref": "回盘-1", "returned": lines}
    return office.send("pay-run.settle", run, by=TREASURER, on=day_of(run), **what)


def payments_of(office: Office, run: str = RUN) -> list[str]:
    """Return the payments that a run has made, in the order of the log."""
    prefix = run.replace("pay-run:", "payment:", 1) + ":"
    return [e.originator_id for e in office.events(prefix) if e.TOPIC == "payment.made"]
