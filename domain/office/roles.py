"""Roles (角色): who may do what, by whose grant; and which duties are kept apart."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, Protocol, TypeAlias

from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.ids import Name, Word
from domain.kernel.refusals import (
    AlreadyExists,
    DutiesConflict,
    MakerIsChecker,
    Malformed,
    SecondPersonNeeded,
    WrongState,
)
from domain.kernel.unit import Unit

RoleName: TypeAlias = Literal[
    "clerk",
    "reviewer",
    "approver",
    "treasurer",
    "fundraiser",
    "supervisor",
    "registrar",
    "publisher",
    "auditor",
    "operator",
    "subscriber",
]
# A role and the scope it is held in, None for everywhere.
Grant: TypeAlias = tuple[str, str | None]
# Who watches the money, or tells of it to the law, never writes it.
WATCHERS = frozenset({"supervisor", "auditor"})
# Funds that live of gifts: who raised them does not spend them.
OF_GIFTS = frozenset({"charity", "named"})
# The owner of the data folder acts as this operator, which grants the first roles.
BOOTSTRAP = "operator:local"
# Every role that writes.
WRITERS = (
    "clerk",
    "reviewer",
    "approver",
    "treasurer",
    "fundraiser",
    "registrar",
    "publisher",
    "operator",
)
# The table of conflicts (docs/contract.md): no person holds two roles of one pair, whatever their
# scopes; each pair stands once, in either order.
CONFLICTS = frozenset(
    frozenset(pair)
    for pair in (
        ("fundraiser", "treasurer"),
        ("fundraiser", "approver"),
        ("fundraiser", "clerk"),
        ("operator", "treasurer"),
        ("operator", "approver"),
        ("operator", "reviewer"),
        ("reviewer", "approver"),
        *((watcher, writer) for watcher in WATCHERS for writer in WRITERS),
    )
)


def role_of(who: str) -> str:
    """Return the subject that holds somebody's roles."""
    return f"role:{who}"


def by_an_officer(_role: Role, act: Act, _unit: Unit, **_what: object) -> bool:
    """Tell whether another than the owner of the data folder grants a role: he acts alone."""
    return act.by != BOOTSTRAP


class Role(Aggregate):
    """The roles that somebody holds. Its events say who held which, when, by whose grant."""

    KIND = "role"
    COLLECTION = "roles"
    ORDER = 290

    def __init__(self, subject: str) -> None:
        """Start without a role."""
        super().__init__(subject)
        self.grants: frozenset[Grant] = frozenset()
        # Those held now, whatever their scope.
        self.roles: frozenset[str] = frozenset()

    def hold(self, grants: frozenset[Grant]) -> None:
        """Hold these grants and no others."""
        self.grants = grants
        self.roles = frozenset(role for role, _ in grants)

    @command(roles=("operator",), opens=None, second=("operator",), second_when=by_an_officer)
    def grant(self, act: Act, *, who: Name, role: RoleName, scope: Word | None = None) -> None:
        """Let somebody else act in a role, everywhere or within a scope."""
        self.require_own(who)
        self.require_compatible(who, role)
        if who in {act.by, act.confirmed_by}:
            raise SecondPersonNeeded(
                self.id, "nobody grants a role to himself: another operator grants it"
            )
        if (role, scope) in self.grants:
            raise AlreadyExists(self.id, "{who} is {role} already", who=who, role=role)
        roles = tuple(sorted(self.roles | {role}))
        self.record(RoleGranted, act, who=who, role=role, scope=scope, roles=roles)

    @command(roles=("operator",))
    def withdraw(self, act: Act, *, who: Name, role: RoleName, scope: Word | None = None) -> None:
        """Take a role back; without a scope, wherever it is held."""
        self.require_own(who)
        left = without(self.grants, role, scope)
        if left == self.grants:
            raise WrongState(self.id, "role-not-held", who=who, role=role)
        roles = tuple(sorted({role for role, _ in left}))
        state = "granted" if roles else "withdrawn"
        self.record(RoleWithdrawn, act, who=who, role=role, scope=scope, roles=roles, state=state)

    def require_compatible(self, who: str, role: str) -> None:
        """Refuse a role that conflicts with another that somebody holds."""
        held = self.roles | {"operator"} if who == BOOTSTRAP else self.roles
        if others := conflicting(role, held):
            raise DutiesConflict(
                self.id, "{who} holds {others}, which {role} excludes", who=who, others=others,
                role=role,
            )  # fmt: skip

    def require_own(self, who: str) -> None:
        """Refuse to keep somebody's roles under another subject."""
        if self.id != role_of(who):
            raise Malformed(
                self.id,
                "the roles of {who} are kept on {subject}",
                "/subject",
                who=who,
                subject=role_of(who),
            )


def without(grants: frozenset[Grant], role: str, scope: str | None) -> frozenset[Grant]:
    """Return the grants without a role: in one scope, or in all if none is named."""
    return frozenset(
        held for held in grants if held[0] != role or (scope is not None and held[1] != scope)
    )


def conflicting(role: str, held: Collection[str]) -> list[str]:
    """Return which of the roles that somebody holds a role excludes."""
    return sorted(other for other in held if frozenset((role, other)) in CONFLICTS)


def require_another(subject: str, act: Act, maker: str, earlier: str) -> None:
    """Refuse an act by the person of an earlier one, a command or a topic."""
    if act.by == maker:
        raise MakerIsChecker(
            subject, "{maker} did {earlier}: another person does this", maker=maker, earlier=earlier
        )


class SpendingFund(Protocol):
    """What the rule asks of a fund: its id, and its kind (fiscal, charity, named ...)."""

    @property
    def id(self) -> str: ...

    @property
    def kind(self) -> str: ...


def require_duties_apart(act: Act, unit: Unit, fund: SpendingFund | None = None) -> None:
    """Refuse a money act by who watches money, and the spending of gifts by who raised them.

    An act that spends names the fund; one that only takes money in, or gives a gift back, does not.
    """
    for who in filter(None, (act.by, act.confirmed_by)):
        roles = unit.find(Role, role_of(who)).roles
        if watching := sorted(roles & WATCHERS):
            raise DutiesConflict(who, "who holds {roles} never writes money", roles=watching)
        if fund is not None and fund.kind in OF_GIFTS and "fundraiser" in roles:
            raise DutiesConflict(
                who, "a fundraiser never spends from {fund} ({kind})", fund=fund.id, kind=fund.kind
            )


class RoleGranted(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Somebody may act in a role; `roles` is all that they hold then."""

    TOPIC = "role.granted"
    STATE = "granted"

    who: str
    role: str
    scope: str | None = None
    roles: tuple[str, ...]

    def apply(self, role: Role) -> None:
        """Add the grant."""
        role.hold(role.grants | {(self.role, self.scope)})


class RoleWithdrawn(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A role was taken back; `roles` and `state` say what is left."""

    TOPIC = "role.withdrawn"

    who: str
    role: str
    scope: str | None = None
    roles: tuple[str, ...]
    state: str

    def apply(self, role: Role) -> None:
        """Take the grants away."""
        role.hold(without(role.grants, self.role, self.scope))
