"""The staff of a bureau: JSON commands to the executor of a real ledger, each under its own key.

office = staffed(Office(ledger))
office.send("area.open", "area:city", by=APPROVER, title="全市", level="city")
"""

from __future__ import annotations

from itertools import count, islice
from typing import TYPE_CHECKING, Any

from api.commands.parsing import read_command
from api.commands.request import trusted
from domain import decode
from infra.commands.command import CommandRequest, Sender

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.kernel.aggregate import Event
    from infra.ledger import Ledger

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
# Commands of a story that are sent as one array.
ARRAY = 1000


_numbers = count(1)


def new_key() -> str:
    """Return a key that no story of this process has used."""
    return f"story-{next(_numbers)}"


class Office:
    """The people of a bureau at one door of a ledger; each call has a key of its own."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

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
        request = CommandRequest([read_command(order)], key or new_key(), Sender(by))
        return self.ledger.execute(request)[0]

    def agreed(
        self, command: str, subject: str, *, by: str, second: str, on: str = DAY, **what: Any
    ) -> Receipt:
        """Send a command that needs a second person, and confirm it; return that receipt."""
        proposal = self.send(command, subject, by=by, on=on, **what)["proposed"]
        return self.send("proposal.confirm", proposal, by=second, on=on)

    def send_all(self, orders: Iterable[dict[str, Any]]) -> None:
        """Send many commands as atomic arrays; each names its sender."""
        rest = iter(orders)
        while array := list(islice(rest, ARRAY)):
            self.ledger.execute(trusted(array, new_key()))

    def rows(self, query: str, **given: Any) -> list[tuple[Any, ...]]:
        """Ask the database."""
        with self.ledger.connection() as connection:
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
