"""Stories told to a real store: JSON commands through the one door, and what the books then hold.

office = staffed(Office(wiring))
a_fund(office, holding=1000)
a_scheme(office, rate=10)
entitled(office, 6)
approved(office, RUN)
release(office, RUN)
stages(office) == Stages(available=940, committed=0, spent=60, returned=0)
"""

from __future__ import annotations

import time
from collections import Counter
from itertools import count, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from api.commands.executor import Letter, Sender
from api.commands.parsing import read_order
from api.commands.request import trusted
from domain import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from api.wiring import Wiring
    from domain.kernel.aggregate import Event

Receipt = dict[str, Any]

OPERATOR = "operator:local"
CLERK, REVIEWER, APPROVER = "clerk-1", "reviewer-1", "approver-1"
TREASURER, SECOND_TREASURER = "treasurer-1", "treasurer-2"
STAFF = {
    CLERK: "clerk",
    REVIEWER: "reviewer",
    APPROVER: "approver",
    TREASURER: "treasurer",
    SECOND_TREASURER: "treasurer",
}
EVE, MONTH, DAY = "2006-01-01", "2007-03", "2007-03-15"
FUND, SCHEME, AREA = "fund:x", "scheme:aid", "area:city"
RUN = "pay-run:aid:2007-03"
# So many orders of a story are sent as one array.
ARRAY = 1000


_numbers = count(1)


def new_key() -> str:
    """Return a key that no story of this process has used."""
    return f"story-{next(_numbers)}"


class Office:
    """The people of a bureau at one door of a ledger; each call has a key of its own."""

    def __init__(self, wiring: Wiring) -> None:
        self.wiring = wiring

    def send(
        self,
        command: str,
        subject: str,
        *,
        by: str,
        on: str = DAY,
        key: str | None = None,
        act: dict[str, Any] | None = None,
        **what: Any,
    ) -> Receipt:
        """Send one command and return its receipt; `from_` is `from` outside."""
        order = an_order(command, subject, on=on, act=act, **what)
        letter = Letter([read_order(order)], key or new_key(), Sender(by))
        return self.wiring.door.carry_out(letter)[0]

    def send_all(self, orders: Iterable[dict[str, Any]]) -> None:
        """Send many commands as atomic arrays; each names its sender."""
        rest = iter(orders)
        while array := list(islice(rest, ARRAY)):
            self.wiring.door.carry_out(trusted(array, new_key()))

    def rows(self, query: str, **given: Any) -> list[tuple[Any, ...]]:
        """Ask the database."""
        with self.wiring.connection() as connection:
            return connection.execute(query.encode(), given).fetchall()

    def events(self, prefix: str = "") -> Iterator[Event]:
        """Read the log, or the events of subjects whose ids begin so, in the order of positions."""
        query = """SELECT topic, state FROM ledger.events
            WHERE starts_with(originator_id, %(prefix)s) ORDER BY notification_id"""
        for topic, state in self.rows(query, prefix=prefix):
            yield decode(topic, bytes(state))

    def positions(self) -> list[int]:
        """Return the positions of the log, in order."""
        query = "SELECT notification_id FROM ledger.events ORDER BY notification_id"
        return [row[0] for row in self.rows(query)]


def an_order(
    command: str, subject: str, *, on: str, act: dict[str, Any] | None = None, **what: Any
) -> dict[str, Any]:
    """Write a command as it is sent."""
    body = {name.rstrip("_"): value for name, value in what.items()}
    return {"command": command, "subject": subject, "act": {"on": on, **(act or {})}, "what": body}


def fen(amount: int) -> dict[str, Any]:
    """Write an amount of money."""
    return {"value": amount, "unit": "fen"}


def staffed(office: Office) -> Office:
    """Give everybody of the staff the role."""
    for who, role in STAFF.items():
        office.send("role.grant", f"role:{who}", by=OPERATOR, on=EVE, who=who, role=role)
    return office


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


def draw_up(office: Office, run: str = RUN, **more: Any) -> Receipt:
    """Draw up the run of a scheme and month, as its id says."""
    _, scheme, month = run.split(":")
    what = {"scheme": f"scheme:{scheme}", "month": month, "fund": FUND, "earmark": "general"}
    return office.send("pay-run.draw-up", run, by=CLERK, **(what | more))


def approved(office: Office, run: str = RUN, **more: Any) -> Receipt:
    """Draw a run up, review and approve it; return what draw-up answered."""
    drawn = draw_up(office, run, **more)
    office.send("pay-run.review", run, by=REVIEWER, digest=drawn["digest"])
    office.send("pay-run.approve", run, by=APPROVER, digest=drawn["digest"])
    return drawn


def release(office: Office, run: str = RUN, *, by: str = TREASURER, **more: Any) -> Receipt:
    """Release a run."""
    return office.send("pay-run.release", run, by=by, **more)


def settle(office: Office, run: str = RUN, *returned: str) -> Receipt:
    """Settle a run, with the payments that the bank sent back."""
    lines = [{"payment": payment, "reason": "账户已注销"} for payment in returned]
    return office.send("pay-run.settle", run, by=TREASURER, bank_ref="回盘-1", returned=lines)


def payments_of(office: Office, run: str = RUN) -> list[str]:
    """Return the payments that a run has made, in the order of the log."""
    prefix = run.replace("pay-run:", "payment:", 1) + ":"
    return [e.originator_id for e in office.events(prefix) if e.TOPIC == "payment.made"]


class Stages(NamedTuple):
    """Where the money of one fund is."""

    available: int
    committed: int
    spent: int
    returned: int


def balances(office: Office) -> Counter[str]:
    """Sum the postings of the whole log, by account."""
    held: Counter[str] = Counter()
    for event in office.events():
        for line in event.postings():
            held[line.account] += line.value
    return held


def stages(office: Office, fund: str = FUND) -> Stages:
    """Sum the postings of a fund by stage; what came in must be what is there."""
    return staged(balances(office), fund)


def staged(held: Counter[str], fund: str = FUND) -> Stages:
    """Sum the accounts of a fund by stage; what came in must be what is there."""
    by_class: Counter[str] = Counter()
    for account, value in held.items():
        kind, owner = account.split(":")[:2]
        if owner == fund.partition(":")[2]:
            by_class[kind] += value
            assert kind == "out" or value >= 0, f"{account} is overdrawn"
    assert sum(by_class.values()) == 0, f"{fund}: what came in is not what is there"
    return Stages(*(by_class[stage] for stage in Stages._fields))


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, but not for ever."""
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.002)
