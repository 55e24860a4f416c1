"""Calls that may wait for long, each in a thread of its own, while its caller keeps awake."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
SECONDS_BETWEEN_LOOKS = 1.0


class WatchedCall(Generic[T]):
    """A call under way. A thread that never ends keeps nobody from leaving."""

    def __init__(self, call: Callable[[], T]) -> None:
        """Begin."""
        self._begun = time.monotonic()
        self._future: Future[T] = Future()
        threading.Thread(target=self._run, args=(call,), daemon=True).start()

    def result(self, watch: Callable[[float], None]) -> T:
        """Wait for what it gives; `watch` hears every second how long it lasts, and may raise."""
        while not wait([self._future], SECONDS_BETWEEN_LOOKS).done:
            watch(time.monotonic() - self._begun)
        return self._future.result()

    def _run(self, call: Callable[[], T]) -> None:
        try:
            self._future.set_result(call())
        except BaseException as error:  # noqa: BLE001 - whatever it is, the caller gets it
            self._future.set_exception(error)
