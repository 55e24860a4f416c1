"""Clients of kafka-python that leave nothing behind where they cannot begin, and that say why.

The library keeps the thread and the sockets of a client whose first connection fails, and tells
what failed only to its log.
"""

from __future__ import annotations

import gc
import logging
from typing import TYPE_CHECKING, Any, TypeVar

from kafka.errors import (
    KafkaConnectionError,
    KafkaError,
    KafkaTimeoutError,
    SaslAuthenticationFailedError,
)
from kafka.net.compat import KafkaNetClient

if TYPE_CHECKING:
    from collections.abc import Callable

    from infra.kafka.settings import KafkaSettings

C = TypeVar("C")
CONNECTIONS = logging.getLogger("kafka.net.manager")


class Heard(logging.Handler):
    """Keeps the first reason that the library's log tells, but a refused login before all."""

    why: BaseException | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        for told in record.args if isinstance(record.args, tuple) else ():
            if isinstance(told, BaseException) and self._says_more(told):
                self.why = told

    def _says_more(self, told: BaseException) -> bool:
        """Tell whether it says more than what is known; that time was up, its caller sees."""
        if isinstance(told, SaslAuthenticationFailedError):
            return True
        return self.why is None and not isinstance(told, KafkaTimeoutError)


def begun(kind: Callable[..., C], kafka: KafkaSettings, **more: Any) -> C:
    """Make a client that is connected, or raise what keeps it from the broker."""
    made: list[KafkaNetClient] = []

    def connections(**given: Any) -> KafkaNetClient:
        made.append(KafkaNetClient(**given))
        return made[-1]

    heard = Heard()
    CONNECTIONS.addHandler(heard)
    try:
        return kind(**{**kafka.client(), **more, "kafka_client": connections})
    except KafkaError as error:
        for each in made:
            each.close()
        # Sockets that were refused hang together in circles.
        made.clear()
        gc.collect()
        if heard.why is None:
            raise
        raise KafkaConnectionError(f"{kafka.bootstrap}: {in_words(heard.why, kafka)}") from error
    finally:
        CONNECTIONS.removeHandler(heard)


def in_words(why: BaseException, kafka: KafkaSettings) -> str:
    """Say what keeps a client from the broker, and which settings to look at.

    A broker that refuses a login hangs up, and the library may see that before the answer.
    """
    hung_up = "socket disconnected" in str(why)
    if kafka.sasl_mechanism and (hung_up or isinstance(why, SaslAuthenticationFailedError)):
        return f"{why}: does it refuse KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD?"
    return str(why)
