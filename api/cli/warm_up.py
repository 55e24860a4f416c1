"""The first pages are asked once before the server says that it answers.

Whoever asks first would otherwise wait for the first plans and connections: a quarter of a second.
"""

from __future__ import annotations

import logging
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from api.queries.snapshot import snapshot
from projections.accounts import balances
from projections.core import view
from projections.core.view import Moment

if TYPE_CHECKING:
    from infra.ledger import Ledger

LOG = logging.getLogger("mingzhang.serve")
LONGEST_SECONDS = 10


def warm(ledger: Ledger, url: str) -> None:
    """Ask for the first page and the newest year; what goes wrong is the reader's to see."""
    try:
        for path in first_pages(ledger):
            connection = HTTPConnection(urlsplit(url).netloc, timeout=LONGEST_SECONDS)
            connection.request("GET", path)
            connection.getresponse().read()
            connection.close()
    except Exception as failed:  # noqa: BLE001 - it serves all the same
        LOG.warning("the first pages could not be asked beforehand: %s", failed)


def first_pages(ledger: Ledger) -> list[str]:
    """Name the first page, and the newest year that something was booked in."""
    with snapshot(ledger) as connection:
        moment = Moment(view.position(connection, "balances"))
        booked = balances.years(connection, moment, balances.BalanceFilter())
    return ["/", *(f"/years/{year}" for year in booked[-1:])]
