"""Work behind the answer (后台作业): in a thread, logged where something cuts it off."""

from __future__ import annotations

import logging
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LOG = logging.getLogger(__name__)


def behind(work: Callable[[], None], name: str) -> None:
    """Do something behind the answer; what cuts it off is logged, and it is taken up again."""

    def worked() -> None:
        try:
            work()
        except Exception:
            LOG.exception("%s was cut off", name)

    Thread(target=worked, daemon=True, name=name).start()
