"""What may happen, and what happened: the bureau's work, collected from the chapters' packages.

A chapter is a package of `domain/`; an aggregate and its events are found in any module of one, so
that a new one is listed nowhere.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

import msgspec

from domain.kernel.aggregate import Aggregate, Event, stored_name

if TYPE_CHECKING:
    from types import ModuleType

CHAPTERS = ("funds", "benefits", "payments", "grants", "bodies", "registers", "office")


def modules() -> list[ModuleType]:
    """Import every module of the chapters, chapter by chapter, in the order of their names."""
    chapters = [import_module(f"domain.{chapter}") for chapter in CHAPTERS]
    return [
        import_module(found.name)
        for chapter in chapters
        for found in walk_packages(chapter.__path__, f"{chapter.__name__}.")
    ]


def classes_of(module: ModuleType) -> list[type]:
    """Return the classes that a module defines, in its order."""
    defined = vars(module).values()
    return [one for one in defined if isinstance(one, type) and one.__module__ == module.__name__]


CLASSES = [one for module in modules() for one in classes_of(module)]
AGGREGATES: tuple[type[Aggregate], ...] = tuple(
    sorted(
        (one for one in CLASSES if issubclass(one, Aggregate) and hasattr(one, "KIND")),
        key=lambda kind: (kind.ORDER, kind.KIND),
    )
)
KINDS = {kind.KIND: kind for kind in AGGREGATES}
# Every event under its stored name, `<topic>.v<version>`: kind by kind, as their files have them.
EVENTS: dict[str, type[Event]] = {
    stored_name(one): one
    for kind in KINDS
    for one in CLASSES
    if issubclass(one, Event) and getattr(one, "TOPIC", "").startswith(f"{kind}.")
}
COLLECTIONS = {kind.COLLECTION: kind for kind in AGGREGATES}


class UnknownTopicError(KeyError):
    """An event bears a name that this program does not know: a later one has written it."""

    def __str__(self) -> str:
        """Name it."""
        return f"this program knows no topic {self.args[0]}"


class Decoders(dict[str, msgspec.json.Decoder[Event]]):
    """What reads the events of each stored name."""

    def __missing__(self, topic: str) -> msgspec.json.Decoder[Event]:
        """Refuse a name that is not there."""
        raise UnknownTopicError(topic)


DECODERS = Decoders({topic: msgspec.json.Decoder(kind) for topic, kind in EVENTS.items()})


def decode(topic: str, state: bytes) -> Event:
    """Read a stored event (`topic` with its version); `UnknownTopicError` if there is none."""
    return DECODERS[topic].decode(state)


def matching(glob: str) -> tuple[str, ...]:
    """Return the stored topics that a glob names, with its version or without."""
    return tuple(
        name
        for name, kind in EVENTS.items()
        if fnmatchcase(kind.TOPIC, glob) or fnmatchcase(name, glob)
    )
