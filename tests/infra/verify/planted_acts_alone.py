"""What one person did alone, planted into a good store; each returns positions to be named."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from domain.benefits.entitlement_events import (
    EntitlementAdjusted,
    EntitlementApplied,
    EntitlementGranted,
    EntitlementWithdrawn,
)
from domain.benefits.person_events import PersonMerged, PersonPapersReplaced
from domain.benefits.relief_case_events import ReliefReissued, ReliefReturned
from domain.funds.budgets import BudgetAdopted, BudgetLine
from domain.funds.donation_events import DonationReceived, DonationRefunded
from domain.funds.fund_events import FundReversed
from domain.funds.gift_correction_events import DonationCorrected
from domain.funds.gift_parts import KeptPart
from domain.kernel.aggregate import Act, Event, stored_name
from domain.office.periods import BooksReopened, PeriodReopened, PeriodSoftClosed
from domain.office.roles import RoleGranted
from domain.payments.pay_run_events import PayRunReleased
from domain.payments.payment_events import (
    PaymentReissued,
    PaymentReturned,
    PaymentSupplemented,
    PaymentWrittenBack,
)
from scripts.scenarios.office import APPROVER, CLERK, SECOND_TREASURER, TREASURER
from scripts.scenarios.stories import AREA, FUND, RUN, SCHEME
from tests.infra.verify.good_story import ELDERS
from tests.infra.verify.planted_merges import PLANTS as OF_MERGES
from tests.infra.verify.planted_register_breaches import beside
from tests.infra.verify.spoilt_store import Store, an_act

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACE: dict[str, Any] = {"fund": FUND, "earmark": "general"}


def one_after_the_other(store: Store, *events: Event) -> int:
    """Append events of one subject, numbered on from its last; return the first's position."""
    first = events[0].originator_version
    return store.append(
        *(replace(event, originator_version=first + nth) for nth, event in enumerate(events))
    )


def released_by_who_drew_it_up(store: Store) -> Sequence[int]:
    paid: dict[str, Any] = {"paid": 0, "paid_persons": 0, "paid_amount": 0}
    drawn = store.position("pay-run.drawn-up", RUN)
    return [drawn, store.append(store.made(PayRunReleased, RUN, an_act(CLERK), **paid))]


def granted_by_who_applied(store: Store) -> Sequence[int]:
    claim = "entitlement:own"
    whose: dict[str, Any] = {"programme": "aid", "holder": ELDERS[0], "area": AREA}
    first = one_after_the_other(
        store,
        store.made(EntitlementApplied, claim, an_act(APPROVER), scheme=SCHEME, **whose),
        store.made(EntitlementGranted, claim, an_act(APPROVER), tier="a", from_=date(2007, 3, 1),
                   origin="granted", **whose),
    )  # fmt: skip
    return [first, first + 1]


def refunded_by_one(store: Store) -> Sequence[int]:
    gift, keeper = "donation:own", "organisation:charity-federation"
    first = one_after_the_other(
        store,
        store.made(DonationReceived, gift, amount=5, name_shown=False, keeper=keeper, **PLACE),
        store.made(DonationRefunded, gift, an_act(APPROVER), amount=1, ungathered=1, remaining=4,
                   state="received", keeper=keeper, **PLACE),
    )  # fmt: skip
    return [first + 1]


def corrected_by_one(store: Store) -> Sequence[int]:
    gift, keeper = "donation:own", "organisation:charity-federation"
    before = KeptPart(**PLACE, amount=5, keeper=keeper)
    first = one_after_the_other(
        store,
        store.made(DonationReceived, gift, amount=5, name_shown=False, keeper=keeper, **PLACE),
        store.made(DonationCorrected, gift, an_act(APPROVER), amount=4, ungathered=1, remaining=4,
                   before=before, keeper=keeper, **PLACE),
    )  # fmt: skip
    return [first + 1]


