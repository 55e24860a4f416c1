"""`mingzhang demo` answers while the year is loaded behind it, and goes on where it was cut off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

import httpx

from api.cli.demo import load_to_run
from infra.ledger import open_ledger
from infra.processes.load_progress import LoadProgress
from scripts.golden.loading import begun
from scripts.scenarios.office import Office, staffed
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.config.settings import Settings

EARLY, OPEN = "Mingzhang (明账) answers at ", "Mingzhang (明账) is open at "


@contextmanager
def demonstrated(settings: Settings, *options: str) -> Iterator[IO[str]]:
    """Run `mingzhang demo` while the block runs; give what it prints. Ctrl-C ends it tidily."""
    env = {"MINGZHANG_DATA": str(settings.data_folder), "MINGZHANG_PORT": "0"}
    # Whoever runs the tests in the background has Ctrl-C ignored, and so have their children.
    start = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    start += "from api.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", start, "demo", *options],
        env={**{k: v for k, v in os.environ.items() if k != "DATABASE_URL"}, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as program:
        yield cast("IO[str]", program.stdout)
        program.send_signal(signal.SIGINT)
        assert program.wait(30) == 130


def url_after(said: IO[str], words: str) -> str:
    """Read on until a line begins with these words; return the server's address in it."""
    line = next(line for line in said if line.startswith(words))
    return "/".join(line.removeprefix(words).split("/")[:3]).strip()


def loaded_of(settings: Settings) -> LoadProgress:
    """Return how far the load is that goes on or was cut off."""
    found = LoadProgress.read(settings.data_folder)
    assert found is not None
    return found


def test_pages_tell_how_far_the_year_is_from_the_first_seconds_on(settings: Settings) -> None:
    with demonstrated(settings, "--seed", "3", "--scale", "0.01") as said:
        url = url_after(said, EARLY)
        assert "The year is being loaded" in httpx.get(f"{url}/years/2007?lang=en").text
        wait_until(lambda: loaded_of(settings).events > 0)
        assert f"{loaded_of(settings).day[:4]}年" in httpx.get(f"{url}/").text
    cut_off = loaded_of(settings)
    assert (cut_off.year, cut_off.seed, cut_off.scale) == ("golden-2007", 3, 0.01)


def test_a_load_that_was_cut_off_goes_on_and_pages_tell_of_it_no_more(settings: Settings) -> None:
    settings.key_folder()
    LoadProgress(year="plan-2012", seed=4, scale=0.1, day="2012-01-01").write(settings.data_folder)
    with demonstrated(settings) as said:
        url = url_after(said, EARLY)
        assert url_after(said, OPEN) == url
        assert LoadProgress.read(settings.data_folder) is None
        assert "载入" not in httpx.get(f"{url}/years/2012").text
    with demonstrated(settings) as said:
        assert said.readline() == "\n"
        assert said.readline().startswith(OPEN)


def test_nothing_is_loaded_into_a_ledger_that_is_no_demonstration(settings: Settings) -> None:
    folder = settings.data_folder
    with open_ledger(settings) as ledger:
        begun(folder, "golden-2007", 2007, 0.01).write(folder)
        cut_off = ["golden-2007", "--seed", "2007", "--scale", "0.01"]
        assert load_to_run(ledger, 2007, 1.0) == cut_off
        staffed(Office(ledger))
        assert load_to_run(ledger, 2007, 1.0) is None
