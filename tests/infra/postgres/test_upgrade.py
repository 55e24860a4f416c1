"""A ledger of every earlier format, dumped by the program of its time, is brought up whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from domain.kernel.refusals import AlreadyTold
from infra.config.errors import Unavailable
from infra.config.settings import Settings
from infra.embedded.server import EmbeddedPostgres
from infra.ledger import open_ledger, prepare
from infra.postgres.database import connect_settings
from infra.postgres.migrate import FORMAT, WITH_ID_NUMBERS, WITH_IDENTITY
from infra.postgres.roles import may_own_schemas, prepare_roles
from infra.vault import Vault
from infra.verify.runner import verify
from scripts.scenarios.office import CLERK, EVE, OPERATOR, Office
from tests.api.conftest import catch_up, served
from tests.infra.postgres.catalogue import catalogue
from tests.infra.postgres.reading import auditor, expected, read_all

DUMPS = Path(__file__).with_name("dumps")
FORMATS = range(1, FORMAT)
KEPT = ("ledger.events", "ledger.receipts", "ledger.periods", "vault.sealed")
NOTED = ("delivery.webhooks", "delivery.dead_letters", "delivery.relay")
NOTED_SINCE = {"delivery.webhooks": 2, "delivery.dead_letters": 2, "delivery.relay": 4}
# Format 5 gives this table another column.
WHOLE = {"delivery.relay": "SELECT position, events FROM delivery.relay"}
PERSON = "person:sealed-1"
SECRETS = {"name": "张三", "id_number": "440300190001010000", "account": "6222000000000000000"}
_numbers = count(1)
NUMBER = "000001195001010016"
WIDE = {ord(str(n)): ord("０") + n for n in range(10)}
TWIN = {"id_number": NUMBER}
REGISTERED = """SELECT originator_id FROM ledger.events WHERE topic = 'person.registered.v1'
    AND originator_id <> 'person:sealed-2' ORDER BY notification_id LIMIT 3"""
SEAL = """INSERT INTO vault.sealed VALUES (%s, %s, %s) ON CONFLICT (subject)
    DO UPDATE SET wrapped_key = excluded.wrapped_key, content = excluded.content"""


@pytest.fixture(scope="module")
def new_ledger(new_settings: Callable[[], Settings]) -> Iterator[Callable[[], Settings]]:
    """Make empty databases on a server without our roles; their owner is no superuser."""
    server = new_settings()
    with EmbeddedPostgres(server).lease() as url:
        with psycopg.connect(url, autocommit=True) as administrator:
            administrator.execute("CREATE ROLE bureau LOGIN CREATEROLE PASSWORD 'b'")
        address = url.partition("@")[2].rpartition("/")[0]

        def make() -> Settings:
            name = f"restored_{next(_numbers)}"
            with psycopg.connect(url, autocommit=True) as administrator:
                administrator.execute(f"CREATE DATABASE {name} OWNER bureau")
            named = f"postgresql://bureau:b@{address}/{name}"
            settings = new_settings().model_copy(update={"database_url": named})
            for key in (DUMPS / "keys").iterdir():
                # A checkout gives everybody the right to read them.
                (settings.key_folder() / key.name).write_bytes(key.read_bytes())
                (settings.key_folder() / key.name).chmod(0o600)
            return settings

        yield make


def restore(settings: Settings, number: int) -> Settings:
    """Restore the dump of a format into an empty database."""
    database = connect_settings(settings)
    with psycopg.connect(database.owner_url) as connection:
        prepare_roles(connection, database.app_url)
        with may_own_schemas(connection):
            connection.execute((DUMPS / f"format_{number}.sql").read_bytes())
    return settings


def rows(settings: Settings, *tables: str) -> dict[str, list[tuple[Any, ...]]]:
    """Read whole tables as their owner."""
    with psycopg.connect(str(settings.database_url)) as owner:
        read = {
            table: sorted(owner.execute(WHOLE.get(table, f"TABLE {table}")).fetchall(), key=repr)
            for table in tables
        }
    assert all(read.values())
    return read


@contextmanager
def upgraded(settings: Settings) -> Iterator[Office]:
    """Open a ledger with this program, its views at the head."""
    with open_ledger(settings) as ledger:
        catch_up(ledger)
        yield Office(ledger)


@pytest.fixture(scope="module", params=FORMATS)
def number(request: pytest.FixtureRequest) -> int:
    """Give each format there has been."""
    return int(request.param)


@pytest.fixture(scope="module")
def office(number: int, new_ledger: Callable[[], Settings]) -> Iterator[Office]:
    """Give a restored ledger of the format, upgraded."""
    settings = restore(new_ledger(), number)
    noted = [table for table in NOTED if NOTED_SINCE[table] <= number]
    before = rows(settings, *KEPT, *noted)
    assert rows(settings, "ledger.format") == {"ledger.format": [(number,)]}
    with upgraded(settings) as office:
        assert rows(settings, *KEPT, *noted) == before
        yield office


def test_it_has_todays_format_and_its_views_reach_the_head(office: Office) -> None:
    assert office.rows("SELECT version FROM ledger.format") == [(FORMAT,)]
    head = office.rows("SELECT max(notification_id) FROM ledger.events")
    assert office.rows("SELECT DISTINCT position, stopped FROM views.positions") == [
        (*head[0], None)
    ]


def test_it_says_what_the_program_of_its_time_said(office: Office) -> None:
    """Balances, the journal, figures and registers."""
    said = expected(DUMPS / "expected.json")
    with served(office.ledger) as web:
        assert read_all(web, auditor(office.ledger)) == said
    assert len(said["journal"]) == 60


def test_every_check_holds(office: Office) -> None:
    ledger = office.ledger
    answers = list(verify(ledger.pool, decisions=ledger.decisions, vault=ledger.vault))
    broken = {
        a["check"]: [each["detail"] for each in a["breaches"]] for a in answers if not a["holds"]
    }
    assert broken == {}
    # Those programs let one person supplement a payment.
    (alone,) = (answer for answer in answers if answer["check"] == "alone")
    told = [each["detail"] for each in alone["allowed_then"]]
    assert told == ["treasurer-1 alone: payment.supplemented"]
    examined = {answer["check"]: answer["examined"] for answer in answers}
    for check in ("sums-zero", "run-total", "one-key-one-content", "views-equal-fold"):
        assert examined[check] > 0, check


def test_the_saved_keys_open_its_vault(office: Office) -> None:
    """And name its payments: the tag key of a scheme lies in the vault."""
    with office.ledger.connection() as connection:
        assert office.ledger.vault.read(connection, PERSON) == SECRETS
        assert office.ledger.vault.read(connection, "person:sealed-2") is None
        tag = office.ledger.vault.tag(connection, "scheme:keyed", (PERSON, "2007-03", "0"))
    payment = f"payment:keyed:2007-03:{tag}"
    assert [event.TOPIC for event in office.events(payment)] == ["payment.made"]


def test_a_command_that_is_sent_again_has_its_old_receipt(office: Office) -> None:
    what: dict[str, Any] = {"who": CLERK, "role": "clerk"}
    receipt = office.send("role.grant", f"role:{CLERK}", by=OPERATOR, on=EVE, key="story-1", **what)
    assert receipt["replayed"]
    assert receipt["positions"] == [1]


def test_it_has_the_schema_of_a_new_ledger(
    office: Office, new_ledger: Callable[[], Settings]
) -> None:
    """Comments too; each has a login of its own."""
    with upgraded(new_ledger()) as new:
        fresh = catalogue(new.ledger.database.owner_url)
    found = catalogue(office.ledger.database.owner_url)
    assert {len(kind) > 0 for kind in fresh.values()} == {True}
    assert found == fresh


@pytest.mark.parametrize("earlier", range(1, WITH_ID_NUMBERS))
def test_the_vault_learns_whose_id_number_it_is(
    earlier: int, new_ledger: Callable[[], Settings]
) -> None:
    """Of two who have one already, the first; what cannot be read is nobody's."""
    settings = restore(new_ledger(), earlier)
    vault = Vault(settings.saved_secret("master-key"))
    with psycopg.connect(str(settings.database_url)) as owner:
        found = owner.execute(REGISTERED).fetchall()
        for (person,), told in zip(found, (NUMBER, NUMBER.translate(WIDE), "1"), strict=False):
            sealed = vault.seal(person, {"id_number": told})
            owner.execute(SEAL, (person, sealed.wrapped_key, sealed.content))
    first, second, third = (person for (person,) in found[:3])
    with upgraded(settings) as office:
        numbers = dict(office.rows("SELECT person, number FROM vault.numbers()"))
        assert numbers[first] == vault.number_of(NUMBER)
        assert not {second, third} & numbers.keys()
        # Marks are of papers: both who say one number are found by it.
        mark = vault.marks.of({"id_number": NUMBER})["id_number"]
        found_by = "SELECT entry FROM vault.marked(ARRAY[%s], 9)"
        with office.ledger.connection() as connection:
            marked = {entry for (entry,) in connection.execute(found_by, (mark,))}
        assert marked == {first, second}
        with pytest.raises(AlreadyTold, match=first):
            office.send("person.register", "person:new", by=CLERK, key="id", sealed=TWIN)


