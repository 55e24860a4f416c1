"""Exceptions of how money was moved: in circles, in parts, on days of rest, without papers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from domain.funds.donation_events import DonationReceived
from domain.funds.fund_events import FundAllotted, FundReceived, FundTransferred
from domain.grants.grant_events import GrantAccounted, GrantAwarded
from domain.registers.audit_rules import SPLIT_WITHIN
from infra.audit.exception_row import ExceptionRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from domain.kernel.money import Posting
    from infra.audit.exception_row import AuditContext

SATURDAY = 5
# A circle is closed within so many days.
ROUND_TRIP_WITHIN = 365


class MoneySent(NamedTuple):
    """Money that went from one to another."""

    position: int
    day: date
    amount: int
    subject: str


class ActFinder:
    """Looks at events of its topics, and lists what it found."""

    TOPICS: ClassVar[tuple[str, ...]]

    def __init__(self) -> None:
        """Start with nothing found."""
        self.found: list[ExceptionRow] = []

    def rows(self, asked: AuditContext) -> Iterator[ExceptionRow]:  # noqa: ARG002
        """List what was found."""
        yield from self.found


class RoundTrip(ActFinder):
    """Money that came back: a fund got from another what it gave it; a body gave what it got."""

    TOPICS: ClassVar[tuple[str, ...]] = ("fund.transferred", "grant.awarded", "donation.received")

    def __init__(self) -> None:
        """Start with nothing sent."""
        super().__init__()
        self.sent: defaultdict[tuple[str, str], list[MoneySent]] = defaultdict(list)

    def see(self, position: int, event: Any, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Note who gave to whom; look whether as much went the other way before."""
        subject, day = event.originator_id, event.act.booked
        if isinstance(event, FundTransferred):
            sent = MoneySent(position, day, event.amount, subject)
            self.look(subject, event.to_fund, sent)
        elif isinstance(event, GrantAwarded):
            for share in event.shares:
                self.look(share.fund, event.body, MoneySent(position, day, share.amount, subject))
        elif isinstance(event, DonationReceived) and event.donor and event.amount:
            places = event.parts or (event,)
            for part in places:
                sent = MoneySent(position, day, part.amount, subject)
                self.look(event.donor, part.fund, sent)

    def look(self, giver: str, taker: str, sent: MoneySent) -> None:
        """Look for the same money on its way there."""
        for before in self.sent[taker, giver]:
            days = (sent.day - before.day).days
            if before.amount == sent.amount and 0 <= days <= ROUND_TRIP_WITHIN:
                detail = f"{taker} to {giver} ({before.subject}) and back"
                events = before.position, sent.position
                self.found.append(
                    ExceptionRow(
                        "round-trip",
                        sent.subject,
                        events,
                        detail,
                        amount=sent.amount,
                        days=days,
                    )
                )
                break
        self.sent[giver, taker].append(sent)


