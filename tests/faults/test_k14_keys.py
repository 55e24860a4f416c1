"""K14: keys are not mixed up: the server names what is wrong and refuses; nothing is paid twice.

Each state of each key is laid before the command line, which serves nothing, and before HTTP.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import psycopg
import pytest

from api.cli import run
from api.cli.output import UNAVAILABLE
from infra.ledger import open_ledger
from scripts.scenarios.office import Office, staffed
from scripts.scenarios.stories import (
    SCHEME,
    a_fund,
    a_scheme,
    approved,
    entitled,
    release,
    settle,
)
from tests.api.conftest import served
from tests.api.test_ledger_identity import TAG_KEY, again
from tests.conftest import new_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from infra.config.settings import Settings

KEYS = ("master-key", "content-key")
SERVE = ("serve", "--only", "api", "--port", "0")


class Paid(NamedTuple):
    """A ledger that has paid a month, and keys that were copied away before it was made."""

    settings: Settings
    old_keys: dict[str, bytes]

    def key(self, name: str) -> Path:
        """Return the file of a key."""
        return self.settings.key_folder() / name

    def draws_again(self) -> tuple[int, str]:
        """Start a server and draw the paid month up anew; return the status and the code."""
        with open_ledger(self.settings) as ledger, served(ledger) as web:
            answer = again(ledger, web)
            return answer.status_code, answer.json()["code"]


@pytest.fixture(scope="module")
def paid(server: Settings, new_settings: Callable[[], Settings]) -> Iterator[Paid]:
    """Pay a month in a ledger that has keys of its own, and a folder of keys of another time."""
    with new_database(server) as former:
        before = new_settings().model_copy(update={"database_url": former.database_url})
        with open_ledger(before):
            old_keys = {name: (before.key_folder() / name).read_bytes() for name in KEYS}
    with new_database(server) as made:
        own = new_settings().model_copy(update={"database_url": made.database_url})
        a_paid_month(own)
        yield Paid(own, old_keys)


def a_paid_month(settings: Settings) -> None:
    """Pay three persons by a scheme that brought a key of its own."""
    with open_ledger(settings) as ledger:
        office = staffed(Office(ledger))
        a_fund(office, holding=1000)
        a_scheme(office, rate=10, sealed=TAG_KEY)
        entitled(office, 3)
        approved(office)
        release(office)
        settle(office)


@pytest.fixture
def at(paid: Paid, monkeypatch: pytest.MonkeyPatch) -> Paid:
    """Let the command line find the ledger."""
    monkeypatch.setenv("MINGZHANG_DATA", str(paid.settings.data_folder))
    monkeypatch.setenv("DATABASE_URL", str(paid.settings.database_url))
    return paid


def removed(file: Path, _: bytes) -> None:
    file.unlink()


def emptied(file: Path, _: bytes) -> None:
    file.write_bytes(b"")


def exchanged(file: Path, _: bytes) -> None:
    file.write_bytes(bytes(range(32)))


def restored_from_an_old_copy(file: Path, old: bytes) -> None:
    file.write_bytes(old)


@pytest.mark.parametrize("name", KEYS)
@pytest.mark.parametrize("spoil", [removed, emptied, exchanged, restored_from_an_old_copy])
def test_k14_a_key_file_that_is_not_the_ledgers(
    at: Paid,
    capsys: pytest.CaptureFixture[str],
    name: str,
    spoil: Callable[[Path, bytes], None],
) -> None:
    file = at.key(name)
    saved = file.read_bytes()
    spoil(file, at.old_keys[name])
    left = file.read_bytes() if file.exists() else None
    try:
        for _ in range(2):
            assert run([*SERVE]) == UNAVAILABLE
            assert name in capsys.readouterr().err
        assert (file.read_bytes() if file.exists() else None) == left
    finally:
        file.write_bytes(saved)
        file.chmod(0o600)
    assert at.draws_again() == (409, "paid-twice")


@pytest.fixture
def owner(paid: Paid) -> Iterator[psycopg.Connection]:
    """Give the owner of the database; the scheme's key is put right afterwards."""
    with psycopg.connect(str(paid.settings.database_url), autocommit=True) as connection:
        where = "FROM vault.sealed WHERE subject = %s"
        (row,) = connection.execute(
            f"SELECT wrapped_key, content {where}".encode(), (SCHEME,)
        ).fetchall()
        yield connection
        connection.execute(f"DELETE {where}".encode(), (SCHEME,))
        connection.execute("INSERT INTO vault.sealed VALUES (%s, %s, %s)", (SCHEME, *row))


STATES = {
    "emptied": "UPDATE vault.sealed SET wrapped_key = NULL, content = NULL WHERE subject = %s",
    "removed": "DELETE FROM vault.sealed WHERE subject = %s",
    "cut off": "UPDATE vault.sealed SET content = '\\x00' WHERE subject = %s",
}


@pytest.mark.parametrize("state", [*STATES, "exchanged"])
def test_k14_a_schemes_key_that_is_not_the_ledgers(
    at: Paid, owner: psycopg.Connection, capsys: pytest.CaptureFixture[str], state: str
) -> None:
    """A server that has read it goes on by it; none begins without it, and none pays."""
    with open_ledger(at.settings) as ledger, served(ledger) as web:
        assert again(ledger, web).json()["code"] == "paid-twice"
        if state == "exchanged":
            other = ledger.vault.seal(SCHEME, {"tag_key": "cd" * 32})
            owner.execute(
                "UPDATE vault.sealed SET wrapped_key = %s, content = %s WHERE subject = %s",
                (other.wrapped_key, other.content, SCHEME),
            )
        else:
            owner.execute(STATES[state].encode(), (SCHEME,))
        assert again(ledger, web).json()["code"] == "paid-twice"
    assert run([*SERVE]) == UNAVAILABLE
    assert SCHEME in capsys.readouterr().err
    with open_ledger(at.settings, whole=False) as ledger, served(ledger) as web:
        refused = again(ledger, web)
        assert (refused.status_code, refused.json()["code"]) == (503, "store-unavailable")
        assert SCHEME in refused.json()["detail"]


def test_k14_after_all_of_it_the_month_is_still_paid(at: Paid) -> None:
    assert at.draws_again() == (409, "paid-twice")
