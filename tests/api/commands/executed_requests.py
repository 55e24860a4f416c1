"""Requests to an executor as tests send them, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.commands.parsing import read_command
from domain.kernel.refusals import (
    Refused,
)
from infra.commands.command import CommandRequest, Outcome, Sender
from scripts.scenarios.office import (
    DAY,
    EVE,
    TREASURER,
    Office,
    an_order,
    fen,
    new_key,
)
from scripts.scenarios.stories import FUND


def promise(amount: int = 1, **more: Any) -> dict[str, Any]:
    """Write a commitment of the fund."""
    what = {"amount": fen(amount), "earmark": "general", "to": "grant:g", "purpose": "aid-poor"}
    return an_order("fund.commit", FUND, on=DAY, **(what | more))


def person(key: str) -> dict[str, Any]:
    return an_order("person.register", f"person:{key}", on=EVE)


def request(
    *orders: dict[str, Any], by: str = TREASURER, key: str = "", **more: Any
) -> CommandRequest:
    sender = Sender(by, **more)
    return CommandRequest(
        [read_command(o) for o in orders], key or new_key(), sender, listed=len(orders) > 1
    )


def log(office: Office) -> list[tuple[Any, ...]]:
    return office.rows("SELECT * FROM ledger.events, ledger.receipts")


def each(office: Office, *requests: CommandRequest) -> list[Outcome]:
    return office.ledger.executor.execute(requests)


def codes_of(outcomes: Sequence[Outcome]) -> list[str | None]:
    return [one.CODE if isinstance(one, Refused) else None for one in outcomes]
