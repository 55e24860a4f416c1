"""Scratch ledgers of the bench: a data folder of their own, officers with roles, a fund."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.commands.parsing import read_command
from infra.commands.command import CommandRequest, Sender
from infra.config.settings import Settings
from infra.embedded.binaries import programs_for
from infra.embedded.system_user import database_user
from infra.ledger import Ledger, open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.commands.command import Receipts

OPERATOR = Sender("operator:local")
ROLES = ("treasurer", "clerk", "fundraiser")
ON = {"on": "2007-01-01"}
FEN = 10**15
_numbers = count(1)


@dataclass
class Bench:
    """Where and how thoroughly to measure."""

    folder: Path
    quick: bool = False
    long: bool = False
    # Events of a long log, where it is to be another number than usual.
    events: int | None = None
    # What earlier measurements of this run found, by name: lines or commands a second.
    rates: dict[str, float] = field(default_factory=dict)

    @property
    def rounds(self) -> int:
        """How many rounds a median is taken of."""
        return 5 if self.long else 3

    @property
    def long_rounds(self) -> int:
        """How many rounds there is time for, where one takes half a minute."""
        return 3 if self.long else 1

    @property
    def many(self) -> int:
        """How many events a long log has."""
        return self.events or (100_000 if self.quick else 1_000_000)

    def settings(self, name: str) -> Settings:
        """Name a data folder below the bench's own."""
        return Settings(data_folder=self.folder / name, database_url=None, kafka_bootstrap=None)

    @contextmanager
    def ledger(self, name: str = "commands") -> Iterator[Ledger]:
        """Give a ledger with officers and a fund: the one that single commands are measured on."""
        with open_ledger(self.settings(name)) as ledger:
            if ledger.recorder.max_notification_id() is None:
                furnish(ledger)
            yield ledger

    @contextmanager
    def bare_ledger(self) -> Iterator[Ledger]:
        """Give an empty ledger."""
        with open_ledger(self.settings(f"bare-{next(_numbers)}")) as ledger:
            yield ledger


def program(name: str) -> Path:
    """Find one of PostgreSQL's own programs."""
    return programs_for(database_user(Path(os.sep))) / name


def furnish(ledger: Ledger) -> None:
    """Grant the roles, open a fund and put more into it than any round takes out."""
    for role in ROLES:
        what = {"who": role, "role": role}
        send(ledger, OPERATOR, f"role:{role}", "role.grant", what)
    treasurer = Sender("treasurer")
    opened = {
        "title": "彩票公益金",
        "kind": "lottery",
        "basis": "cash",
        "keeper": "organisation:civil-affairs-bureau",
        "purposes": ["aid-poor"],
    }
    send(ledger, treasurer, "fund:lottery", "fund.open", opened)
    given = {
        "amount": {"value": FEN, "unit": "fen"},
        "earmark": "general",
        "source": "fiscal",
        "document": "bench",
    }
    send(ledger, treasurer, "fund:lottery", "fund.receive", given)


def send(
    ledger: Ledger, sender: Sender, subject: str, command: str, what: dict[str, Any]
) -> Receipts:
    """Send one command as `POST /v1/commands` would."""
    return ledger.execute(request(order(subject, command, what), sender))


def order(subject: str, command: str, what: dict[str, Any]) -> dict[str, Any]:
    """Write a command as it is sent."""
    return {"command": command, "subject": subject, "act": ON, "what": what}


def request(said: dict[str, Any], sender: Sender) -> CommandRequest:
    """Read a command under a new key."""
    return CommandRequest([read_command(said)], new_key(), sender)


def new_key() -> str:
    """Give a key that this process has not used, nor an earlier one on the same folder."""
    return f"bench:{os.getpid()}:{next(_numbers)}"


def commitment() -> dict[str, Any]:
    """Promise one fen of the fund."""
    what = {
        "amount": {"value": 1, "unit": "fen"},
        "earmark": "general",
        "to": "grant:bench",
        "purpose": "aid-poor",
    }
    return order("fund:lottery", "fund.commit", what)
