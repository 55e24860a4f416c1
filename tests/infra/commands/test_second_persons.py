"""Whatever is tried, in whatever order, by whomever: what needs two persons is done by two."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.kernel.refusals import Refused
from domain.office.proposals import ProposalConfirmed, ProposalRejected, Proposed
from infra.verify.runner import verify
from scripts.scenarios.office import (
    APPROVER,
    CLERK,
    DAY,
    EVE,
    OPERATOR,
    SECOND_TREASURER,
    TREASURER,
    Office,
    fen,
    staffed,
)
from scripts.scenarios.stories import AREA, FUND, a_fund

if TYPE_CHECKING:
    from domain.kernel.aggregate import Event
    from infra.ledger import Ledger

RAISER, OTHER_RAISER, CHIEF, OTHER_CHIEF = "raiser-1", "raiser-2", "operator-1", "operator-2"
EVERYBODY = (RAISER, OTHER_RAISER, CHIEF, OTHER_CHIEF, CLERK, APPROVER, TREASURER, SECOND_TREASURER)
OF_TWO = ("donation.refunded", "entitlement.adjusted", "period.reopened", "role.granted")
GIFT, CLAIM, YEAR = "donation:given", "entitlement:free", "period:2005"
_numbers = count(1)


class Step(NamedTuple):
    """Somebody tries something on a day: one of the acts, or a decision on one of the proposals."""

    by: str
    act: str
    nth: int
    days: int


STEPS = st.lists(
    st.builds(
        Step,
        by=st.sampled_from(EVERYBODY),
        act=st.sampled_from(("refund", "raise", "grant", "reopen", *("confirm", "reject") * 3)),
        nth=st.integers(0, 5),
        days=st.sampled_from((0, 0, 0, 1, 30, 31)),
    ),
    max_size=25,
)


@pytest.fixture(scope="module")
def office(server_ledger: Ledger) -> Office:
    """Give a gift, a claim without a rate and a soft-closed year to whoever wants them."""
    office = staffed(Office(server_ledger))
    for who, role in ((RAISER, "fundraiser"), (OTHER_RAISER, "fundraiser"), (CHIEF, "operator"),
                      (OTHER_CHIEF, "operator")):  # fmt: skip
        office.send("role.grant", f"role:{who}", by=OPERATOR, on=EVE, who=who, role=role)
    a_fund(office, holding=10**9)
    office.send("area.open", AREA, by=APPROVER, on=EVE, title="全市", level="city")
    gift: dict[str, Any] = {"fund": FUND, "earmark": "general", "name_shown": False}
    office.send("donation.receive", GIFT, by=RAISER, amount=fen(10**9), **gift)
    office.send("scheme.adopt", "scheme:free", by=APPROVER, on=EVE, title="补助", programme="aid",
                purpose="aid-poor", per="person", pays="monthly", formula="flat")  # fmt: skip
    office.send("person.register", "person:free", by=CLERK, on=EVE)
    office.send("entitlement.bring-in", CLAIM, by=CLERK, on=EVE, scheme="scheme:free", area=AREA,
                holder="person:free", tier="a", amount=fen(1), from_=EVE)  # fmt: skip
    office.send("period.soft-close", YEAR, by=TREASURER, on=EVE, through="2005-12-31")
    return office


def tried(office: Office, step: Step) -> str | None:
    """Try a step; return the proposal that it made."""
    on = str(date.fromisoformat(DAY) + timedelta(days=step.days))
    because = {"reason": "更正", "evidence": [{"name": "意见书", "sha256": "a" * 64}]}
    common: dict[str, Any] = {"by": step.by, "on": on}
    with suppress(Refused):
        match step.act:
            case "refund":
                made = office.send("donation.refund", GIFT, amount=fen(1 + step.nth), **common)
            case "raise":
                terms: dict[str, Any] = {"tier": "a", "from": DAY, "amount": fen(100 + step.nth)}
                made = office.send("entitlement.adjust", CLAIM, act=because, **common, **terms)
            case "reopen":
                made = office.send("period.reopen", YEAR, **common)
            case _:
                who = f"new-{next(_numbers)}"
                made = office.send("role.grant", f"role:{who}", who=who, role="clerk", **common)
        return str(made["proposed"])
    return None


def decide(office: Office, step: Step, proposal: str) -> None:
    """Try to confirm or to reject a proposal."""
    on = str(date.fromisoformat(DAY) + timedelta(days=step.days))
    more: dict[str, Any] = {"reason": "不妥"} if step.act == "reject" else {}
    with suppress(Refused):
        office.send(f"proposal.{step.act}", proposal, by=step.by, on=on, **more)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_nothing_of_these_kinds_is_done_without_two_different_persons(
    office: Office, steps: list[Step]
) -> None:
    before = len(office.positions())
    proposals = [each for each in (tried(office, Step(RAISER, "refund", 0, 0)),) if each]
    for step in steps:
        if step.act in {"confirm", "reject"}:
            decide(office, step, proposals[step.nth % len(proposals)])
        elif proposal := tried(office, step):
            proposals.append(proposal)
    agreed(list(office.events())[before:], before_all=list(office.events()))


def agreed(new: list[Event], *, before_all: list[Event]) -> None:
    """Hold every act of two against its proposal, and every proposal against its decision."""
    proposed = {each.originator_id: each for each in before_all if isinstance(each, Proposed)}
    confirmed = [each for each in new if isinstance(each, ProposalConfirmed)]
    decided = [each for each in new if isinstance(each, (ProposalConfirmed, ProposalRejected))]
    assert len({each.originator_id for each in decided}) == len(decided)
    done = [each for each in new if each.TOPIC in OF_TWO]
    assert len(done) == len(confirmed)
    for act, confirmation in zip(done, confirmed, strict=True):
        proposal = proposed[confirmation.originator_id]
        assert act.act.by == proposal.proposer != confirmation.act.by == act.act.confirmed_by
        assert act.act.proposal == proposal.originator_id
        assert proposal.act.on <= confirmation.act.on <= proposal.lapses


def test_the_check_finds_nothing_in_all_of_this(office: Office) -> None:
    ledger = office.ledger
    (alone,) = verify(ledger.pool, ["alone"], decisions=ledger.decisions, vault=ledger.vault)
    assert alone["holds"], alone["breaches"]
    assert alone["examined"] > 0
