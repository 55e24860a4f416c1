"""A proposal is decided once, by another person, within its days: a life against a model."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.stateful import rule

from api.commands.schemas import SCHEMAS
from domain import KINDS
from domain.kernel.aggregate import commands_of, subject_kind
from domain.office.proposals import CONFIRMERS, DAYS, PROPOSED, Proposal
from tests.domain.life_machine import FIRST, NTH, Lives, lived
from tests.domain.stories import an_act

PERSONS = st.sampled_from(("officer-1", "officer-2", "officer-3"))
# Half of them beyond the days of a proposal.
SINCE = st.integers(0, 2 * DAYS).map(lambda days: FIRST + timedelta(days=days))
DIGESTS = st.sampled_from(("1" * 64, "2" * 64))


class Known(NamedTuple):
    """What the model knows of an open proposal."""

    by: str
    on: date
    digest: str


class ProposalLives(Lives):
    """Three proposals, three persons, and days on which they may have lapsed."""

    OF = ("proposal",)

    def __init__(self) -> None:
        """Begin with nothing proposed."""
        super().__init__()
        self.known: dict[str, Known | None] = {}

    @rule(nth=NTH, by=PERSONS, on=SINCE, digest=DIGESTS, kind=st.sampled_from(sorted(PROPOSED)))
    def propose(self, nth: int, by: str, on: date, digest: str, kind: str) -> None:
        """Propose something, unless the proposal is there."""
        subject = f"proposal:{nth}"
        if subject in self.known:
            return
        unit = self.books.unit()
        unit.find(Proposal, subject).propose(
            an_act(by, on), of=f"{kind}.act", subject=f"{kind}:x", stated=b"{}", digest=digest,
            second=("treasurer",), amount=None,
        )  # fmt: skip
        self.books.save(unit)
        self.known[subject] = Known(by, on, digest)

    def expected(self, subject: str, on: date) -> Known | None:
        """Return what is still open on a day."""
        known = self.known.get(subject)
        in_time = known is not None and known.on <= on <= known.on + timedelta(days=DAYS)
        return known if in_time else None

    @rule(nth=NTH, by=PERSONS, on=SINCE, digest=st.none() | DIGESTS)
    def confirm(self, nth: int, by: str, on: date, digest: str | None) -> None:
        """Confirm it: another than its proposer may, if it is what he means."""
        subject, what = f"proposal:{nth}", {} if digest is None else {"digest": digest}
        known = self.expected(subject, on)
        taken = known is not None and by != known.by and digest in {None, known.digest}
        self.decide("proposal.confirm", subject, by, on, taken=taken, **what)

    @rule(nth=NTH, by=PERSONS, on=SINCE)
    def reject(self, nth: int, by: str, on: date) -> None:
        """Reject it, or take it back."""
        subject = f"proposal:{nth}"
        taken = self.expected(subject, on) is not None
        self.decide("proposal.reject", subject, by, on, taken=taken, reason="不妥")

    def decide(
        self, command: str, subject: str, by: str, on: date, *, taken: bool, **what: Any
    ) -> None:
        """Try a decision."""
        if self.tried(command, subject, an_act(by, on), taken=taken, **what):
            self.known[subject] = None


TestProposalLives = lived(ProposalLives)


def test_every_kind_with_a_second_person_has_its_event_and_roles_that_confirm() -> None:
    wanted = {
        (kind.KIND, spec.name, spec.second)
        for kind in KINDS.values()
        for spec, _ in commands_of(kind)
        if spec.second
    }
    assert wanted
    for kind, name, second in wanted:
        assert kind in PROPOSED, (kind, name)
        assert set(second) <= set(CONFIRMERS), (kind, name)
        assert not SCHEMAS[f"{kind}.{name}"][kind].command.seals
    assert {subject_kind(each) for each in PROPOSED.values()} == {"proposal"}