def written_back_by_who_paid_it_again(store: Store) -> Sequence[int]:
    again = store.position("payment.reissued")
    payment = store.event(again).originator_id
    what: dict[str, Any] = {"run": RUN, "programme": "aid", "amount": 10, **PLACE}
    first = one_after_the_other(
        store,
        store.made(PaymentReturned, payment, reason="销户", bank_ref="回", **what),
        store.made(PaymentWrittenBack, payment, area=AREA, persons=1, **what),
    )
    return [again, first + 1]


def a_supplement(store: Store, act: Act) -> int:
    """Plant a supplement."""
    payment = store.event(store.position("payment.made", "payment:aid:%")).originator_id
    what: dict[str, Any] = {"run": RUN, "payment": f"{payment}f", "amount": 9, **PLACE}
    return store.append(store.made(PaymentSupplemented, payment, act, reason="少发", **what))


def withdrawn_beside_what_was_given_since(store: Store) -> Sequence[int]:
    claim, holder = "entitlement:aid-000003", "person:aid-000003"
    _, given = beside(store, holder, claim)
    stop = store.event(store.position("entitlement.stopped", claim))
    what: dict[str, Any] = {"programme": "aid", "area": "area:city", "origin": "brought-in"}
    again = store.made(EntitlementWithdrawn, claim, holder=holder, reason="误录", state="granted",
                       withdrawn="stopped", version=stop.originator_version, returns=True,
                       said_on=stop.act.on, from_=date(2007, 3, 1), **what)  # fmt: skip
    return [given, store.append(again)]


def paid_instead_of_who_names_it_not(store: Store) -> Sequence[int]:
    first = store.event(store.position("payment.made", "payment:aid:%"))
    return [store.append(store.payment("fe", persons=0, redirects=first.originator_id))]


def supplemented_by_one(store: Store) -> Sequence[int]:
    return [a_supplement(store, an_act())]


def confirmed_in_word_only(store: Store) -> Sequence[int]:
    return [a_supplement(store, replace(an_act(), confirmed_by=SECOND_TREASURER))]


def confirmed_by_who_proposed_it(store: Store) -> Sequence[int]:
    proposed = store.event(store.position("payment.proposed")).originator_id
    both = replace(an_act(), confirmed_by=TREASURER, proposal=proposed)
    return [a_supplement(store, both)]


def raised_by_one(store: Store) -> Sequence[int]:
    claim = store.event(store.position("entitlement.brought-in")).originator_id
    terms: dict[str, Any] = {"tier": "a", "from_": date(2007, 4, 1), "amount": 100_000}
    return [store.append(store.made(EntitlementAdjusted, claim, an_act(CLERK), **terms))]


def a_budget_by_one(store: Store) -> Sequence[int]:
    lines = (BudgetLine("20812", "general", 100),)
    said: dict[str, Any] = {"fund": FUND, "year": "2007", "document": "深财〔2007〕1号"}
    return [store.append(store.made(BudgetAdopted, "budget:x:2007", lines=lines, **said))]


def paid_again_to_another_account_by_one(store: Store) -> Sequence[int]:
    case = "relief:r-1"
    told = store.event(store.position("relief.reissued", case))
    again = {name: getattr(told, name) for name in ("programme", "fund", "earmark")}
    papers = store.made(PersonPapersReplaced, "person:needy", entry=1, parts=("account",))
    store.append(papers)
    first = one_after_the_other(
        store,
        store.made(ReliefReturned, case, amount=1, paid=0, reason="销户", bank_ref="回", **again),
        store.made(ReliefReissued, case, an_act("treasurer-9"), amount=1, paid=1, **again),
    )
    return [first + 1]


def a_payment_paid_again_to_another_account_by_one(store: Store) -> Sequence[int]:
    person = "person:aid-000001"
    payment = f"payment:aid:2007-03:{store.tag(SCHEME, person, '2007-03')}"
    made: Any = store.event(store.position("payment.made", payment))
    told = {name: getattr(made, name) for name in ("run", "programme", "fund", "earmark", "amount")}
    store.append(store.made(PersonPapersReplaced, person, entry=1, parts=("account",)))
    first = one_after_the_other(
        store,
        store.made(PaymentReturned, payment, reason="销户", bank_ref="回", **told),
        store.made(PaymentReissued, payment, an_act("treasurer-9"), **told),
    )
    return [first + 1]


