"""Keys, ledgers and databases are not mixed up: what is wrong is refused at the start, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from domain.kernel.refusals import PaidTwice, Refused
from infra.config.errors import Unavailable
from infra.ledger import open_ledger
from infra.vault import Vault
from scripts.scenarios.office import CLERK, EVE, Office, staffed
from scripts.scenarios.stories import (
    SCHEME,
    a_fund,
    a_scheme,
    approved,
    draw_up,
    entitled,
    release,
    settle,
)
from tests.conftest import new_database
from tests.infra.eventlog.appends import append_one

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from infra.config.settings import Settings

PERSON = "person:sealed"
AGAIN = "pay-run:aid:2007-03-again"
TAG_KEY = {"tag_key": "ab" * 32}
KEYS = ("master-key", "content-key")


@pytest.fixture
def empty_database(server: Settings) -> Iterator[Settings]:
    with new_database(server) as made:
        yield made


@pytest.fixture
def paid(empty_database: Settings, settings: Settings) -> Settings:
    """Pay a month by a scheme that brought a key of its own, in a ledger with keys of its own."""
    own = settings.model_copy(update={"database_url": empty_database.database_url})
    with open_ledger(own) as ledger:
        office = staffed(Office(ledger))
        a_fund(office, holding=1000)
        a_scheme(office, rate=10, sealed=TAG_KEY)
        entitled(office, 3)
        approved(office)
        release(office)
        settle(office)
        office.send("person.register", PERSON, by=CLERK, on=EVE, sealed={"name": "张三"})
    return own


def again(office: Office) -> Any:
    """Draw the paid month up anew."""
    return draw_up(office, AGAIN, scheme=SCHEME, month="2007-03")


def key_file(settings: Settings, name: str) -> Path:
    return settings.key_folder() / name


def ledger_id(settings: Settings) -> str:
    """Read the ledger's id where its data folder keeps it."""
    return (settings.data_folder / "ledger").read_text().split()[0]


@pytest.fixture
def owner(paid: Settings) -> Iterator[psycopg.Connection]:
    with psycopg.connect(str(paid.database_url), autocommit=True) as connection:
        yield connection


def remove(file: Path) -> None:
    file.unlink()


def empty(file: Path) -> None:
    file.write_bytes(b"")


def exchange(file: Path) -> None:
    file.write_bytes(bytes(32))


def let_all_read(file: Path) -> None:
    file.chmod(0o644)


@pytest.mark.parametrize("spoil", [remove, empty, exchange, let_all_read])
@pytest.mark.parametrize("name", KEYS)
def test_a_key_that_is_not_the_ledgers_is_refused_by_name(
    paid: Settings, name: str, spoil: Callable[[Path], None]
) -> None:
    """None is made, at any number of starts; put back, the paid month stays paid."""
    file = key_file(paid, name)
    saved = file.read_bytes()
    spoil(file)
    left = file.read_bytes() if file.exists() else None
    for _ in range(2):
        with pytest.raises(Unavailable, match=name) as refused, open_ledger(paid):
            pass
        assert spoil is let_all_read or ledger_id(paid) in str(refused.value)
    assert (file.read_bytes() if file.exists() else None) == left
    file.write_bytes(saved)
    file.chmod(0o600)
    with open_ledger(paid) as ledger, pytest.raises(PaidTwice):
        again(Office(ledger))


SPOILT = {
    "emptied": "UPDATE vault.sealed SET wrapped_key = NULL, content = NULL WHERE subject = %s",
    "removed": "DELETE FROM vault.sealed WHERE subject = %s",
    "unknown": "DELETE FROM ledger.keys WHERE name = %s",
    "half": "UPDATE vault.sealed SET content = '\\x00' WHERE subject = %s",
}


@pytest.mark.parametrize("how", [*SPOILT, "exchanged"])
def test_a_schemes_key_that_is_gone_is_never_replaced_by_a_derived_one(
    paid: Settings, owner: psycopg.Connection, how: str
) -> None:
    """A process that has read it goes on by it; none begins without it, and nothing is paid."""
    with open_ledger(paid) as ledger:
        office = Office(ledger)
        if how == "exchanged":
            other = ledger.vault.seal(SCHEME, {"tag_key": "cd" * 32})
            owner.execute(
                "UPDATE vault.sealed SET wrapped_key = %s, content = %s WHERE subject = %s",
                (other.wrapped_key, other.content, SCHEME),
            )
        else:
            owner.execute(SPOILT[how].encode(), (SCHEME,))
        with pytest.raises(PaidTwice):
            again(office)
    with pytest.raises(Unavailable, match=SCHEME), open_ledger(paid):
        pass
    with open_ledger(paid, whole=False) as ledger, pytest.raises(Unavailable, match=SCHEME):
        again(Office(ledger))


