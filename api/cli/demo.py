"""`mingzhang demo`: the golden year, served while it is being loaded."""

from __future__ import annotations

import sys
import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.output import OK, store
from api.cli.serve import parts_beside
from api.cli.welcome import opening, welcome
from infra.parts import wanted
from infra.processes.listening_socket import listen
from infra.processes.load_progress import LoadProgress
from infra.processes.supervisor import running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.ledger import Ledger

YEAR = "golden-2007"
SECONDS_BETWEEN_LOOKS = 0.1


def add_to(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command()(demo)


def demo(
    seed: Annotated[int, typer.Option(min=0, help="Another seed, another year.")] = 2007,
    scale: Annotated[float, typer.Option(min=0.01, max=10.0)] = 1.0,
) -> int:
    """Load the golden year if the ledger is new, serve it, and say what to look at."""
    from api.cli.server import api_server  # noqa: PLC0415 - the web, for the server alone

    with store(watch=True) as ledger, ExitStack() as stack:
        settings = ledger.settings
        listening = stack.enter_context(listen(settings.host, settings.port))
        arguments = load_to_run(ledger, seed, scale)
        stack.enter_context(parts_beside(ledger, wanted(settings)))
        demonstration = Demonstration(ledger, arguments)
        server = api_server(ledger, listening, demonstration.answers)
        with demonstration.loading(lambda: setattr(server, "should_exit", True)):
            server.run(sockets=[listening])
        return demonstration.code


def load_to_run(ledger: Ledger, seed: int, scale: float) -> list[str] | None:
    """Return the arguments of the load that is to begin or to go on, None if there is none.

    A load that was cut off goes on with its own year, seed and scale. Into a ledger that holds
    anything else nothing is loaded, whatever the data folder tells of another one's load.
    """
    from scripts.golden.kernel.emptying import is_demonstration  # noqa: PLC0415 - as below
    from scripts.golden.loading import begun  # noqa: PLC0415 - only a demonstration's

    if not is_demonstration(ledger):
        return None
    folder = ledger.settings.data_folder
    load = LoadProgress.read(folder)
    if load is None:
        if ledger.recorder.max_notification_id():
            return None
        load = begun(folder, YEAR, seed, scale)
        # Pages tell it from the first on, before the process that loads has begun.
        load.write(folder)
    return [load.year, "--seed", str(load.seed), "--scale", str(load.scale)]


class Demonstration:
    """A served ledger into which a process of its own loads a year."""

    def __init__(self, ledger: Ledger, arguments: list[str] | None) -> None:
        """Take the arguments of `mingzhang load`, None if nothing is to be loaded."""
        self.code = OK
        self._ledger = ledger
        self._arguments = arguments
        self._url = ""
        self._begin, self._stop = threading.Event(), threading.Event()

    def answers(self, url: str) -> None:
        """Say where the server answers, and what to look at; begin the load."""
        self._url = url
        if self._arguments is None:
            typer.echo(welcome(self._ledger, url))
            return
        typer.echo(opening(self._ledger, url))
        self._begin.set()

    @contextmanager
    def loading(self, failed: Callable[[], None]) -> Iterator[None]:
        """Load, once the server answers, while the block runs; `failed` is called if it fails."""
        thread = threading.Thread(target=self._load, args=(failed,), name="loading")
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            self._begin.set()
            thread.join()

    def _load(self, failed: Callable[[], None]) -> None:
        self._begin.wait()
        if self._stop.is_set() or self._arguments is None:
            return
        command = [
            sys.executable,
            "-m",
            "api.cli",
            "load",
            *self._arguments,
            "--no-projector",
            "--json",
        ]
        with running(command) as process:
            while process.poll() is None:
                if self._stop.wait(SECONDS_BETWEEN_LOOKS):
                    return
        self.code = process.returncode
        if self.code == OK:
            typer.echo(welcome(self._ledger, self._url))
        else:
            failed()
