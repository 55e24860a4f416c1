"""The check of what is entrusted to bodies that have ended: facilities, funds, people, claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from domain.bodies.organisation_events import OrganisationEnded
from infra.verify.check import Fold, LogAtHead
from infra.verify.checks.ended_bodies import BodyEnd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.aggregate import Event
    from domain.kernel.money import Posting

SINCE = "SELECT since FROM ledger.rules WHERE rule = 'entrusted-bodies'"
# What names the body that runs a facility, and what a facility's own events take for known.
RUNS = ("facility.planned", "facility.opened", "facility.brought-in")
OF_FACILITY = ("facility.resized", "facility.occupied")
# The field in which each says the body.
SAYS_BODY = {
    **dict.fromkeys(RUNS, "body"),
    "fund.opened": "keeper",
    "worker.registered": "body",
    "worker.appointed": "body",
    "veteran.placed": "body",
    "grant.applied": "body",
    "entitlement.applied": "payee",
    "entitlement.brought-in": "payee",
    "organisation.registered": "body",
    "organisation.recorded": "body",
    "organisation.brought-in": "body",
    "organisation.changed": "body",
}


class EntrustedBodies(Fold):
    """Bodies that were deregistered or revoked, and what was entrusted to them later."""

    NAME = "entrusted-bodies"
    SENTENCE = (
        "Nothing was entrusted to a body that was deregistered or revoked by the day of that act,"
        " if its end stood in the ledger before: no facility, bed or resident, no fund, no worker"
        " or veteran, no claim with it as payee, no grant applied for, no body that it sponsors."
    )
    POSTINGS = False
    TOPICS: ClassVar[tuple[str, ...]] = (
        *("organisation.deregistered", "organisation.revoked"),
        *SAYS_BODY,
        *OF_FACILITY,
    )

    def __init__(self) -> None:
        """Start with bodies that all stand."""
        super().__init__()
        self.ends: dict[str, BodyEnd] = {}
        # Who runs which facility.
        self.runs: dict[str, str] = {}

    def begin(self, asked: LogAtHead) -> None:
        """Ask from where on this is a rule: at a ledger's upgrade, from its next event."""
        row = asked.connection.execute(SINCE).fetchone()
        self.since = int(row[0]) if row else 1

    def see(self, position: int, event: Event, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Keep who ended and who runs what, and hold what is entrusted against it."""
        subject, on = event.originator_id, event.act.on
        if isinstance(event, OrganisationEnded):
            self.ends[subject] = BodyEnd(position, on)
            return
        if event.TOPIC in RUNS:
            self.runs[subject] = event.body  # type: ignore[attr-defined]
        body = self.body_of(event)
        self.found.examined += bool(body)
        end = self.ends.get(body)
        if end is None or on < end.day:
            return
        detail = f"{event.TOPIC} on {on}, {body} ended on {end.day}"
        if position >= self.since:
            self.found.breach([end.position, position], subject, detail)
        else:
            told = {"positions": [end.position, position], "subject": subject, "detail": detail}
            self.found.note("allowed_then", told)

    def body_of(self, event: Any) -> str:
        """Return the body to which an event entrusts something, "" if it does to none."""
        subject, topic = event.originator_id, event.TOPIC
        if topic == "facility.resized" and event.beds <= event.before.beds:
            return ""
        if topic in OF_FACILITY:
            return self.runs.get(subject, "")
        said = getattr(event, SAYS_BODY[topic]) or ""
        holder = getattr(event, "holder", "")
        return said or self.runs.get(holder, "")
