"""A pay run's journey: drawn up, compared with the last month, signed by two, released, settled.

The digest that a signature stands for is shown above the button that signs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from api.desk.command_form import new_key, roles_of
from api.desk.desk_page import DeskPage
from api.desk.work_kinds import makers_topics
from api.pages.rendering import PageResource, with_query
from api.queries import parameters
from api.resources.pay_runs import PAY_RUNS, PayRunLines
from api.resources.registers import subject_row
from domain.payments.arrears_lines import NO_LONGER_DUE, TO_RECOVER
from domain.payments.pay_run_lines import PAID_BEFORE
from projections import registers
from projections.casework.arrears import OTHER_CAUSES
from projections.casework.causes import REASONS
from projections.casework.pay_run_lines import CHANGES
from projections.casework.what_if import BY_RULE
from projections.core import event_log

if TYPE_CHECKING:
    from api.queries.formats import Row
    from api.queries.respond import ListPage
    from domain.kernel.aggregate import Event
    from projections.casework.pay_run_lines import ComparedLine

LINES = next(each for each in PAY_RUNS if each.path == "/pay-runs/{key}/lines")
# The acts of a run's journey, each with the events that tell that it was done.
JOURNEY: Mapping[str, tuple[str, ...]] = {
    "pay-run.draw-up": ("pay-run.drawn-up",),
    "pay-run.review": ("pay-run.reviewed",),
    "pay-run.approve": ("pay-run.approved",),
    "pay-run.release": ("pay-run.released", "pay-run.chunk-released"),
    "pay-run.settle": ("pay-run.settled",),
}
ENDS: Mapping[str, str] = {"pay-run.rejected": "rejected", "pay-run.cancelled": "cancelled"}
# What can be done in which state.
OPEN: Mapping[str, tuple[str, ...]] = {
    "drawn-up": ("review", "reject", "cancel"),
    "reviewed": ("approve", "reject", "cancel"),
    "approved": ("release", "reject", "cancel"),
    "releasing": ("release",),
    "released": ("settle",),
}
ACTS = ("review", "approve", "release", "settle", "reject", "cancel")
SIGNED = frozenset({"review", "approve"})
STATES = (*OPEN, "settled", *ENDS.values())
# What a line may be held back for, and what its state may be.
HELD_FOR = (
    "stopped", "suspended", "died", "not-eligible", "rate-missing", PAID_BEFORE, "closed", "ended",
    TO_RECOVER, NO_LONGER_DUE,
)  # fmt: skip
LINE_STATES = (
    *("drawn-up", "held-back", "gone", "made", "returned", "part-returned", "reissued"),
    *("written-back", "part-written-back", *ENDS.values()),
)
CAUSES = frozenset(
    {"first-run", "other", "arrears", BY_RULE, *OTHER_CAUSES, *HELD_FOR, *chain(*REASONS.values())}
)
SHOWN_FIRST = (*(change for change in CHANGES if change != "same"), "same")


class JourneyStep(NamedTuple):
    """One act of the journey: who did it on which day; nobody yet, where it is not done."""

    command: str
    by: str
    on: str
    reason: str = ""


class RunAct(NamedTuple):
    """What could be done with the run now: `why_not` is `role`, `maker`, or empty."""

    act: str
    roles: tuple[str, ...]
    why_not: str
    key: str


class ChangeSum(NamedTuple):
    """How many lines changed so, and what they were and are paid, in fen."""

    change: str
    lines: int
    before: int
    after: int


class PayRunJourney(PayRunLines, PageResource):
    """The page of a run; of its lines first those that need a look: changed, or held back."""

    def listed(self) -> Sequence[Row]:
        """Return the lines that the filters leave; without any those that changed."""
        rows = super().listed()
        if not self.query.where and self.query.single.get("view") != "all":
            rows = [row for row in rows if row["change"] != "same" or row["held_back_for"]]
        place = {change: number for number, change in enumerate(SHOWN_FIRST)}
        return sorted(rows, key=lambda row: place.get(str(row["change"]), len(place)))

    @cached_property
    def run(self) -> Row:
        """Return the run's row."""
        return subject_row(self.query, f"pay-run:{self.query.key}")

    @cached_property
    def history(self) -> Sequence[Event]:
        """Return the run's events, as known at the moment."""
        found = event_log.of_subject(self.query.connection, str(self.run["id"]))
        return [*found]

    def content(self, page: ListPage) -> Mapping[str, Any]:
        """Show the journey, what has changed, the lines, and what the reader may do."""
        query, drawn = self.query, self.compared.history.drawn_up
        scheme = registers.one(query.connection, drawn.scheme, query.moment)
        asked = {name: words[0] for name, words in query.where.items() if len(words) == 1}
        return {
            "run": self.run,
            "scheme": (scheme or {}).get("title") or drawn.scheme,
            "drawn": drawn,
            "journey": [*self.journey()],
            "ended": next((s for s in self.ended()), None),
            "sums": [*self.sums()],
            "held": self.held(),
            "rows": page.rows,
            "asked": asked,
            "all_lines": query.single.get("view") == "all",
            "filtered": self.filter_link(),
            "acts": [*self.acts()],
            "signed": SIGNED,
            "compared_with": self.extra()["compared_with"],
        }

    def filter_link(self) -> Callable[..., str]:
        """Return how a link asks for some of the lines."""
        path = f"/desk/pay-runs/{self.query.key}"
        return lambda **asked: with_query(path, {k: v for k, v in asked.items() if v})

    def journey(self) -> Iterator[JourneyStep]:
        """Give the five acts, each with the last person who did it."""
        for command, topics in JOURNEY.items():
            done = [event for event in self.history if event.TOPIC in topics]
            act = done[-1].act if done else None
            yield JourneyStep(command, act.by if act else "", act.on.isoformat() if act else "")

    def ended(self) -> Iterator[JourneyStep]:
        """Give the act that ended the run before it was paid, if one did."""
        for event in self.history:
            if event.TOPIC in ENDS:
                why = str(getattr(event, "reason", "") or event.act.reason)
                yield JourneyStep(ENDS[event.TOPIC], event.act.by, event.act.on.isoformat(), why)

    def sums(self) -> Iterator[ChangeSum]:
        """Give the sums by change, of what either run pays."""
        for change in CHANGES:
            lines = [one for one in self.compared.lines if one.change == change]
            before, after = (total(lines, name) for name in ("before", "after"))
            yield ChangeSum(change, len(lines), before, after)

    def held(self) -> Mapping[str, int]:
        """Count what is held back, by its reason."""
        found: dict[str, int] = {}
        for one in self.compared.lines:
            if why := self.compared.held_for(one):
                found[why] = found.get(why, 0) + 1
        return dict(sorted(found.items()))

    def acts(self) -> Iterator[RunAct]:
        """Give what can be done now, and why the reader may not."""
        reader = self.query.reader
        for act in OPEN.get(str(self.run["state"]), ()):
            command = f"pay-run.{act}"
            roles, refused = roles_of(command), makers_topics(command)
            made = any(e.TOPIC in refused and e.act.by == reader.by for e in self.history)
            why = "maker" if made else "" if roles & reader.roles else "role"
            yield RunAct(act, tuple(sorted(roles)), why, new_key())


def total(lines: Sequence[ComparedLine], name: str) -> int:
    """Add up what lines were or are paid."""
    return sum(getattr(one, name) or 0 for one in lines)


PAY_RUN_PAGE = DeskPage(
    path="/desk/pay-runs/{key}",
    summary="A pay run's journey: its acts, what has changed, its lines, and its digest.",
    resource=PayRunJourney,
    views=LINES.views,
    filters=LINES.filters,
    single={"view": parameters.one_of("changes", "all")},
    roles=LINES.roles,
    template="pay_run.html",
    section="pay-runs",
    beside="/v1/pay-runs/{key}/lines",
)
