"""A budget says an amount a class and earmark, whatever order its adjustments come in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.funds.budgets import AdjustedLine, Budget, BudgetLine, class_title
from domain.kernel.refusals import Malformed
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.life_machine import Lives, lived
from tests.domain.stories import an_act, with_fund

KEYS = st.tuples(st.sampled_from(("20810", "20812", "229")), st.sampled_from(("2007", "general")))
YEARS = st.sampled_from(("2007", "2008"))
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


class BudgetLives(Lives):
    """Budgets of one fund and two years: adopted once, then adjusted line by line."""

    OF = ("budget",)

    def __init__(self) -> None:
        """Begin without a budget."""
        super().__init__()
        self.lines: dict[str, dict[tuple[str, str], int]] = {}

    def begin(self) -> InMemoryLedger:
        """Open the fund."""
        return with_fund(InMemoryLedger(), "fund:x")

    @rule(year=YEARS, lines=st.dictionaries(KEYS, st.integers(1, 9)))
    def adopt(self, year: str, lines: dict[tuple[str, str], int]) -> None:
        """Adopt a budget: it has lines, and there is none yet."""
        taken = bool(lines) and year not in self.lines
        said = tuple(BudgetLine(*key, amount) for key, amount in lines.items())
        if self.tried("budget.adopt", f"budget:x:{year}", ACT, taken=taken, lines=said,
                      document="批复"):  # fmt: skip
            self.lines[year] = dict(lines)

    @rule(year=YEARS, lines=st.dictionaries(KEYS, st.integers(0, 9)))
    def adjust(self, year: str, lines: dict[tuple[str, str], int]) -> None:
        """Adjust lines: something must change."""
        before = self.lines.get(year)
        after = (before or {}) | lines
        taken = before is not None and bool(lines) and after != before
        said = tuple(AdjustedLine(*key, amount) for key, amount in lines.items())
        if self.tried("budget.adjust", f"budget:x:{year}", ACT, taken=taken, lines=said,
                      document="调整"):  # fmt: skip
            self.lines[year] = after

    @invariant()
    def lines_are_the_models(self) -> None:
        """Compare what stands."""
        for year, lines in self.lines.items():
            assert self.books.load(Budget, f"budget:x:{year}").lines == lines


TestBudgetLives = lived(BudgetLives)


def test_a_class_is_called_as_the_nearest_above_it() -> None:
    titles = {"2081002": "老年福利", "2081099": "社会福利", "2089999": "社会保障和就业"}
    assert {code: class_title(code) for code in titles} == titles
    assert class_title("101") is None
