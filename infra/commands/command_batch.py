"""Appending what was decided, and independent requests that are decided and appended together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.refusals import AlreadyTold, Refused
from infra.commands import receipts
from infra.commands.changes import Basis, Unsettled
from infra.commands.command import Outcome, Undecided
from infra.commands.decision import Decision, decide, mentioned
from infra.commands.papers import numbers_of
from infra.commands.period_guard import NOTHING_CLOSED, require_open, soft_closing
from infra.commands.retry import Conflict
from infra.commands.save import save
from infra.config.errors import Unavailable
from infra.eventlog.batch import Appended, Batch, Kept, stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from infra.commands.changes import Changes
    from infra.commands.command import CommandRequest
    from infra.commands.ledger_access import LedgerAccess
    from infra.commands.receipts import Answers, StoredReceipt
    from infra.commands.unit_of_work import UnitOfWork
    from infra.eventlog.recorder import LedgerRecorder
    from infra.vault import Sealed


def batch_of(
    unit: UnitOfWork,
    changes: Changes,
    kept: Sequence[Kept] = (),
    sealed: Sequence[Sealed] = (),
    *,
    soft: bool,
) -> Batch:
    """Put together changes, their receipts, and what is sealed; `soft`: see `period_guard`."""
    require_open(changes.facts(), soft_closing(unit.connection) if soft else NOTHING_CLOSED)
    return Batch(
        [stored(event) for event in changes.events],
        changes.reads,
        kept,
        sealed,
        changes.alike,
        changes.stops_known_to,
    )


def append_decided(
    recorder: LedgerRecorder,
    unit: UnitOfWork,
    decided: Sequence[Decision],
    kept: Sequence[Kept],
    *,
    soft: bool = False,
) -> Appended:
    """Append the changes of a unit with the receipts of what was decided."""
    sealed = [one for decision in decided for one in decision.sealed]
    batch = batch_of(unit, unit.changes(), kept, sealed, soft=soft)
    appended = save(recorder, unit.connection, batch)
    unit.saved()
    return appended


class TogetherExecution:
    """Independent single commands in one unit of work: decided one by one, appended at once."""

    def __init__(self, access: LedgerAccess, requests: Sequence[CommandRequest]) -> None:
        """Take requests of one command each; a key that stands twice is a `Conflict`."""
        self._access = access
        self._requests = requests
        self._keys = [request.key for request in requests]
        if len(set(self._keys)) < len(self._keys):
            raise Conflict("a key twice: one by one")

    def run(self, basis: Basis, *, dry_run: bool = False) -> list[Outcome]:
        """Carry out the first requests, up to one that must see the others stored.

        From memory a stored receipt is not looked up: append() refuses its key.
        """
        try:
            return self._run(basis, dry_run=dry_run)
        except AlreadyTold:
            # Rare: each command asks by itself, so that it harms no neighbour.
            return self._run(basis, dry_run=dry_run, asks_each=True)

    def _run(self, basis: Basis, *, dry_run: bool, asks_each: bool = False) -> list[Outcome]:
        access = self._access
        with access.connection() as connection, access.unit(connection, basis) as unit:
            unit.asks_each = asks_each
            from_memory = basis is Basis.MEMORY
            known = {} if from_memory else receipts.find(connection, self._keys)
            self._prefetch(unit)
            with unit.savepoint():
                outcomes = list(self._decided(unit, known))
                if not asks_each:
                    unit.duplicates.require_unstored(unit.recorded)
            made = [
                (request, one, receipts.answers_of([one], start=one.start))
                for request, one in zip(self._requests, outcomes, strict=False)
                if isinstance(one, Decision)
            ]
            appended = None
            if made and not dry_run:
                kept = [self._kept(*each) for each in made]
                decided = [decision for _, decision, _ in made]
                appended = append_decided(access.recorder, unit, decided, kept)
        done = iter(
            [
                receipts.receipts_of(request.key, answers, appended, one.start)
                for request, one, answers in made
            ]
        )
        return [next(done) if isinstance(one, Decision) else one for one in outcomes]

    def _prefetch(self, unit: UnitOfWork) -> None:
        commands = [request.commands[0] for request in self._requests]
        senders = {by for request in self._requests for by in request.senders()}
        new = [command.subject for command in commands if command.opens]
        unit.prefetch(mentioned(commands, *senders), new=new)
        unit.id_numbers.prefetch(numbers_of(commands, self._access.vault))

    def _decided(
        self, unit: UnitOfWork, known: Mapping[str, StoredReceipt]
    ) -> Iterator[Decision | Outcome]:
        for request in self._requests:
            try:
                if request.key in known:
                    yield known[request.key].replay(self._access.hash(request))
                else:
                    yield decide(unit, request, request.commands[0], self._access.vault)
            except Refused as refused:
                yield refused
            except Unavailable as away:
                # What this request asks for, not the store.
                yield Undecided(away)
            except Unsettled:
                return

    def _kept(self, request: CommandRequest, decision: Decision, answers: Answers) -> Kept:
        """Return the receipt to be stored, which counts from its own first event."""
        hashed = self._access.hash(request)
        return Kept(request.key, hashed, decision.start, receipts.encoded(answers))