def test_a_ledger_is_not_opened_under_another_jurisdiction_or_zone(paid: Settings) -> None:
    for other in ({"jurisdiction": "440304"}, {"zone": "Asia/Urumqi"}):
        with (
            pytest.raises(Unavailable, match=f"{ledger_id(paid)}.*{next(iter(other.values()))}"),
            open_ledger(paid.model_copy(update=other)),
        ):
            pass


def test_a_data_folder_of_another_ledger_opens_none(
    paid: Settings, new_settings: Callable[[], Settings]
) -> None:
    other = new_settings()
    with open_ledger(other.model_copy(update={"database_url": None})):
        pass
    moved = other.model_copy(update={"database_url": paid.database_url})
    with pytest.raises(Unavailable, match=ledger_id(paid)), open_ledger(moved):
        pass


def test_who_is_refused_has_not_locked_the_ledger_out(
    paid: Settings, new_settings: Callable[[], Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The login's password follows from the data folder where the owner's is not in the address."""
    address = psycopg.conninfo.conninfo_to_dict(str(paid.database_url))
    passwords = new_settings().key_folder() / "passwords"
    passwords.write_text(f"*:*:*:*:{address.pop('password')}\n")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    there = {
        "database_url": psycopg.conninfo.make_conninfo(
            **{name: str(value) for name, value in address.items()}
        )
    }
    with open_ledger(paid.model_copy(update=there)) as ledger:
        with pytest.raises(Unavailable, match="master-key"):
            open_ledger(new_settings().model_copy(update=there)).__enter__()
        psycopg.connect(ledger.database.app_url).close()


def test_an_embedded_ledger_whose_keys_are_gone_makes_none(settings: Settings) -> None:
    with open_ledger(settings) as ledger:
        identity = str(ledger.identity)
    for file in settings.key_folder().iterdir():
        file.unlink()
    with pytest.raises(Unavailable, match=r"owner-password.*is missing") as refused:
        open_ledger(settings).__enter__()
    assert identity in str(refused.value)
    assert list(settings.key_folder().iterdir()) == []


def test_two_ledgers_have_two_ids_and_one_keeps_its_own(
    paid: Settings, new_settings: Callable[[], Settings]
) -> None:
    with open_ledger(paid) as ledger:
        assert str(ledger.identity.ledger) == ledger_id(paid)
        with open_ledger(new_settings()) as other:
            assert other.identity.ledger != ledger.identity.ledger


def test_the_address_of_one_ledger_opens_no_other(paid: Settings, server: Settings) -> None:
    """On one server: the application's login is one per ledger."""
    there = psycopg.conninfo.conninfo_to_dict(str(server.database_url))["dbname"]
    with open_ledger(paid) as ledger, open_ledger(server):
        mine = ledger.database.app_url
    with pytest.raises(psycopg.OperationalError, match="CONNECT"):
        psycopg.connect(psycopg.conninfo.make_conninfo(mine, dbname=there))


@pytest.mark.parametrize("subject", [SCHEME, PERSON])
def test_the_application_empties_and_exchanges_nothing_in_the_vault(
    paid: Settings, subject: str
) -> None:
    """Not by the function, which it may not call, and not by an append of other events."""
    with open_ledger(paid) as ledger, ledger.connection() as app:
        with pytest.raises(psycopg.Error):
            app.execute("SELECT vault.seal(%s, '{NULL}', '{NULL}')", ([subject],))
        for key in (None, b"other"):
            with pytest.raises(psycopg.Error) as refused:
                app.execute(APPEND_AND_SEAL, ([subject], [key], [key]))
            assert refused.value.sqlstate == "MZ003"
        append_one(ledger, "fund:after")
        assert ledger.vault.read(app, subject) in (TAG_KEY, {"name": "张三"})


APPEND_AND_SEAL = """SELECT ledger.append('{fund:z}', '{1}', '{fund.opened.v1}',
    ARRAY['{}'::bytea], ARRAY[sha256('s')], '{}', '{}', NULL, '{}', '{}', '{}', '{}',
    %s, %s::bytea[], %s::bytea[], '{NULL}', '{NULL}', '{NULL}')"""


def test_a_person_is_erased_in_the_transaction_of_the_event(paid: Settings) -> None:
    with open_ledger(paid) as ledger:
        office = Office(ledger)
        with pytest.raises(Refused):
            office.send("person.erase", PERSON, by="nobody-1")
        with ledger.connection() as app:
            assert ledger.vault.read(app, PERSON) == {"name": "张三"}
        office.send("person.erase", PERSON, by=CLERK)
        with ledger.connection() as app:
            assert ledger.vault.read(app, PERSON) is None


def test_another_master_key_names_no_payment_of_the_scheme(paid: Settings) -> None:
    with open_ledger(paid) as ledger:
        ledger.vault = Vault(bytes(32))
        with ledger.connection() as app, pytest.raises(Unavailable, match=SCHEME):
            ledger.vault.tag(app, SCHEME, (PERSON, "2007-03", "0"))
