"""What tests of every part may ask for."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from infra.settings import Settings

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