def test_it_takes_a_new_command(number: int, new_ledger: Callable[[], Settings]) -> None:
    """In a ledger of its own, whose head moves on; four threads upgrade it at once."""
    settings = restore(new_ledger(), number)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(prepare, [connect_settings(settings)] * 4))
    with upgraded(settings) as office:
        head = max(office.positions())
        receipt = office.send("person.register", "person:new", by=CLERK, key="new")
        assert receipt["positions"] == [head + 1]
        assert catch_up(office.ledger) == head + 1
        stop: dict[str, Any] = {"by": CLERK, "key": "stop", "reason": "迁出", "from_": "2007-04-01"}
        office.send("entitlement.stop", "entitlement:aid-000000", **stop)
        assert office.positions() == list(range(1, head + 3))


def remove_master(settings: Settings) -> None:
    (settings.key_folder() / "master-key").unlink()


def exchange_master(settings: Settings) -> None:
    (settings.key_folder() / "master-key").write_bytes(bytes(32))


def remove_content(settings: Settings) -> None:
    (settings.key_folder() / "content-key").unlink()


def empty_a_scheme(settings: Settings) -> None:
    with psycopg.connect(str(settings.database_url)) as owner:
        owner.execute(
            "UPDATE vault.sealed SET wrapped_key = NULL, content = NULL"
            " WHERE subject = 'scheme:keyed'"
        )


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (remove_master, "master-key"),
        (exchange_master, "master-key"),
        (remove_content, "content-key"),
        (empty_a_scheme, "scheme:keyed"),
    ],
)
def test_a_ledger_is_not_brought_up_by_keys_that_do_not_open_it(
    new_ledger: Callable[[], Settings], spoil: Callable[[Settings], None], named: str
) -> None:
    """It stays what it was, and no key is made."""
    before = WITH_IDENTITY - 1
    settings = restore(new_ledger(), before)
    spoil(settings)
    keys = sorted(path.name for path in settings.key_folder().iterdir())
    with pytest.raises(Unavailable, match=named):
        prepare(connect_settings(settings))
    assert rows(settings, "ledger.format") == {"ledger.format": [(before,)]}
    assert sorted(path.name for path in settings.key_folder().iterdir()) == keys


def test_an_upgrade_that_fails_changes_nothing(new_ledger: Callable[[], Settings]) -> None:
    settings = restore(new_ledger(), 1)
    database = connect_settings(settings)
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("CREATE SCHEMA delivery")
    before = catalogue(database.owner_url)
    with pytest.raises(psycopg.errors.DuplicateSchema):
        prepare(database)
    assert catalogue(database.owner_url) == before
    assert rows(settings, "ledger.format") == {"ledger.format": [(1,)]}
