"""A treasurer with the bank's files: two runs of the same scheme are released, one is settled."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from api.http import tokens
from infra.ledger import open_ledger
from scripts.scenarios.office import TREASURER, Office, staffed
from scripts.scenarios.stories import a_fund, a_scheme, approved, entitled, payments_of, release
from tests.api.conftest import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Client, Response

    from infra.config.settings import Settings

APRIL = "pay-run:aid:2007-04"


class BankDesk(NamedTuple):
    """An office, and a treasurer's client before it."""

    office: Office
    client: Client

    def send(
        self, run: str, content: bytes, media: str = "text/csv", *, role: str = "treasurer",
        dry_run: bool = False,
    ) -> Response:  # fmt: skip
        """Send a return file for a run."""
        return self.client.post(
            f"/v1/pay-runs/{run.partition(':')[2]}/bank-return",
            content=content,
            params={"dry_run": "true"} if dry_run else {},
            headers={"Content-Type": media, **self.headers(role)},
        )

    def headers(self, role: str = "treasurer") -> dict[str, str]:
        """Return the headers of somebody of the staff."""
        secret = self.office.ledger.secret("token-key")
        who = f"{role}-1"
        token, _ = tokens.issue(secret, by=who, roles=(role,), ttl=timedelta(hours=1))
        return {"Authorization": f"Bearer {token}"}

    def head(self) -> int:
        """Return the last position."""
        return len(self.office.positions())

    def state(self, run: str) -> str:
        """Return what the last event of a run was."""
        return [event.TOPIC for event in self.office.events(run)][-1]


@pytest.fixture
def desk(new_settings: Callable[[], Settings]) -> Iterator[BankDesk]:
    """Pay six persons 10 yuan each in March and in April."""
    with open_ledger(new_settings()) as ledger:
        office = staffed(Office(ledger))
        a_fund(office, holding=1_000_000)
        a_scheme(office, rate=1_000)
        entitled(office, 6)
        for run in ("pay-run:aid:2007-03", APRIL):
            approved(office, run)
            release(office, run, by=TREASURER)
        with served(ledger) as client:
            yield BankDesk(office, client)


HEAD = "payment,reason,amount,day,reference\n"


def a_file(*lines: tuple[Any, ...], head: str = HEAD) -> bytes:
    """Write a return file."""
    return (head + "".join(",".join(map(str, line)) + "\n" for line in lines)).encode()


def paid(desk: BankDesk, run: str) -> list[str]:
    """Return the payments of a run."""
    return payments_of(desk.office, run)
