"""What is personal lies in the vault, sealed, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from cryptography.exceptions import InvalidTag

from api.commands.parsing import read_command
from domain.kernel.refusals import AlreadyExists, KeyReused, Malformed
from infra.commands.command import CommandRequest, Sender
from infra.config.errors import Unavailable
from infra.config.settings import Settings
from infra.eventlog.append import append
from infra.eventlog.batch import Batch
from infra.ledger import Ledger, open_ledger
from infra.master_keys import MASTER, fingerprint
from infra.vault import Vault
from scripts.scenarios.office import CLERK, EVE, Office, an_order, new_key, staffed
from scripts.scenarios.stories import SCHEME, a_scheme
from tests.infra.eventlog.appends import A_FUND

NAME, ID_NUMBER, ACCOUNT = "欧阳娜娜", "440300190001011237", "6222020200112233445"
SECRETS = {"name": NAME, "id_number": ID_NUMBER, "account": ACCOUNT}
PERSON = "person:p-1"


@pytest.fixture
def office(ledger_settings: Settings) -> Iterator[Office]:
    with open_ledger(ledger_settings) as ledger:
        yield staffed(Office(ledger))


def register(office: Office, key: str | None = None, **sealed: str) -> None:
    office.send("person.register", PERSON, by=CLERK, on=EVE, key=key, sealed=sealed or SECRETS)


def read(ledger: Ledger, subject: str = PERSON) -> dict[str, str] | None:
    with ledger.connection() as connection:
        return ledger.vault.read(connection, subject)


def test_what_was_sealed_is_read_again(office: Office) -> None:
    register(office)
    assert read(office.ledger) == SECRETS
    assert read(office.ledger, "person:other") is None


def test_who_is_erased_cannot_be_read_again_by_anybody(office: Office) -> None:
    register(office)
    office.send("person.erase", PERSON, by=CLERK)
    assert read(office.ledger) is None
    row = office.rows("SELECT * FROM vault.read('person:p-1')")
    assert row == [(None, None)]
    assert [e.TOPIC for e in office.events(PERSON)] == ["person.registered", "person.erased"]


def test_an_array_that_registers_and_erases_leaves_nothing(office: Office) -> None:
    orders = [
        an_order("person.register", PERSON, on=EVE, sealed=SECRETS),
        an_order("person.erase", PERSON, on=EVE),
    ]
    request = CommandRequest(
        [read_command(o) for o in orders], new_key(), Sender(CLERK), listed=True
    )
    office.ledger.execute(request)
    assert read(office.ledger) is None


def test_what_is_refused_is_not_sealed(office: Office) -> None:
    register(office)
    with pytest.raises(AlreadyExists):
        register(office, name="其他")
    order = an_order("person.register", "person:q", on=EVE, sealed={"name": NAME})
    request = CommandRequest([read_command(order)], new_key(), Sender(CLERK))
    office.ledger.execute(request, dry_run=True)
    assert read(office.ledger) == SECRETS
    assert read(office.ledger, "person:q") is None


def test_nothing_personal_is_anywhere_else(office: Office, server: Settings) -> None:
    """The whole database, table by table, holds no letter of it, and neither does a log."""
    register(office, key="k-1")
    with pytest.raises(KeyReused):
        register(office, key="k-1", name=NAME)
    held = tables(office)
    assert b"person.registered" in held
    logs = [log.read_bytes() for log in server.data_folder.rglob("*log*") if log.is_file()]
    for secret in SECRETS.values():
        for written in (secret.encode(), secret.encode().hex().encode(), secret.encode("utf-16")):
            assert written not in held
        assert not any(secret.encode() in log for log in logs)


def tables(office: Office) -> bytes:
    """Read every table of ours as its bytes."""
    names = """SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
        WHERE schemaname IN ('ledger', 'vault', 'views', 'views_next', 'public')"""
    held = b""
    with psycopg.connect(str(office.ledger.settings.database_url)) as owner:
        for (table,) in owner.execute(names).fetchall():
            with owner.cursor().copy(f"COPY {table} TO STDOUT (FORMAT BINARY)") as rows:
                held += b"".join(bytes(part) for part in rows)
    return held


def test_what_is_sealed_is_bound_to_its_subject() -> None:
    vault = Vault(bytes(32))
    sealed = vault.seal(PERSON, SECRETS)
    assert sealed.wrapped_key is not None
    assert sealed.content is not None
    assert vault.open(PERSON, sealed.wrapped_key, sealed.content) == SECRETS
    with pytest.raises(InvalidTag):
        vault.open("person:p-2", sealed.wrapped_key, sealed.content)
    other = vault.seal("person:p-2", SECRETS)
    with pytest.raises(InvalidTag):
        vault.open(PERSON, sealed.wrapped_key, other.content or b"")


def test_another_master_key_opens_nothing() -> None:
    sealed = Vault(bytes(32)).seal(PERSON, SECRETS)
    assert sealed.wrapped_key is not None
    assert sealed.content is not None
    with pytest.raises(InvalidTag):
        Vault(b"\x01" * 32).open(PERSON, sealed.wrapped_key, sealed.content)


def test_what_is_sealed_twice_looks_different() -> None:
    vault = Vault(bytes(32))
    first, second = vault.seal(PERSON, SECRETS), vault.seal(PERSON, SECRETS)
    assert first.wrapped_key != second.wrapped_key
    assert first.content != second.content


def test_a_spoilt_byte_is_found_out() -> None:
    vault = Vault(bytes(32))
    sealed = vault.seal(PERSON, SECRETS)
    content = bytearray(sealed.content or b"")
    content[-1] ^= 1
    with pytest.raises(InvalidTag):
        vault.open(PERSON, sealed.wrapped_key or b"", bytes(content))


PARTS = ("person:p-1", "2007-03", "0")


def tag(ledger: Ledger, scheme: str, *parts: str) -> str:
    with ledger.connection() as connection:
        return ledger.vault.tag(connection, scheme, parts or PARTS)


def test_a_payments_tag_is_stable_and_unlike_any_other(office: Office) -> None:
    """Across months, schemes, holders, supplements and ledgers."""
    ledger = office.ledger
    first = tag(ledger, "scheme:aid")
    assert first == tag(ledger, "scheme:aid")
    others = [
        tag(ledger, "scheme:other"),
        tag(ledger, "scheme:aid", "person:p-1", "2007-04", "0"),
        tag(ledger, "scheme:aid", "person:p-2", "2007-03", "0"),
        tag(ledger, "scheme:aid", "person:p-1", "2007-03", "1"),
        tag(ledger, "scheme:aid", "person:p-1", "2007-030"),
    ]
    master = b"\x02" * 32
    ledger.vault = Vault(master)
    with pytest.raises(Unavailable, match="scheme:aid"):
        tag(ledger, "scheme:aid")
    with psycopg.connect(ledger.database.owner_url) as owner:
        known = fingerprint(master), MASTER
        owner.execute("UPDATE ledger.keys SET fingerprint = %s WHERE name = %s", known)
    others.append(tag(ledger, "scheme:aid"))
    assert len({first, *others}) == 1 + len(others)
    assert all("p-1" not in one and len(one) == len(first) for one in others)


def test_a_scheme_may_bring_the_key_of_its_tags(office: Office) -> None:
    """So that two ledgers that tell one year by the same commands name its payments alike."""
    given = {"tag_key": "ab" * 32}
    tags = set()
    for key in (b"\x02", b"\x03"):
        office.ledger.vault = Vault(key * 32)
        scheme = f"scheme:{key.hex()}"
        with office.ledger.connection() as connection:
            sealed = [office.ledger.vault.seal(scheme, given)._replace(master=None)]
            append(connection, Batch([A_FUND._replace(subject=scheme)], sealed=sealed))
        tags.add(tag(office.ledger, scheme))
    assert len(tags) == 1


@pytest.mark.parametrize("key", ["", "ab", "zz" * 16, "AB" * 16, "ab" * 65, "a" * 33])
def test_a_tag_key_that_is_none_is_refused(office: Office, key: str) -> None:
    with pytest.raises(Malformed) as refused:
        a_scheme(office, rate=1, sealed={"tag_key": key})
    assert refused.value.pointer == "/what/sealed/tag_key"
    assert read(office.ledger, SCHEME) is None
