"""The bank in the browser: the books beside its statements, and each line confirmed by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from api.desk.command_form import new_key, roles_of
from api.desk.desk_page import DeskPage
from api.desk.shown_value import page_of
from api.pages.rendering import PageResource
from api.queries.formats import Row
from api.resources.bank import RECONCILIATION, ReconciliationAnswer
from infra.config.clock import today

if TYPE_CHECKING:
    from api.queries.respond import ListPage
    from projections.casework.bank_reconciliation import BankLine

MATCH, UNMATCH = "bank-statement.match", "bank-statement.unmatch"


class BankShown(ReconciliationAnswer, PageResource):
    """One account on a day, or the first that there is; nothing where there is none."""

    def rows(self) -> Sequence[Row]:
        """Return nothing: the page shows parts of its own."""
        return ()

    def content(self, page: ListPage) -> Mapping[str, Any]:  # noqa: ARG002 - it is no list
        """Show both balances, what lies between them, and the statements."""
        may = bool(self.query.reader.roles & roles_of(MATCH))
        common = {
            "accounts": self.accounts,
            "may_match": may,
            "today": today().isoformat(),
            "new_key": new_key,
            "page_of": page_of,
        }
        if not self.account_name():
            return common | {"found": None}
        asked = self.asked
        spans = sorted(asked.account.stated, key=lambda span: span.first, reverse=True)
        return common | {
            "found": self.whole(),
            "spans": spans,
            "matched": [shown(line) for line in asked.told if line.positions],
            "title": next(
                (str(row["title"]) for row in self.accounts if row["id"] == asked.account.id), ""
            ),
        }


def shown(line: BankLine) -> Mapping[str, Any]:
    """Return a line that is matched, as the page shows it."""
    return {
        "statement": line.statement,
        "number": line.number,
        "day": line.said.day,
        "signed": line.said.signed,
        "reference": line.said.reference,
        "positions": line.positions,
    }


BANK_PAGE = DeskPage(
    path="/desk/bank",
    summary=RECONCILIATION.summary,
    resource=BankShown,
    views=RECONCILIATION.views,
    listed=False,
    single=RECONCILIATION.single,
    roles=RECONCILIATION.roles,
    template="bank.html",
    section="bank",
    beside="/v1/reconciliation",
)
