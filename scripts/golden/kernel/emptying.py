"""Empties the ledger of a demonstration, so that another year can be loaded into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from domain.kernel.refusals import WrongState
from infra.ledger import prepare
from infra.office import demonstration
from infra.processes import load_progress

if TYPE_CHECKING:
    from infra.ledger import Ledger


def is_demonstration(ledger: Ledger) -> bool:
    """Tell whether a ledger is empty or began with a demonstration."""
    with ledger.connection() as connection:
        is_empty = demonstration.first_key(connection) is None
        return is_empty or demonstration.is_demonstration(connection)


def empty(ledger: Ledger) -> None:
    """Drop a ledger that began with a demonstration; any other is refused."""
    if not is_demonstration(ledger):
        raise WrongState("", "not-a-demonstration")
    with psycopg.connect(ledger.database.owner_url) as owner:
        owner.execute(
            "DROP SCHEMA IF EXISTS ledger, vault, views, views_next, delivery, office CASCADE"
        )
    ledger.identity = prepare(ledger.database)
    ledger.aggregates.forget()
    ledger.vault.forget()
    load_progress.clear(ledger.settings.data_folder)
