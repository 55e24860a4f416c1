"""The page about roles: which exclude each other, and which acts need two persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from api.pages.rendering import Page, PageResource
from api.queries.formats import Column, Row, columns
from api.queries.resource import ShortList
from api.queries.respond import ListPage
from domain import AGGREGATES
from domain.kernel.aggregate import commands_of
from domain.office.roles import RoleName, conflicting

ROLES: tuple[str, ...] = get_args(RoleName)
EXCLUSIONS = columns("role excludes")


class RoleExclusions(ShortList, PageResource):
    """A row for each role: the roles that nobody holds beside it."""

    KEY = "role"

    def columns(self) -> Sequence[Column]:
        """Return what a row says."""
        return EXCLUSIONS

    def listed(self) -> Sequence[Row]:
        """Return the roles in their order."""
        return [{"role": role, "excludes": conflicting(role, ROLES)} for role in ROLES]

    def content(self, page: ListPage) -> Mapping[str, Any]:
        """Show the table, and the acts that another person confirms."""
        acts = [
            {"command": f"{kind.KIND}.{spec.name}", "roles": spec.roles, "second": spec.second}
            for kind in AGGREGATES
            for spec, _ in commands_of(kind)
            if spec.second
        ]
        return {"roles": page.rows, "acts": acts}


ROLE_EXCLUSIONS = Page(
    path="/roles",
    summary="Which roles exclude each other, and which acts need two persons.",
    resource=RoleExclusions,
    template="roles.html",
    section="",
)
