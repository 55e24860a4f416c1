"""The chain of evidence (证据链) of a pick: from the bank's line to the holder, facts and rate.

It is read off the log: the acts of the payment, its run and the claim, each with its persons and
documents, and the rate with the authority that set it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from domain import decode
from domain.benefits.entitlement_events import EntitlementAssessed
from domain.benefits.schemes import SchemeAdopted, SchemeRateSet
from domain.funds.funds import Fund
from domain.payments.pay_run_events import PayRunChunkReleased, PayRunDrawnUp
from domain.payments.payment_events import PaymentMade
from projections.casework.pay_runs import history
from projections.core import event_log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.benefits.rolls import RollLine
    from domain.benefits.schemes import Rate
    from domain.kernel.aggregate import Event
    from infra.audit.samples import SamplePick
    from projections.casework.pay_runs import Drawings, Tags
    from projections.core.event_log import Reading, StoredEvent


class ChainReader(NamedTuple):
    """Reads chains from one state of the log, up to a position."""

    connection: Reading
    position: int
    tags: Tags
    drawings: Drawings

    def chain(self, pick: SamplePick) -> dict[str, Any]:
        """Return the chain of a pick: of a payment with its claim and rate, else of its subject."""
        (stored,) = event_log.at_each(self.connection, [pick.position])
        event = decode(stored.topic, stored.state)
        if isinstance(event, PaymentMade):
            return {**self.payment(event), "pick": pick.pick, "amount": fen(pick.amount)}
        return {
            "pick": pick.pick,
            "subject": pick.subject,
            "position": pick.position,
            "amount": fen(pick.amount),
            "acts": sorted(self.acts_of(event), key=lambda act: act["position"]),
        }

    def acts_of(self, event: Event) -> list[dict[str, Any]]:
        """Return the acts on a subject; of a fund those of one command, and on what caused them."""
        subject = event.originator_id
        if not subject.startswith(f"{Fund.KIND}:"):
            return self.acts(subject)
        own = event_log.of_key(self.connection, subject, event.act.key)
        stored = event_log.at_each(self.connection, [position for position, _ in own])
        acts = [act_of(each, decode(each.topic, each.state)) for each in stored]
        cause = getattr(event, "cause", "")
        return [*acts, *(self.acts(cause) if cause else ())]

    def payment(self, payment: PaymentMade) -> dict[str, Any]:
        """Return the chain of a payment."""
        subject, run = payment.originator_id, payment.run
        found = self.line(payment)
        line, number = found or (None, None)
        claim = line.entitlement if line else None
        acts = [
            act
            for each in filter(None, (claim, run, subject))
            for act in self.acts(each, of=subject)
        ]
        return {
            "payment": subject,
            "run": run,
            "acts": sorted(acts, key=lambda act: act["position"]),
            "holder": line.holder if line else None,
            "claim": claim,
            "facts_digest": self.facts(claim, run) if claim else None,
            "rate": self.rate(payment),
            "bank": {"file": run, "line": number} if number else None,
        }

    def line(self, payment: PaymentMade) -> tuple[RollLine, int] | None:
        """Return a payment's line, drawn again from the roll, and its number in the bank's file."""
        told = history(self.connection, payment.run, self.position)
        drawn = self.drawings.of(self.connection, told.drawn_up, self.tags)
        number = 0
        for each, line, _ in drawn.lines:
            name = drawn.prefix + each
            number += name not in told.held
            if name == payment.originator_id:
                return line, number
        return None

    def events(self, subject: str) -> Iterator[tuple[StoredEvent, Event]]:
        """Return the events of a subject, with where and when they were recorded."""
        positions = [place for place, _ in event_log.positioned(self.connection, subject)]
        for stored in event_log.at_each(self.connection, positions):
            if stored.position <= self.position:
                yield stored, decode(stored.topic, stored.state)

    def acts(self, subject: str, of: str = "") -> list[dict[str, Any]]:
        """Return the acts on a subject; of a run's chunks only those that touched a payment."""
        return [
            act_of(stored, event)
            for stored, event in self.events(subject)
            if not isinstance(event, PayRunChunkReleased) or self.made_by(event, of)
        ]

    def made_by(self, chunk: PayRunChunkReleased, payment: str) -> bool:
        """Tell whether a payment was made by the command that released a chunk."""
        made = event_log.positioned(self.connection, payment)
        return bool(made) and made[0][1].act.key == chunk.act.key

    def facts(self, claim: str, run: str) -> str | None:
        """Return the digest of the facts that the claim rested on when the run was drawn up."""
        drawn_at = next(
            event.roll_at for _, event in self.events(run) if isinstance(event, PayRunDrawnUp)
        )
        digests = [
            event.facts_digest
            for stored, event in self.events(claim)
            if isinstance(event, EntitlementAssessed) and stored.position <= drawn_at
        ]
        return digests[-1] if digests else None

    def rate(self, payment: PaymentMade) -> dict[str, Any] | None:
        """Return the rate that a payment was made by, and the authority that set it."""
        found = None
        for stored, event in self.events(payment.scheme):
            for rate, authority in rates_in(event):
                if (rate.tier, str(rate.from_)) == (payment.tier, str(payment.rate_from)) and (
                    rate.area in (None, payment.area)
                ):
                    found = {
                        "tier": rate.tier,
                        "amount": fen(rate.amount),
                        "from": rate.from_,
                        "authority": authority,
                        "position": stored.position,
                    }
        return found


def rates_in(event: Event) -> Iterator[tuple[Rate | SchemeRateSet, str]]:
    """Return the rates that an event of a scheme sets, each with its authority."""
    if isinstance(event, SchemeRateSet):
        yield event, event.act.authority
    elif isinstance(event, SchemeAdopted):
        for rate in event.rates:
            yield rate, rate.authority


def act_of(stored: StoredEvent, event: Event) -> dict[str, Any]:
    """Return who did what, when it counts, when it was recorded, and on which documents."""
    act = event.act
    said: dict[str, Any] = {
        "topic": event.TOPIC,
        "subject": stored.subject,
        "position": stored.position,
        "by": act.by,
        "on": act.on,
        "recorded_at": stored.recorded_at,
        "evidence": msgspec.to_builtins(act.evidence),
    }
    named = {"confirmed_by": act.confirmed_by, "authority": act.authority, "reason": act.reason}
    return said | {name: text for name, text in named.items() if text}


def fen(amount: int) -> dict[str, Any]:
    """Write money."""
    return {"value": amount, "unit": "fen"}
