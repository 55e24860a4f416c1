"""Each act that needs a second person, with what comes before it: asked of the catalogue."""

from __future__ import annotations

from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from domain import AGGREGATES
from domain.kernel.aggregate import commands_of
from domain.office.roles import CONFLICTS
from scripts.scenarios.office import (
    APPROVER,
    CLERK,
    EVE,
    OPERATOR,
    SECOND_TREASURER,
    TREASURER,
    Office,
    fen,
)
from scripts.scenarios.stories import (
    AREA,
    FUND,
    SCHEME,
    a_fund,
    a_scheme,
    approved,
    payments_of,
    release,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

RAISER, CHIEF = "raiser-1", "operator-2"
GENERAL: dict[str, Any] = {"fund": FUND, "earmark": "general"}
OTHER_ACCOUNT: dict[str, Any] = {"account": "6222000000000000123"}
BANK: dict[str, Any] = {"reason": "销户", "bank_ref": "退-1"}
PAPER = {"evidence": [{"name": "复核意见书", "sha256": "a" * 64}], "reason": "更正"}
_numbers = count(1)


class SecondPersonAct(NamedTuple):
    """A command that is to be proposed: its subject, what it says, and its act."""

    subject: str
    what: dict[str, Any]
    act: Mapping[str, Any] = MappingProxyType({})


def commands() -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return each command that needs a second person: who sends it, and who may confirm it."""
    return {
        f"{kind.KIND}.{spec.name}": (spec.roles, spec.second)
        for kind in AGGREGATES
        for spec, _ in commands_of(kind)
        if spec.second
    }


def roles_together(*roles: str) -> tuple[str, ...]:
    """Return as many of some roles as one person may hold."""
    held: list[str] = []
    for role in roles:
        if not any(frozenset((role, other)) in CONFLICTS for other in held):
            held.append(role)
    return tuple(dict.fromkeys(held))


def prepared(office: Office) -> None:
    """Let there be a fund, a scheme, and a run that has paid."""
    for who, role in ((RAISER, "fundraiser"), (CHIEF, "operator")):
        office.send("role.grant", f"role:{who}", by=OPERATOR, on=EVE, who=who, role=role)
    a_fund(office, holding=10**9)
    a_scheme(office, rate=58_900)
    office.send("scheme.set-rate", SCHEME, by=APPROVER, on=EVE, tier="b", from_=EVE,
                amount=fen(60_000))  # fmt: skip


def somebody(office: Office) -> str:
    """Register a person."""
    person = f"person:two-{next(_numbers)}"
    office.send("person.register", person, by=CLERK, on=EVE)
    return person


def claimed(office: Office) -> tuple[str, str]:
    """Bring in a claim of a person."""
    person = somebody(office)
    claim = f"entitlement:{person[7:]}"
    whose: dict[str, Any] = {"scheme": SCHEME, "holder": person, "area": AREA, "tier": "a"}
    office.send("entitlement.bring-in", claim, by=CLERK, on=EVE, from_=EVE, **whose)
    return person, claim


def paid(office: Office) -> tuple[str, str]:
    """Pay a person a month."""
    person, _ = claimed(office)
    run = f"pay-run:aid:2007-01-{next(_numbers)}"
    approved(office, run, month="2007-01")
    release(office, run)
    made = payments_of(office, "pay-run:aid:2007-01")
    return person, made[-1]


def given(office: Office) -> str:
    """Receive a gift."""
    gift = f"donation:two-{next(_numbers)}"
    what = {**GENERAL, "amount": fen(50), "name_shown": False}
    office.send("donation.receive", gift, by=RAISER, **what)
    return gift


def budget(office: Office) -> SecondPersonAct:
    """Open a fund, whose budget is to be adopted."""
    fund = a_fund(office, f"fund:two-{next(_numbers)}")
    lines = [{"class": "208", "earmark": "general", "amount": fen(100)}]
    return SecondPersonAct(f"budget:{fund[5:]}:2007", {"lines": lines, "document": "批复"})


def budget_adjusted(office: Office) -> SecondPersonAct:
    """Adopt a budget."""
    subject, what, _ = budget(office)
    office.agreed("budget.adopt", subject, by=TREASURER, second=APPROVER, **what)
    lines = [{"class": "208", "earmark": "general", "amount": fen(200)}]
    return SecondPersonAct(subject, {"lines": lines, "document": "调整"})


def relief_reissued(office: Office) -> SecondPersonAct:
    """Help somebody, whose money comes back, and who has another account."""
    person, case = somebody(office), f"relief:two-{next(_numbers)}"
    asked = {**GENERAL, "person": person, "programme": "relief", "purpose": "aid-poor"}
    office.send("relief.apply", case, by=CLERK, **asked)
    office.send("relief.decide", case, by=APPROVER, amount=fen(5))
    office.send("relief.pay", case, by=TREASURER)
    office.send("relief.return", case, by=TREASURER, **BANK)
    office.send("person.change", person, by=CLERK, sealed=OTHER_ACCOUNT)
    return SecondPersonAct(case, {})


def reissued(office: Office) -> SecondPersonAct:
    """Pay somebody, whose money comes back, and who has another account."""
    person, payment = paid(office)
    office.send("payment.return", payment, by=TREASURER, **BANK)
    office.send("person.change", person, by=CLERK, sealed=OTHER_ACCOUNT)
    return SecondPersonAct(payment, {})


def supplemented(office: Office) -> SecondPersonAct:
    """Pay somebody."""
    what = {**GENERAL, "amount": fen(1_000), "reason": "少发"}
    return SecondPersonAct(paid(office)[1], what, PAPER)


def redirected(office: Office) -> SecondPersonAct:
    """Pay somebody instead of somebody else."""
    what = {"to": somebody(office), "reason": "错付"}
    return SecondPersonAct(paid(office)[1], what, PAPER)


def reopened(office: Office) -> SecondPersonAct:
    """Let another treasurer soft-close a year."""
    year = 1900 + next(_numbers)
    through = f"{year}-12-31"
    office.send("period.soft-close", f"period:{year}", by=SECOND_TREASURER, through=through)
    return SecondPersonAct(f"period:{year}", {"through": through})


def role(_: Office) -> SecondPersonAct:
    """Name somebody."""
    who = f"clerk-two-{next(_numbers)}"
    return SecondPersonAct(f"role:{who}", {"who": who, "role": "clerk"})


ACTS: Mapping[str, Callable[[Office], SecondPersonAct]] = {
    "person.merge": lambda office: SecondPersonAct(somebody(office), {"into": somebody(office)}),
    "entitlement.adjust": lambda office: SecondPersonAct(
        claimed(office)[1], {"tier": "b", "from": "2007-03-15"}
    ),
    "payment.reissue": reissued,
    "payment.supplement": supplemented,
    "payment.redirect": redirected,
    "relief.reissue": relief_reissued,
    "donation.refund": lambda office: SecondPersonAct(given(office), {"amount": fen(50)}),
    "donation.correct": lambda office: SecondPersonAct(given(office), {"amount": fen(40)}),
    "budget.adopt": budget,
    "budget.adjust": budget_adjusted,
    "period.reopen": reopened,
    "role.grant": role,
}
