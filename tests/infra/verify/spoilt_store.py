"""A copy of a good store, and ways to put into it what its door would never let in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg_pool import ConnectionPool

from domain import decode
from domain.funds.fund_events import FundReceived, FundsCommitted
from domain.kernel.aggregate import Act, Event
from domain.payments.payment_events import PaymentMade
from infra.commands.decision_queries import DecisionQueries
from infra.eventlog.append import append
from infra.eventlog.batch import Batch, stored
from infra.projector.projector import Projector
from infra.verify.runner import verify
from scripts.scenarios.office import TREASURER
from scripts.scenarios.stories import FUND, RUN

if TYPE_CHECKING:
    from infra.vault import Vault

DAY = date(2007, 3, 20)


def an_act(by: str = TREASURER, *, booked: date = DAY, key: str = "") -> Act:
    """Return an act of somebody."""
    return Act(by=by, on=booked, booked=booked, key=key)


@dataclass
class Store:
    """A store that a test may spoil: by the door's function alone, or as its owner."""

    app_url: str
    owner_url: str
    vault: Vault
    token_key: bytes

    def append(self, *events: Event) -> int:
        """Put events into the log without asking anybody; return the first's position."""
        with psycopg.connect(self.app_url) as connection:
            return append(connection, Batch([stored(event) for event in events])).first_position

    def spoil(self, statement: str, **given: Any) -> None:
        """Change what is stored, as nobody who uses the ledger can."""
        with psycopg.connect(self.owner_url) as connection:
            connection.execute(statement.encode(), given)

    def one(self, query: str, **given: Any) -> Any:
        """Ask for one value."""
        with psycopg.connect(self.owner_url) as connection:
            ((value,),) = connection.execute(query.encode(), given).fetchall()
        return value

    def position(self, topic: str, subject: str = "%") -> int:
        """Return where the first event of a topic stands."""
        query = """SELECT min(notification_id) FROM ledger.events
            WHERE originator_id LIKE %(subject)s AND topic = %(topic)s"""
        return int(self.one(query, subject=subject, topic=f"{topic}.v1"))

    def event(self, position: int) -> Event:
        """Return a stored event."""
        query = "SELECT {} FROM ledger.events WHERE notification_id = %(position)s"
        topic = self.one(query.format("topic"), position=position)
        return decode(topic, bytes(self.one(query.format("state"), position=position)))

    def next(self, subject: str) -> int:
        """Return the version that the next event of a subject has."""
        query = "SELECT count(*) FROM ledger.events WHERE originator_id = %(subject)s"
        return int(self.one(query, subject=subject)) + 1

    def made(
        self, kind: type[Event], subject: str, /, act: Act | None = None, **what: Any
    ) -> Event:
        """Make the next event of a subject."""
        return kind(
            originator_id=subject,
            originator_version=self.next(subject),
            act=act or an_act(),
            **what,
        )

    def tag(self, scheme: str, holder: str, month: str) -> str:
        """Name the payment of a holder for a month."""
        with psycopg.connect(self.app_url) as connection:
            return self.vault.tag(connection, scheme, (holder, month, "0"))

    def promise(self, *, amount: int, to: str = "contract:c", **more: Any) -> Event:
        """Make a promise of the fund."""
        what: dict[str, Any] = {
            "earmark": "general",
            "purpose": "aid-poor",
            "amount": amount,
            "to": to,
        }
        return self.made(FundsCommitted, FUND, **(what | more))

    def received(self, act: Act) -> Event:
        """Make a receipt of the fund."""
        what: dict[str, Any] = {
            "amount": 1,
            "earmark": "general",
            "source": "fiscal",
            "document": "单",
        }
        return self.made(FundReceived, FUND, act, **what)

    def payment(self, tag: str, run: str = RUN, **more: Any) -> Event:
        """Make a payment of a run of the story."""
        _, scheme, month = run.split(":")
        what: dict[str, Any] = {
            "run": run,
            "scheme": f"scheme:{scheme}",
            "programme": scheme,
            "fund": FUND,
            "earmark": "general",
            "area": "area:city",
            "tier": "a",
            "month": month,
            "persons": 1,
            "households": 0,
            "amount": 2,
            "rate_from": "2006-01-01",
        }
        return self.made(PaymentMade, f"payment:{scheme}:{month}:{tag}", **(what | more))

    def verify(self, *names: str) -> dict[str, dict[str, Any]]:
        """Bring the views to the head and run checks; return their answers by name."""
        decisions = DecisionQueries(self.app_url)
        with (
            ConnectionPool(
                self.app_url, min_size=1, max_size=4, kwargs={"autocommit": True}
            ) as pool,
            pool.connection() as connection,
        ):
            Projector(connection).catch_up()
            found = verify(
                pool,
                names or None,
                decisions=decisions,
                vault=self.vault,
                token_key=self.token_key,
            )
            answers = {answer["check"]: answer for answer in found}
        decisions.close()
        return answers

    def check(self, name: str) -> dict[str, Any]:
        """Run one check."""
        return self.verify(name)[name]
