"""Every command can be read from its signature alone; the domain knows nothing outside itself."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import pytest

from domain import AGGREGATES, EVENTS
from domain.kernel.aggregate import Act, commands_of
from domain.kernel.reversals import Reversible
from domain.kernel.unit import Unit
from domain.office.roles import RoleName

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.kernel.aggregate import Aggregate, CommandSpec

COMMANDS = [
    pytest.param(kind, spec, method, id=f"{kind.KIND}.{spec.name}")
    for kind in AGGREGATES
    for spec, method in commands_of(kind)
]
EVERY_COMMAND = pytest.mark.parametrize(("kind", "spec", "method"), COMMANDS)


@EVERY_COMMAND
def test_a_commands_signature_is_its_contract(
    kind: type[Aggregate], spec: CommandSpec, method: Callable[..., Any]
) -> None:
    hints = get_type_hints(method, include_extras=True)
    own, act, *rest = inspect.signature(method).parameters.values()
    assert (own.name, act.name, hints["act"]) == ("self", "act", Act)
    if rest and rest[0].kind is inspect.Parameter.POSITIONAL_OR_KEYWORD:
        assert (rest[0].name, hints[rest.pop(0).name]) == ("unit", Unit)
    assert all(field.kind is inspect.Parameter.KEYWORD_ONLY for field in rest), kind
    assert {field.name for field in rest} <= hints.keys()
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", spec.name)


@EVERY_COMMAND
def test_a_command_names_who_may_send_it_and_says_what_it_is_for(
    kind: type[Aggregate], spec: CommandSpec, method: Callable[..., Any]
) -> None:
    assert spec.roles, kind
    assert set(spec.roles) <= set(get_args(RoleName))
    assert method.__doc__
    assert method.__doc__.split("\n", maxsplit=1)[0].rstrip(")").endswith(".")


def test_a_command_has_one_name_in_its_kind() -> None:
    for kind in AGGREGATES:
        names = [spec.name for spec, _ in commands_of(kind)]
        assert len(names) == len(set(names)), kind


def test_kinds_and_collections_have_one_name_each() -> None:
    assert len({kind.KIND for kind in AGGREGATES}) == len(AGGREGATES)
    assert len({kind.COLLECTION for kind in AGGREGATES}) == len(AGGREGATES)


def test_a_kind_that_can_be_reversed_has_its_own_event_for_it() -> None:
    for kind in AGGREGATES:
        if issubclass(kind, Reversible):
            topic = f"{kind.KIND}.reversed"
            assert EVENTS[f"{topic}.v1"] is kind.REVERSAL


def test_the_domain_knows_no_database_no_web_and_no_broker() -> None:
    ask = "import sys, domain; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    found = subprocess.run([sys.executable, "-c", ask], check=True, capture_output=True, text=True)
    known = set(found.stdout.split())
    assert "msgspec" in known
    assert not known & {"psycopg", "fastapi", "starlette", "kafka", "eventsourcing", "cryptography"}
