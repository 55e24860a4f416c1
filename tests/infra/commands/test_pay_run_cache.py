"""What was drawn up stays at hand for its release, within bounds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.benefits.rolls import RollLine
from domain.payments.pay_run_lines import Drawn, Due, Terms
from infra.commands.caches.pay_run_cache import PayRunCache

LINE = RollLine("person:a", "entitlement:a", "", "area:city", "a", 1, ("person:a",), "2007-01-01")
DUE: Due = ("tag", LINE, Terms(1, "area:city", "a", "2007-01-01", "", 1, 0))


def drawn(lines: int) -> Drawn:
    return Drawn(1, "payment:aid:2007-03:", [DUE] * lines, 0, 0, "digest")


def test_a_drawing_is_given_away_once() -> None:
    drawings = PayRunCache()
    kept = drawn(3)
    drawings.keep("run", kept)
    assert drawings.take("run") is kept
    assert drawings.take("run") is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 12)), max_size=30))
def test_never_more_lines_are_kept_than_allowed(given_up: list[tuple[str, int]]) -> None:
    drawings = PayRunCache(most_lines=10)
    for name, lines in given_up:
        drawings.keep(name, drawn(lines))
        kept = [len(each.lines) for each in drawings._kept.values()]
        assert sum(kept) == drawings._lines <= 10
        assert (name in drawings._kept) == (lines <= 10)
