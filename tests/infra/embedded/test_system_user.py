"""Who PostgreSQL runs as: root may not, and others may not read root's home."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from subprocess import DEVNULL, run
from tempfile import mkdtemp

import psycopg
import pytest

from infra.config.errors import Unavailable
from infra.config.settings import Settings
from infra.embedded.binaries import PACKAGE
from infra.embedded.server import EmbeddedPostgres

NOBODY = 65534
ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


def copy_programs(target: Path) -> None:
    """Copy the installed PostgreSQL as the wheel lays it out."""
    spec = find_spec(PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    installed = Path(spec.origin).parent
    shutil.copytree(installed / "pginstall18", target / PACKAGE / "pginstall18", symlinks=True)
    (target / PACKAGE / "__init__.py").touch()
    libraries = installed.with_name(f"{PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name)


@pytest.fixture
def closed_home() -> Iterator[Path]:
    """Give a folder like root's home: nobody else may enter it."""
    home = Path(mkdtemp(prefix="mingzhang-home-"))
    yield home
    for link in home.glob("*/postgres"):
        shutil.rmtree(link.resolve())
    shutil.rmtree(home)


@pytest.fixture
def open_settings(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Give a data folder and programs that any user reaches, wherever this checkout lies."""
    place = settings.data_folder.parent
    copy_programs(place / "programs")
    monkeypatch.syspath_prepend(place / "programs")
    place.chmod(0o777)
    return settings


def as_nobody(act: Callable[[], None]) -> int:
    """Run something in a child that has become an ordinary user; 0 if it went well."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    outcome = 1
    try:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        act()
        outcome = 0
    finally:
        os._exit(outcome)


def ask_one(settings: Settings) -> None:
    with EmbeddedPostgres(settings).lease() as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_an_ordinary_user_runs_it_as_himself(open_settings: Settings) -> None:
    assert as_nobody(lambda: ask_one(open_settings)) == 0
    assert (open_settings.data_folder / "postgres").stat().st_uid == NOBODY


def test_root_and_an_ordinary_user_take_turns_on_his_folder(open_settings: Settings) -> None:
    assert as_nobody(lambda: ask_one(open_settings)) == 0
    ask_one(open_settings)
    assert as_nobody(lambda: ask_one(open_settings)) == 0


def test_an_ordinary_user_is_refused_root_s_folder_in_words(open_settings: Settings) -> None:
    ask_one(open_settings)

    def refused() -> None:
        with pytest.raises(Unavailable, match="belongs to another user"):
            ask_one(open_settings)

    assert as_nobody(refused) == 0


def test_root_s_server_runs_without_root_s_rights(settings: Settings) -> None:
    ask_one(settings)
    assert (settings.data_folder / "postgres").stat().st_uid != 0
    assert (settings.data_folder / "keys").stat().st_uid == 0


def test_tables_lie_on_the_shelf_where_the_home_is_closed(closed_home: Path) -> None:
    settings = Settings(data_folder=closed_home / "data")
    ask_one(settings)
    ask_one(settings)
    assert (settings.data_folder / "postgres").is_symlink()
    assert closed_home.stat().st_mode & 0o077 == 0


def test_programs_in_a_closed_home_are_copied_to_the_shelf(closed_home: Path) -> None:
    copy_programs(closed_home)
    holder = run(
        [sys.executable, "-m", "tests.infra.embedded.holder", closed_home / "data"],
        env={"PYTHONPATH": f"{closed_home}:{ROOT}"},
        stdin=DEVNULL,
        capture_output=True,
        text=True,
        cwd=closed_home,
        check=False,
    )
    assert holder.stdout.startswith("postgresql://"), holder.stderr
    assert closed_home.stat().st_mode & 0o077 == 0
