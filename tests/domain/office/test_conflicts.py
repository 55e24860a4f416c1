"""The table of conflicts: what the contract says of it, and that nobody holds a pair of it."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import KINDS
from domain.kernel.aggregate import commands_of
from domain.kernel.refusals import DutiesConflict, Refused, SecondPersonNeeded
from domain.office.roles import CONFLICTS, WATCHERS, WRITERS, Role, RoleName
from domain.office.vault_reads import VaultRead
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import an_act, with_role

CONTRACT = Path(__file__).parents[3] / "docs" / "contract.md"
OPERATOR = an_act("operator:local")
ROLES = st.sampled_from(get_args(RoleName))


def test_the_table_is_the_one_of_the_contract() -> None:
    _, _, told = CONTRACT.read_text("utf-8").partition("| role | excludes |\n|---|---|\n")
    rows = re.findall(r"^\| (\S+) \| ([^|]+) \|$", told.partition("\n\n")[0], re.MULTILINE)
    pairs = {frozenset((role, other)) for role, others in rows for other in others.split(", ")}
    assert pairs == CONFLICTS
    assert all(len(pair) == 2 for pair in pairs)


def test_every_role_that_a_command_asks_for_writes_and_nobody_who_watches_does() -> None:
    # That somebody has looked is no act: who watches looks as well.
    kinds = [kind for kind in KINDS.values() if kind is not VaultRead]
    asked = {role for kind in kinds for spec, _ in commands_of(kind) for role in spec.roles}
    # The contract gives publishers commands that are not built yet.
    assert asked | {"publisher"} == set(WRITERS)
    assert not asked & WATCHERS


@pytest.mark.parametrize("pair", sorted(sorted(pair) for pair in CONFLICTS))
def test_a_role_is_refused_to_who_holds_one_that_it_excludes(pair: list[str]) -> None:
    for held, wanted in (pair, pair[::-1]):
        books = with_role(InMemoryLedger(), "li", held)
        for scope in (None, "area:luohu"):
            with pytest.raises(DutiesConflict):
                books.send("role.grant", "role:li", OPERATOR, who="li", role=wanted, scope=scope)


@given(wanted=st.lists(st.tuples(ROLES, st.booleans()), max_size=12))
def test_nobody_ever_holds_two_roles_that_exclude_each_other(
    wanted: list[tuple[str, bool]],
) -> None:
    books = InMemoryLedger()
    for role, given_ in wanted:
        verb = "grant" if given_ else "withdraw"
        with suppress(Refused):
            books.send(f"role.{verb}", "role:li", OPERATOR, who="li", role=role)
        held = books.load(Role, "role:li").roles
        assert not any(pair <= held for pair in CONFLICTS)


@pytest.mark.parametrize("who", ["operator-2", "operator:local"])
def test_nobody_grants_a_role_to_himself(who: str) -> None:
    with pytest.raises(SecondPersonNeeded):
        InMemoryLedger().send("role.grant", f"role:{who}", an_act(who), who=who, role="clerk")


def test_the_owner_of_the_data_folder_counts_as_an_operator() -> None:
    act = an_act("operator-2")
    with pytest.raises(DutiesConflict):
        InMemoryLedger().send(
            "role.grant", "role:operator:local", act, who="operator:local", role="treasurer"
        )
