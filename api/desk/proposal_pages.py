"""Proposals in the browser: what would be done, by whom it was proposed, and who may confirm it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from api.desk.command_form import new_key, roles_of
from api.desk.desk_page import DeskPage
from api.desk.shown_value import LabelledValue, label, page_of, stated, text_of
from api.pages.rendering import PageResource
from api.resources.proposals import PROPOSAL, PROPOSALS, OneProposal, Proposals
from infra.config.clock import today

if TYPE_CHECKING:
    from api.queries.respond import ListPage

CONFIRM, REJECT = "proposal.confirm", "proposal.reject"
GROUNDS = ("on", "booked", "authority", "reason")


class ProposalList(Proposals, PageResource):
    """The proposals, those that wait first."""

    def content(self, page: ListPage) -> Mapping[str, Any]:
        """Show the rows."""
        rows = sorted(page.rows, key=lambda row: (row["state"] != "proposed", row["since"]))
        return {"rows": rows}


class ProposalShown(OneProposal, PageResource):
    """One proposal, with what the reader may do."""

    def content(self, page: ListPage) -> Mapping[str, Any]:
        """Show what would be done, and the buttons, or why there are none."""
        [row] = page.rows
        language, command = self.query.language, str(row["command"])
        said = [*stated(command, row.get("what") or {}, language)]
        act = row.get("act") or {}
        said += [LabelledValue(label(name, language), text_of(act[name], language))
                 for name in GROUNDS if act.get(name)]  # fmt: skip
        return {
            "row": row,
            "stated": said,
            "evidence": act.get("evidence") or [],
            "subject_page": page_of(row["subject"]),
            "why_not": self.why_not(row),
            "may_reject": self.may_reject(row),
            "today": today().isoformat(),
            "keys": (new_key(), new_key()),
        }

    def why_not(self, row: Mapping[str, Any]) -> str:
        """Say why the reader may not confirm it: `state`, `own` or `role`; empty if he may."""
        reader = self.query.reader
        if row["state"] != "proposed":
            return "state"
        if row["by"] == reader.by:
            return "own"
        may = reader.roles & set(row["second"]) & roles_of(CONFIRM)
        return "" if may else "role"

    def may_reject(self, row: Mapping[str, Any]) -> bool:
        """Tell whether the reader may end it: its proposer may, and who might confirm it."""
        why = self.why_not(row)
        return why in {"", "own"} and bool(self.query.reader.roles & roles_of(REJECT))


LIST_PAGE = DeskPage(
    path="/desk/proposals",
    summary=PROPOSALS.summary,
    resource=ProposalList,
    views=PROPOSALS.views,
    filters=PROPOSALS.filters,
    roles=PROPOSALS.roles,
    template="proposals.html",
    section="proposals",
    beside="/v1/proposals",
)
ONE_PAGE = DeskPage(
    path="/desk/proposals/{key}",
    summary=PROPOSAL.summary,
    resource=ProposalShown,
    views=PROPOSAL.views,
    listed=False,
    roles=PROPOSAL.roles,
    template="proposal.html",
    section="proposals",
    beside="/v1/proposals/{key}",
)
