"""What a person types in a form becomes the JSON of a command: exactly, or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.commands.catalogue import catalogue
from api.commands.schemas import SCHEMAS
from api.desk.form_fields import every_field, fields_of
from api.desk.form_values import FormReader, day, fen, in_form, month, whole
from domain.kernel.money import MOST
from domain.kernel.sentences import InvalidValue

pytestmark = pytest.mark.quick


@given(st.integers(0, MOST))
def test_every_amount_that_is_shown_is_read_again_to_the_fen(amount: int) -> None:
    shown = in_form(amount)
    assert fen(shown) == amount
    assert fen(f"{amount // 100:,}.{amount % 100:02d}") == amount
    assert fen(f" ￥{shown} 元 ") == amount


@given(st.integers(0, MOST // 100), st.integers(0, 9))
def test_no_more_than_what_is_typed_is_read(yuan: int, tenth: int) -> None:
    assert fen(str(yuan)) == yuan * 100
    assert fen(f"{yuan}.{tenth}") == yuan * 100 + tenth * 10


def test_full_width_digits_are_digits() -> None:
    assert fen("１，２３４．５０") == 123450
    assert whole("１２") == 12
    assert day("２００７年３月７日") == "2007-03-07"


@pytest.mark.parametrize(
    "text",
    ["", "1.234", "-5", "1,23", "12,34.5", "1e3", "abc", "1.", ".5", "5 万元", "0x1", "1 2", "½",
     "9" * 30, "NaN", "１．２３４", "1_000", "٣"],
)  # fmt: skip
def test_what_is_no_amount_in_yuan_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        fen(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [("2007-03-07", "2007-03-07"), ("2007-3-7", "2007-03-07"), ("2007/3/7", "2007-03-07"),
     ("2007年3月7日", "2007-03-07"), ("20070307", "2007-03-07"), ("7.3.2007", "7.3.2007")],
)  # fmt: skip
def test_days_are_read_as_they_are_written_here(text: str, read: str) -> None:
    assert day(text) == read
    assert month("2007年3月") == month("2007-3") == "2007-03"


def test_there_is_a_form_for_every_command_with_a_control_for_each_of_its_fields() -> None:
    controls = {"text", "long", "day", "month", "yuan", "number", "flag", "choice", "several",
                "lines", "rows", "group", "quantity", "pairs"}  # fmt: skip
    for entry in catalogue():
        fields = fields_of(entry["command"])
        assert [field.word for field in fields] == list(entry["schema"].get("properties", {}))
        required = {field.word for field in fields if field.required}
        assert required == set(entry["schema"].get("required", ()))
    assert {field.control for field in every_field()} == controls
    assert len(SCHEMAS) == len(catalogue())


def test_rows_ticks_lines_and_units_are_put_together() -> None:
    rates = fields_of("scheme.adopt")
    typed = {
        "what.rates.0.tier": "full", "what.rates.0.amount": "300.5", "what.rates.2.tier": "half",
        "what.rates.1.tier": " ", "what.excludes": "scheme:a\n\n scheme:b ",
        "what.after_death_months": "2",
    }  # fmt: skip
    reader = FormReader(typed)
    assert reader.what(rates) == {
        "rates": [{"tier": "full", "amount": {"value": 30050, "unit": "fen"}}, {"tier": "half"}],
        "excludes": ["scheme:a", "scheme:b"],
        "after_death_months": 2,
    }
    ticked = FormReader({"what.purposes.3": "veterans", "what.purposes.0": "aid-poor"})
    assert ticked.what(fields_of("fund.change-purpose")) == {"purposes": ["aid-poor", "veterans"]}
    rule = {"what.amount.value": "12.30", "what.amount.unit": "fen"}
    assert FormReader(rule).what(fields_of("rule.enact")) == {
        "amount": {"value": 1230, "unit": "fen"}
    }
    share = {"what.amount.value": "27.2", "what.amount.unit": "percent"}
    assert FormReader(share).what(fields_of("rule.enact")) == {
        "amount": {"value": "27.2", "unit": "percent"}
    }
    outcome = {"what.outcomes": "visits 12 person-time\ncalls=3"}
    assert FormReader(outcome).what(fields_of("contract.confirm-month")) == {
        "outcomes": {
            "visits": {"value": 12, "unit": "person-time"},
            "calls": {"value": 3, "unit": "case"},
        }
    }
    assert not reader.errors


def test_what_cannot_be_read_is_noted_under_its_own_field() -> None:
    typed = {"what.rates.0.amount": "1.234", "what.after_death_months": "two"}
    reader = FormReader(typed)
    reader.what(fields_of("scheme.adopt"))
    assert [name for name, _ in reader.errors] == [
        "what.after_death_months", "what.rates.0.amount",
    ]  # fmt: skip


def test_a_thousand_rows_are_not_read() -> None:
    reader = FormReader({f"what.rates.{n}.tier": "x" for n in range(4000)})
    assert len(reader.what(fields_of("scheme.adopt"))["rates"]) == 500
