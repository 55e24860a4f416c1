"""A budget says an amount a class and earmark, whatever order its adjustments come in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.funds.budgets import AdjustedLine, Budget, BudgetLine, class_title
from domain.kernel.refusals import Malformed
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import an_act, with_fund

KEYS = st.tuples(st.sampled_from(("20810", "20812", "229")), st.sampled_from(("2007", "general")))
ACT = an_act("treasurer-1")


@given(
    adopted=st.dictionaries(KEYS, st.integers(1, 9), min_size=1),
    changes=st.lists(st.dictionaries(KEYS, st.integers(0, 9), min_size=1), max_size=5),
)
def test_the_last_word_on_a_line_counts_and_the_others_stay(
    adopted: dict[tuple[str, str], int], changes: list[dict[tuple[str, str], int]]
) -> None:
    books, budget = with_fund(InMemoryLedger(), "fund:x"), "budget:x:2007"
    lines = tuple(BudgetLine(*key, amount) for key, amount in adopted.items())
    books.send("budget.adopt", budget, ACT, lines=lines, document="批复")
    model = dict(adopted)
    for change in changes:
        after = model | change
        adjusted = tuple(AdjustedLine(*key, amount) for key, amount in change.items())
        try:
            books.send("budget.adjust", budget, ACT, lines=adjusted, document="调整")
        except Malformed:
            assert after == model
        model = after
    assert books.load(Budget, budget).lines == model


def test_a_class_is_called_as_the_nearest_above_it() -> None:
    titles = {"2081002": "老年福利", "2081099": "社会福利", "2089999": "社会保障和就业"}
    assert {code: class_title(code) for code in titles} == titles
    assert class_title("101") is None