class SplitBelowThreshold(ActFinder):
    """Awards by one person to one body, each below the limit, that reach it within 30 days."""

    TOPICS: ClassVar[tuple[str, ...]] = ("grant.awarded",)

    def __init__(self) -> None:
        """Start without awards."""
        super().__init__()
        self.awards: defaultdict[tuple[str, str], list[MoneySent]] = defaultdict(list)

    def see(self, position: int, event: Any, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Note an award."""
        sent = MoneySent(position, event.act.on, event.awarded, event.originator_id)
        self.awards[event.body, event.act.by].append(sent)

    def rows(self, asked: AuditContext) -> Iterator[ExceptionRow]:
        """List the awards that reach the limit together, each group once."""
        limit = asked.limits["split-below-threshold"]
        for (body, by), awards in self.awards.items():
            small = sorted((each for each in awards if each.amount < limit), key=lambda a: a.day)
            while small:
                first = small[0].day
                group = [each for each in small if (each.day - first).days <= SPLIT_WITHIN]
                total = sum(each.amount for each in group)
                if total >= limit:
                    yield ExceptionRow(
                        "split-below-threshold",
                        body,
                        tuple(sorted(each.position for each in group)),
                        " ".join(each.subject for each in group),
                        amount=total,
                        days=(group[-1].day - first).days,
                        by=by,
                    )
                    small = small[len(group) :]
                else:
                    small = small[1:]


class Weekend(ActFinder):
    """Decisions on money that are dated on a Saturday or Sunday."""

    TOPICS: ClassVar[tuple[str, ...]] = (
        "contract.paid",
        "contract.signed",
        "fund.committed",
        "fund.surrendered",
        "fund.transferred",
        "goods.sold",
        "grant.awarded",
        "grant.paid",
        "pay-run.approved",
        "pay-run.released",
        "payment.reissued",
        "payment.supplemented",
        "relief.decided",
        "relief.paid",
    )

    def see(self, position: int, event: Any, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Look at the day of an act."""
        day = event.act.on
        if day.weekday() >= SATURDAY:
            amount = getattr(event, "awarded", getattr(event, "amount", None))
            self.found.append(
                ExceptionRow(
                    "weekend",
                    event.originator_id,
                    (position,),
                    f"{event.TOPIC} {day}",
                    amount=amount,
                    by=event.act.by,
                )
            )


class NoEvidence(ActFinder):
    """Acts that rest on a document, and name none.

    Allotments and receipts by their document or evidence, accounts of grants by their evidence,
    assessments by the digest of the facts.
    """

    TOPICS: ClassVar[tuple[str, ...]] = (
        "fund.allotted",
        "fund.received",
        "grant.accounted",
        "entitlement.assessed",
        "contract.evaluated",
    )

    def see(self, position: int, event: Any, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Look for the document of an act."""
        named: Any = event.act.evidence or event.act.authority
        if isinstance(event, FundAllotted | FundReceived):
            named = event.document or event.act.evidence
        elif isinstance(event, GrantAccounted):
            named = event.evidence or event.act.evidence
        elif event.TOPIC == "entitlement.assessed":
            named = event.facts_digest or event.act.evidence
        if not named:
            amount = getattr(event, "amount", None)
            self.found.append(
                ExceptionRow(
                    "no-evidence",
                    event.originator_id,
                    (position,),
                    event.TOPIC,
                    amount=amount,
                    by=event.act.by,
                )
            )


class DuplicateDocument(ActFinder):
    """One document that money of two subjects rests on, by its digest or its number."""

    TOPICS: ClassVar[tuple[str, ...]] = (
        "contract.month-confirmed",
        "contract.signed",
        "fund.allotted",
        "fund.received",
        "grant.accounted",
        "grant.applied",
        "relief.applied",
        "relief.decided",
    )

    def __init__(self) -> None:
        """Start without documents."""
        super().__init__()
        self.used: defaultdict[tuple[str, str], dict[str, MoneySent]] = defaultdict(dict)

    def see(self, position: int, event: Any, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Note which documents an act names."""
        amount = getattr(event, "amount", 0) or 0
        for document in documents(event):
            by_subject = self.used[event.TOPIC, document]
            sent = MoneySent(position, event.act.on, amount, event.originator_id)
            by_subject.setdefault(f"{event.originator_id} {amount}", sent)

    def rows(self, asked: AuditContext) -> Iterator[ExceptionRow]:  # noqa: ARG002
        """List the documents that were used for several."""
        for (topic, document), by_subject in self.used.items():
            uses = list(by_subject.values())
            if len({use.subject for use in uses}) > 1:
                subjects = " ".join(dict.fromkeys(use.subject for use in uses))
                yield ExceptionRow(
                    "duplicate-document",
                    uses[-1].subject,
                    tuple(use.position for use in uses),
                    f"{topic} {document}: {subjects}",
                    amount=sum(use.amount for use in uses) or None,
                )


def documents(event: Any) -> Iterator[str]:
    """Return digests of what an act rests on, and the numbers of what it names."""
    named = getattr(event, "evidence", None)
    if isinstance(named, str):
        yield named
    elif named:
        yield from (each.sha256 for each in named)
    yield from (each.sha256 for each in event.act.evidence)
    if number := getattr(event, "document", ""):
        yield number
