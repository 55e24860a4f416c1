"""What a demonstration says once it is open: where to look."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from api import tokens
from api.cli.sending import grant
from api.office import TOKEN_KEY

if TYPE_CHECKING:
    from api.wiring import Wiring

WHO = "demo-office"
ROLES = ("auditor", "subscriber")

TEXT = """
Mingzhang (明账) is open at {url}

  Pages    {url}/years/2007        the year's figures, each down to its events
           {url}/funds             where the money came from and went to
           {url}/figures/dibao.spend?lang=en

  Office   a token for {who} ({roles}), for a day:
           export TOKEN={token}

  Try      curl -s '{url}/open/v1/figures/dibao.spend'
           curl -s -H "Authorization: Bearer $TOKEN" '{url}/v1/balances?group_by=class'
           curl -s -H "Authorization: Bearer $TOKEN" '{url}/v1/events?limit=3'

Ctrl-C stops it; the data stay in {folder}.
"""


def welcome(wiring: Wiring, url: str) -> str:
    """Issue a token for the office and return what to look at."""
    for role in ROLES:
        grant(wiring, WHO, role)
    token, _ = tokens.issue(wiring.secret(TOKEN_KEY), by=WHO, roles=ROLES, ttl=timedelta(days=1))
    return TEXT.format(
        url=url,
        who=WHO,
        roles=", ".join(ROLES),
        token=token,
        folder=wiring.settings.data_folder,
    )
