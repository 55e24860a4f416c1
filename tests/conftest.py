"""What tests of every part may ask for."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest

from infra.config.settings import Settings
from infra.embedded.server import EmbeddedPostgres
from infra.ledger import Ledger, open_ledger
from scripts.broker.broker import Broker

pytest_plugins = ["tests.skips"]


@pytest.fixture(scope="session")
def new_settings() -> Iterator[Callable[[], Settings]]:
    """Give settings of a new, empty data folder at every call, whatever the environment says.

    The folders lie where PostgreSQL's own user may go; pytest's temporary folders do not.
    """
    folders: list[Path] = []

    def make() -> Settings:
        folder = Path(mkdtemp(prefix="mingzhang-test-"))
        folder.chmod(0o711)
        folders.append(folder)
        return Settings(data_folder=folder / "data", database_url=None, kafka_bootstrap=None)

    yield make
    for folder in folders:
        shutil.rmtree(folder)


@pytest.fixture
def settings(new_settings: Callable[[], Settings]) -> Settings:
    """Give settings of a data folder that is this test's own."""
    return new_settings()


@pytest.fixture(scope="session")
def server(new_settings: Callable[[], Settings]) -> Iterator[Settings]:
    """Run one PostgreSQL for all tests of this process; its address is that of its owner."""
    settings = new_settings()
    with EmbeddedPostgres(settings).lease() as owner_url:
        with psycopg.connect(owner_url, autocommit=True) as owner:
            # No test of this server asks what a power cut leaves.
            owner.execute("ALTER SYSTEM SET fsync = off")
            owner.execute("SELECT pg_reload_conf()")
        yield settings.model_copy(update={"database_url": owner_url})


_databases = count(1)


@pytest.fixture(scope="session")
def template(server: Settings) -> Iterator[str]:
    """Lay out one ledger without an event, and name its database: copies take half the time."""
    with new_database(server) as settings:
        with open_ledger(settings):
            pass
        yield str(settings.database_url).rpartition("/")[2]


@pytest.fixture
def ledger_settings(server: Settings, template: str) -> Iterator[Settings]:
    """Give settings of a ledger without an event that is this test's own, on the shared server."""
    with new_database(server, template) as settings:
        yield settings


@pytest.fixture(scope="module")
def server_ledger(server: Settings, template: str) -> Iterator[Ledger]:
    """Give the parts of one process on a ledger that the tests of a module share."""
    with new_database(server, template) as settings, open_ledger(settings) as parts:
        yield parts


@contextmanager
def new_database(server: Settings, template: str = "template1") -> Iterator[Settings]:
    """Make a database, empty or as a template is, for as long as the block runs."""
    name = f"ledger_{next(_databases)}"
    owner_url = str(server.database_url)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield server.model_copy(update={"database_url": f"{owner_url.rpartition('/')[0]}/{name}"})
        owner.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def session_broker() -> Iterator[Broker]:
    """Run one Kafka broker for all tests of this process; topics bear a jurisdiction of a test."""
    with Broker() as running:
        yield running


@pytest.fixture
def broker(session_broker: Broker) -> Iterator[Broker]:
    """Give the broker; a test that leaves it dead has it started again for the next one."""
    session_broker.start()
    yield session_broker
    session_broker.start()


@pytest.fixture
def ledger(ledger_settings: Settings) -> Iterator[Ledger]:
    """Give the parts of one process on a ledger of its own."""
    with open_ledger(ledger_settings) as parts:
        yield parts


# Fixtures that every test with a database or a broker of its own or another's stands on.
SERVERS = {"new_settings", "session_broker"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs no server as `quick`."""
    for item in items:
        if isinstance(item, pytest.Function) and not SERVERS.intersection(item.fixturenames):
            item.add_marker("quick")