def merged_by_one(store: Store) -> Sequence[int]:
    return [store.append(store.made(PersonMerged, ELDERS[0], an_act(CLERK), into=ELDERS[1]))]


def a_role_by_one_operator(store: Store) -> Sequence[int]:
    what: dict[str, Any] = {"who": "clerk-9", "role": "clerk", "roles": ("clerk",)}
    return [store.append(store.made(RoleGranted, "role:clerk-9", an_act("operator-2"), **what))]


def opened_again_by_who_closed(store: Store) -> Sequence[int]:
    through: dict[str, Any] = {"through": date(2006, 12, 31)}
    first = one_after_the_other(
        store,
        store.made(PeriodSoftClosed, "period:2006", **through),
        store.made(PeriodReopened, "period:2006", **through),
    )
    return [first, first + 1]


def closed_books_opened_by_who_closed_them(store: Store) -> Sequence[int]:
    through: dict[str, Any] = {"through": date(2005, 12, 31)}
    closed = store.position("period.closed", "period:2005")
    by, more = an_act(store.event(closed).act.by), {"soft_through": through["through"]}
    again = store.made(BooksReopened, "period:2005", by, reason="漏记", **more, **through)
    return [closed, store.append(again)]


def opened_again_by_one(store: Store) -> Sequence[int]:
    through: dict[str, Any] = {"through": date(2005, 12, 31), "soft_through": date(2005, 12, 31)}
    by = an_act("treasurer-9")
    return [store.append(store.made(BooksReopened, "period:2005", by, reason="漏记", **through))]


def opened_again_without_a_closing(store: Store) -> Sequence[int]:
    day = date(2006, 12, 31)
    said: dict[str, Any] = {"through": day, "soft_through": day, "reason": "漏记"}
    return [store.append(store.made(BooksReopened, "period:2006", **said))]


def reversed_by_who_made_it(store: Store) -> Sequence[int]:
    made = store.received(an_act())
    first = store.append(made)
    said: dict[str, Any] = {
        "of": first,
        "original_topic": stored_name(type(made)),
        "original": msgspec.Raw(msgspec.json.encode(made)),
    }
    return [first, store.append(store.made(FundReversed, FUND, **said))]


def a_role_for_himself(store: Store) -> Sequence[int]:
    what: dict[str, Any] = {"who": "operator-2", "role": "clerk", "roles": ("clerk",)}
    return [store.append(store.made(RoleGranted, "role:operator-2", an_act("operator-2"), **what))]


def two_roles_that_exclude_each_other(store: Store) -> Sequence[int]:
    roles = ("fundraiser", "treasurer")
    what: dict[str, Any] = {"who": TREASURER, "role": "fundraiser", "roles": roles}
    by = an_act("operator:local")
    return [store.append(store.made(RoleGranted, f"role:{TREASURER}", by, **what))]


PLANTS = [
    *OF_MERGES,
    ("alone", released_by_who_drew_it_up),
    ("alone", granted_by_who_applied),
    ("alone", refunded_by_one),
    ("alone", corrected_by_one),
    ("alone", merged_by_one),
    ("alone", paid_again_to_another_account_by_one),
    ("alone", a_payment_paid_again_to_another_account_by_one),
    ("alone", a_budget_by_one),
    ("alone", written_back_by_who_paid_it_again),
    ("alone", supplemented_by_one),
    ("not-twice", paid_instead_of_who_names_it_not),
    ("excluding-schemes", withdrawn_beside_what_was_given_since),
    ("alone", confirmed_in_word_only),
    ("alone", confirmed_by_who_proposed_it),
    ("alone", raised_by_one),
    ("alone", a_role_by_one_operator),
    ("alone", opened_again_by_who_closed),
    ("alone", opened_again_by_one),
    ("alone", closed_books_opened_by_who_closed_them),
    ("closed-periods", opened_again_without_a_closing),
    ("alone", reversed_by_who_made_it),
    ("alone", a_role_for_himself),
    ("alone", two_roles_that_exclude_each_other),
]
