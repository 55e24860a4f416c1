"""The catalogue of commands: who may send each, the schema of its body, the topics it records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.commands.schemas import CONTRACTS, Contract
from domain.kernel.aggregate import Aggregate, Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def topics_of(contract: Contract) -> list[str]:
    """List the topics that a command may record, its own first."""
    if contract.spec.name == "reverse" and contract.kind.REVERSAL:
        return [contract.kind.REVERSAL.TOPIC]
    found = dict.fromkeys(_topics(contract.method, contract.kind, set()))
    own = f"{contract.kind.KIND}."
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
    return [
        {
            "command": name,
            "roles": list(next(iter(by_kind.values())).spec.roles),
            "schema": next(iter(by_kind.values())).body.model_json_schema(),
            "topics": sorted({t for c in by_kind.values() for t in topics_of(c)}),
            "description": next(iter(by_kind.values())).method.__doc__,
        }
        for name, by_kind in CONTRACTS.items()
    ]
