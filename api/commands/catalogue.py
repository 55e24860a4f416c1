"""The catalogue of commands: who may send each, the schema of its body, the topics it records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.commands.schemas import SCHEMAS
from domain.kernel.aggregate import Aggregate, Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from api.commands.schemas import CommandSchema
    from infra.commands.command import CommandType


def topics_of(command: CommandType) -> list[str]:
    """List the topics that a command may record, its own first."""
    if command.spec.name == "reverse" and command.kind.REVERSAL:
        return [command.kind.REVERSAL.TOPIC]
    found = dict.fromkeys(_topics(command.method, command.kind, set()))
    own = f"{command.kind.KIND}."
    return sorted(found, key=lambda topic: not topic.startswith(own))


def _topics(method: Callable[..., Any], kind: type[Aggregate], seen: set[object]) -> Iterator[str]:
    """Follow the names that a method uses to the events that it makes."""
    if method in seen or not hasattr(method, "__code__"):
        return
    seen.add(method)
    owners = [kind]
    for name in method.__code__.co_names:
        named = method.__globals__.get(name)
        if isinstance(named, type) and issubclass(named, Event):
            yield named.TOPIC
        elif isinstance(named, type) and issubclass(named, Aggregate):
            owners.append(named)
        elif callable(named) and getattr(named, "__module__", "").startswith("domain."):
            yield from _topics(named, kind, seen)
        for owner in owners:
            called = vars(owner).get(name)
            if called is not None:
                yield from _topics(called, owner, seen)


def catalogue() -> list[dict[str, Any]]:
    """List every command."""
    return [_entry(name, list(by_kind.values())) for name, by_kind in SCHEMAS.items()]


def _entry(name: str, schemas: Sequence[CommandSchema]) -> dict[str, Any]:
    first = schemas[0]
    return {
        "command": name,
        "roles": list(first.command.spec.roles),
        "not_by": list(first.command.spec.not_by),
        "second": list(first.command.spec.second),
        "schema": first.body.model_json_schema(),
        "topics": sorted({topic for schema in schemas for topic in topics_of(schema.command)}),
        "description": first.command.method.__doc__,
    }
