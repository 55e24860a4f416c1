"""What a demonstration says once it is open: where to look."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from api.cli.send import grant
from api.http import tokens

if TYPE_CHECKING:
    from infra.ledger import Ledger

WHO = "demo-office"
ROLES = ("auditor", "subscriber")

TEXT = """
Mingzhang (明账) is open at {url}

  Pages    {url}/years/2007        the year's figures, each down to its events
           {url}/funds             where the money came from and went to
           {url}/figures/dibao.spend?period=2007&lang=en

  Plan     MINGZHANG_DATA={folder} {program} load plan-2012    (in another terminal)
           {url}/years/2012        then: the targets of 2012, and how far its start has come

  Desk     {desk}
           five people of the office, each signed in by one click

  Office   a token for {who} ({roles}), for a day:
           export TOKEN={token}

  Try      curl -s '{url}/open/v1/figures/dibao.spend?period=2007'
           curl -s -H "Authorization: Bearer $TOKEN" '{url}/v1/balances?group_by=stage'
           curl -s -H "Authorization: Bearer $TOKEN" '{url}/v1/events?limit=3'

Ctrl-C stops it; the data stay in {folder}.
"""


OPENING = """
Mingzhang (明账) answers at {url}/years/2007?lang=en
while the year is being loaded, which takes a minute or two; every page says how far it is.
The desk, five people of the office signed in by one click each:
{desk}

Ctrl-C stops it; started again, the load goes on. The data are in {folder}.
"""


def opening(ledger: Ledger, url: str) -> str:
    """Return where the year can be seen growing."""
    return OPENING.format(
        url=url, desk=desk_address(ledger, url), folder=ledger.settings.data_folder
    )


def welcome(ledger: Ledger, url: str) -> str:
    """Issue a token for the office and return what to look at."""
    for role in ROLES:
        grant(ledger, WHO, role)
    token, _ = tokens.issue(
        ledger.secret(tokens.TOKEN_KEY), by=WHO, roles=ROLES, ttl=timedelta(days=1)
    )
    return TEXT.format(
        url=url,
        desk=desk_address(ledger, url),
        program=sys.argv[0],
        who=WHO,
        roles=", ".join(ROLES),
        token=token,
        folder=ledger.settings.data_folder,
    )


def desk_address(ledger: Ledger, url: str) -> str:
    """Return the address at which people of the office are signed in by one click."""
    from api.desk.demonstration import address  # noqa: PLC0415 - it brings all of the web

    return address(ledger, url)
