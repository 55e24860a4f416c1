"""The books beside the bank: to the fen, with what is in transit and what nobody has matched."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.aggregate import Act
from domain.payments.bank_accounts import BankAccount, BankAccountOpened, BankAccountStated
from domain.payments.bank_statements import KeptLine
from domain.payments.pay_run_events import PayRunDrawnUp
from projections.accounts.bank_movements import BankMovement
from projections.casework.bank_reconciliation import BankLine, Reconciliation
from scripts.scenarios.office import TREASURER, fen
from scripts.scenarios.stories import FUND, RUN
from tests.api.bank.conftest import APRIL, a_file, paid
from tests.api.bank.test_statements import HEAD, send, with_account
from tests.api.conftest import catch_up

if TYPE_CHECKING:
    from tests.api.bank.conftest import BankDesk

MARCH = "bank-statement:cash:2007-03"


def reconciled(desk: BankDesk, role: str = "treasurer", **asked: str) -> Any:
    """Ask how the books agree with the bank."""
    catch_up(desk.office.ledger)
    params = {"account": "bank-account:cash"} | asked
    answer = desk.client.get("/v1/reconciliation", params=params, headers=desk.headers(role))
    return answer.json() if answer.status_code == 200 else answer.status_code


def sums(found: Any) -> tuple[int, ...]:
    """Return book, bank, difference, and what is not explained."""
    return tuple(found[name]["value"] for name in ("book", "bank", "difference", "unexplained"))


def march(desk: BankDesk, *lines: str, closing: str) -> None:
    """Keep a statement of March."""
    answer = send(desk, HEAD + "".join(lines), opening="10000", closing=closing)
    assert answer.status_code == 201, answer.text


def match(desk: BankDesk, line: int, positions: list[int], statement: str = MARCH) -> None:
    """Confirm what a line is about."""
    what: dict[str, Any] = {"line": line, "positions": positions}
    desk.office.send("bank-statement.match", statement, by=TREASURER, **what)


# The fund had 10,000 元 before March, and paid 60 元 in March and in April.
RECEIVED = "2007-03-02,100.00,,,拨款单 2007-1,10100.00\n"


def receive(desk: BankDesk, amount: int = 10_000) -> None:
    """Let the fund receive money in March."""
    what: dict[str, Any] = {"earmark": "general", "source": "fiscal", "document": "2007-1"}
    act = {"on": "2007-03-01"}
    desk.office.send("fund.receive", FUND, by=TREASURER, act=act, amount=fen(amount), **what)


def test_from_nothing_matched_to_a_difference_of_nothing(desk: BankDesk) -> None:
    with_account(desk)
    receive(desk)
    [drawn] = [each for each in desk.office.events(RUN) if isinstance(each, PayRunDrawnUp)]
    march(desk, RECEIVED, f"2007-03-20,,60.00,,{drawn.digest[:32]},10040.00\n", closing="10040")
    found = reconciled(desk)
    assert found["day"] == "2007-03-31"
    lines = found["unmatched"]
    assert [(each["line"], each["direction"]) for each in lines] == [(1, "in"), (2, "out")]
    assert [each["suggestions"][0]["why"] for each in lines] == [["amount", "reference", "day"]] * 2
    assert sums(found) == (1_004_000, 1_004_000, -4_000, 0)
    for line in lines:
        match(desk, line["line"], line["suggestions"][0]["positions"])
    found = reconciled(desk)
    assert (found["unmatched"], found["in_transit"], found["difference"]) == ([], [], fen(0))
    # The run of April lies beyond the statement, and is in transit until the bank tells of it.
    april = reconciled(desk, day="2007-04-30")
    assert [each["subject"] for each in april["in_transit"]] == [APRIL]
    assert (april["stated_through"], april["difference"]) == ("2007-03-31", fen(0))


def test_what_the_bank_has_not_yet_is_in_transit_and_its_return_too(desk: BankDesk) -> None:
    with_account(desk)
    receive(desk)
    march(desk, RECEIVED, closing="10100")
    found = reconciled(desk)
    [transit] = [each for each in found["in_transit"] if each["subject"] == RUN]
    assert (transit["direction"], transit["amount"]) == ("out", fen(6_000))
    one = paid(desk, RUN)[0]
    assert desk.send(RUN, a_file((one, "销户", "", "2007-03-28", "TP-9"))).status_code == 201
    back = [each for each in reconciled(desk)["in_transit"] if each["subject"] == one]
    assert [(each["direction"], each["reference"]) for each in back] == [("in", "TP-9")]
    assert reconciled(desk)["book"] == fen(1_005_000)


def test_a_statement_has_a_reconciliation_of_its_last_day(desk: BankDesk) -> None:
    with_account(desk)
    receive(desk)
    march(desk, RECEIVED, closing="10100")
    asked = reconciled(desk, day="2007-03-31")
    answer = desk.client.get(
        "/v1/bank-statements/cash:2007-03/reconciliation", headers=desk.headers()
    )
    assert answer.json() == asked
    csv = desk.client.get(
        "/v1/reconciliation.csv", params={"account": "bank-account:cash"}, headers=desk.headers()
    )
    assert csv.status_code == 200
    assert len(csv.text.splitlines()) == 1 + len(asked["in_transit"]) + len(asked["unmatched"])


def test_only_who_sees_payments_sees_it_and_only_of_accounts_that_there_are(
    desk: BankDesk,
) -> None:
    assert reconciled(desk, account="") == 422
    with_account(desk)
    assert reconciled(desk, role="supervisor") == 403
    assert reconciled(desk, account="bank-account:none") == 404
    assert reconciled(desk, account="") == reconciled(desk)
    assert sums(reconciled(desk, role="approver"))[1] == 0


def test_money_that_came_back_is_told_by_its_days(desk: BankDesk) -> None:
    one, two, three, *_ = paid(desk, RUN)
    days = ("2007-03-20", "2007-03-20", "2007-05-01")
    lines = [
        (each, "销户", "", day, "TP") for each, day in zip((one, two, three), days, strict=True)
    ]
    assert desk.send(RUN, a_file(*lines)).status_code == 201
    catch_up(desk.office.ledger)
    answer = desk.client.get(
        "/v1/returned-ageing", params={"as_of": "2007-05-05"}, headers=desk.headers()
    ).json()
    found = {row["days"]: (row["payments"], row["amount"]["value"]) for row in answer["rows"]}
    nothing = (0, 0)
    assert found == {"0-7": (1, 1_000), "8-30": nothing, "31-90": (2, 2_000), "91-365": nothing,
                     "366+": nothing}  # fmt: skip
    assert [total["value"] for total in answer["totals"]] == [3, 3_000]
    desk.office.send("payment.write-back", one, by=TREASURER, on="2007-05-02")
    catch_up(desk.office.ledger)
    now = desk.client.get("/v1/returned-ageing", headers=desk.headers()).json()
    assert [total["value"] for total in now["totals"]] == [2, 2_000]


DAYS = st.dates(date(2007, 1, 1), date(2007, 1, 31))
AMOUNTS = st.integers(-50, 50).filter(bool)
ACT = Act(by="treasurer-1", on=date(2007, 1, 1), booked=date(2007, 1, 1))
JANUARY = "bank-statement:cash:2007-01"


@given(
    opening=st.integers(0, 100),
    books=st.lists(st.tuples(DAYS, AMOUNTS), max_size=8),
    bank=st.lists(st.tuples(DAYS, AMOUNTS), max_size=8),
    day=DAYS,
)
def test_what_is_not_explained_is_nothing_on_every_day_whatever_is_matched(
    opening: int, books: list[tuple[date, int]], bank: list[tuple[date, int]], day: date
) -> None:
    found = reconciliation(opening, books, bank, day)
    assert found.unexplained == 0
    if not found.unmatched:
        assert found.difference == 0
    for line in found.unmatched:
        for each in found.suggestions(line):
            assert sum(found.entries[p].amount for p in each.positions) == line.said.signed


def reconciliation(
    opening: int, books: list[tuple[date, int]], bank: list[tuple[date, int]], day: date
) -> Reconciliation:
    """Hold books against a bank; each line is matched with the first free entry of its amount."""
    account = BankAccount("bank-account:cash")
    closing = opening + sum(amount for _, amount in bank)
    opened = BankAccountOpened(
        originator_id=account.id, originator_version=1, act=ACT, title="", bank="", last4="0000",
        funds=(FUND,),
    )  # fmt: skip
    stated = BankAccountStated(
        originator_id=account.id, originator_version=2, act=ACT, statement=JANUARY,
        first=date(2007, 1, 1), last=date(2007, 1, 31), opening=opening, closing=closing,
    )  # fmt: skip
    for event in (opened, stated):
        account.replay(event)
    before = BankMovement(1, FUND, date(2006, 12, 1), opening, "opening", FUND, "x", "", 0)
    moved = [before] + [
        BankMovement(place, FUND, on, amount, "fiscal", FUND, "fund.received", "", 0)
        for place, (on, amount) in enumerate(books, start=2)
    ]
    free = {each.position: each.amount for each in moved[1:]}
    lines = []
    for number, (on, amount) in enumerate(bank, start=1):
        positions = tuple([place for place, each in free.items() if each == amount][:1])
        for place in positions:
            del free[place]
        said = KeptLine(on, "in" if amount > 0 else "out", abs(amount))
        lines.append(BankLine(JANUARY, number, said, positions))
    return Reconciliation(account, day, lines, moved)


def test_what_was_entered_by_mistake_and_taken_back_is_not_in_transit() -> None:
    found = reconciliation(5, [(date(2007, 1, 3), 7), (date(2007, 1, 4), -7)], [], date(2007, 1, 9))
    assert len(found.in_transit) == 2
    *others, back = found.moved
    found = Reconciliation(found.account, found.day, [], [*others, back._replace(reverses=2)])
    assert (found.in_transit, found.difference) == ([], 0)


def test_days_of_which_no_statement_tells_are_named() -> None:
    found = reconciliation(5, [], [], date(2007, 1, 9))
    march = date(2007, 3, 5)
    found.account.stated.append(
        found.account.stated[0]._replace(first=march, last=march + timedelta(20))
    )
    assert list(found.gaps()) == [(date(2007, 2, 1), date(2007, 3, 4))]
