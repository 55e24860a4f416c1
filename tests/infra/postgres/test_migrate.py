"""An empty database is laid out once, by an owner who need not be a superuser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from api.cli import run
from infra.config.errors import Unavailable
from infra.config.settings import Settings
from infra.embedded.server import EmbeddedPostgres
from infra.ledger import open_ledger, prepare
from infra.postgres.database import connect_settings
from infra.postgres.migrate import FORMAT, FUNCTIONS, MIGRATIONS
from infra.postgres.roles import OWNERS, prepare_roles
from tests.infra.eventlog.appends import append_one
from tests.infra.postgres.catalogue import catalogue, digest

DATABASES = ("city", "town", "village", "hamlet", "chapel", "mill", "strange")


@pytest.fixture(scope="module")
def foreign(new_settings: Callable[[], Settings]) -> Iterator[Callable[[str, str], Settings]]:
    """Start a server whose administrator has made two users with databases, and no more."""
    settings = new_settings()
    with EmbeddedPostgres(settings).lease() as url:
        with psycopg.connect(url, autocommit=True) as administrator:
            for user in ("bureau", "other"):
                administrator.execute(f"CREATE ROLE {user} LOGIN CREATEROLE PASSWORD 'b'")
            for database in DATABASES:
                owner = "other" if database == "strange" else "bureau"
                administrator.execute(f"CREATE DATABASE {database} OWNER {owner}")
        address = url.partition("@")[2].rpartition("/")[0]

        def of(user: str, database: str) -> Settings:
            named = f"postgresql://{user}:b@{address}/{database}"
            return settings.model_copy(update={"database_url": named})

        yield of


def test_an_owner_who_is_no_superuser_lays_it_out_once(
    foreign: Callable[[str, str], Settings],
) -> None:
    for position in (1, 2):
        with open_ledger(foreign("bureau", "city")) as ledger:
            assert append_one(ledger, f"fund:{position}").first_position == position


def test_several_come_at_once(foreign: Callable[[str, str], Settings]) -> None:
    databases = [connect_settings(foreign("bureau", name)) for name in ("town", "village")] * 4
    with ThreadPoolExecutor(len(databases)) as pool:
        list(pool.map(prepare, databases))
    with open_ledger(foreign("bureau", "town")) as ledger:
        assert append_one(ledger).first_position == 1


def test_ledgers_with_folders_of_their_own_share_a_server(
    foreign: Callable[[str, str], Settings], new_settings: Callable[[], Settings]
) -> None:
    there = foreign("bureau", "hamlet").database_url
    with open_ledger(foreign("bureau", "town")) as here:
        with open_ledger(new_settings().model_copy(update={"database_url": there})) as other:
            assert append_one(other, "fund:there").first_position
        with psycopg.connect(here.database.app_url) as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("mingzhang_app",)


def test_an_owner_without_the_rights_hears_what_he_needs(
    foreign: Callable[[str, str], Settings],
) -> None:
    prepare(connect_settings(foreign("bureau", "city")))
    with pytest.raises(Unavailable, match="CREATEROLE"):
        prepare(connect_settings(foreign("other", "strange")))


def test_who_lost_the_password_sets_it_again(foreign: Callable[[str, str], Settings]) -> None:
    settings = foreign("bureau", "city")
    with (
        open_ledger(settings),
        psycopg.connect(str(settings.database_url), autocommit=True) as owner,
    ):
        owner.execute("ALTER ROLE mingzhang_app_city PASSWORD 'another'")
    with open_ledger(settings) as ledger, ledger.connection() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("strange", [0, FORMAT + 1, 999])
def test_a_ledger_of_another_format_is_left_alone(ledger_settings: Settings, strange: int) -> None:
    """One of a later program, above all: it may hold what this one would not keep."""
    with open_ledger(ledger_settings):
        pass
    with psycopg.connect(str(ledger_settings.database_url), autocommit=True) as owner:
        owner.execute("UPDATE ledger.format SET version = %s", (strange,))
        with pytest.raises(Unavailable, match=f"format {strange}, this program wants {FORMAT}"):
            prepare(connect_settings(ledger_settings))
        assert owner.execute("SELECT version FROM ledger.format").fetchone() == (strange,)


def test_migrations_are_numbered_without_a_gap() -> None:
    numbers = [int(each.name.partition("_")[0]) for each in MIGRATIONS]
    assert numbers == list(range(1, FORMAT + 1))


def test_no_migration_makes_or_calls_a_function_of_ours() -> None:
    """Those are laid as they are today, after the last migration: no upgrade runs them before."""
    made = {
        name
        for file in FUNCTIONS
        for name in re.findall(r"CREATE FUNCTION ([a-z_.]+)\(", file.read_text(encoding="utf-8"))
    }
    assert {"ledger.append", "vault.seal"} <= made
    for migration in MIGRATIONS:
        text = migration.read_text(encoding="utf-8")
        assert "FUNCTION " not in text, migration.name
        assert [name for name in made if f"{name}(" in text] == [], migration.name


def test_the_roles_are_made_alone_for_a_restore(foreign: Callable[[str, str], Settings]) -> None:
    """Twice as well as once; the application gets in, and finds nothing yet."""
    database = connect_settings(foreign("bureau", "chapel"))
    for _ in range(2):
        with psycopg.connect(database.owner_url) as owner:
            prepare_roles(owner, database.app_url)
    with psycopg.connect(database.app_url) as app:
        found = app.execute("SELECT to_regnamespace('ledger'), current_user").fetchone()
        assert found == (None, "mingzhang_app")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE SCHEMA ledger")


def test_a_dump_is_restored_on_a_server_without_our_roles(
    foreign: Callable[[str, str], Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`mingzhang db prepare` makes them; when the ledger is opened they may make nothing more."""
    settings = foreign("bureau", "mill")
    monkeypatch.setenv("MINGZHANG_DATA", str(settings.data_folder))
    monkeypatch.setenv("DATABASE_URL", str(settings.database_url))
    assert run(["db", "prepare", "--json"]) == 0
    with psycopg.connect(str(settings.database_url)) as owner:
        owner.execute((Path(__file__).with_name("dumps") / "format_6.sql").read_bytes())
    for name in ("master-key", "content-key"):
        saved = Path(__file__).with_name("dumps") / "keys" / name
        (settings.key_folder() / name).write_bytes(saved.read_bytes())
        (settings.key_folder() / name).chmod(0o600)
    with open_ledger(settings) as ledger, ledger.connection() as app:
        assert app.execute("SELECT count(*) > 50 FROM ledger.events").fetchone() == (True,)
    with psycopg.connect(str(settings.database_url)) as owner:
        may = "SELECT has_database_privilege(%s, current_database(), 'CREATE')"
        for role in OWNERS:
            assert owner.execute(may, (role,)).fetchone() == (False,)


def test_whatever_changes_the_schema_or_a_function_is_a_format_of_its_own(
    ledger_settings: Settings,
) -> None:
    """A program tells by the format alone whether a ledger has the functions that it calls.

    Who changes them adds a migration with the next number and writes the new digest here; those
    of formats that ledgers have are never changed again.
    """
    with open_ledger(ledger_settings):
        laid_out = catalogue(str(ledger_settings.database_url))
    assert {FORMAT: digest(laid_out)} == {10: "6d966b44e71c3c4c"}
