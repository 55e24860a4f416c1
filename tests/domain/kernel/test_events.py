"""What holds of every event, whatever happened."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import NODEFAULT

from domain import EVENTS, KINDS, decode
from domain.kernel import accounts
from domain.kernel.event_fields import plan, row, said, what
from domain.kernel.money import MoneyEvent
from tests.domain.any_event import any_of

if TYPE_CHECKING:
    from domain.kernel.aggregate import Event

TOPICS = Path(__file__).parents[2] / "golden" / "topics.txt"
EVERY_KIND = pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS)


@EVERY_KIND
@settings(max_examples=10)
@given(chance=st.data())
def test_the_lines_of_an_event_sum_to_zero_per_fund_and_unit(
    kind: type[Event], chance: st.DataObject
) -> None:
    event = chance.draw(any_of(kind))
    sums: defaultdict[tuple[str, str], int] = defaultdict(int)
    for line in event.postings():
        account = accounts.parse(line.account)
        assert account.class_ in accounts.CLASSES
        sums[account.fund, line.unit] += line.value
    assert not any(sums.values())
    assert isinstance(event, MoneyEvent) or not event.postings()


@EVERY_KIND
@settings(max_examples=10)
@given(chance=st.data())
def test_an_event_reads_back_as_it_was_written(kind: type[Event], chance: st.DataObject) -> None:
    event = chance.draw(any_of(kind))
    state = msgspec.json.encode(event)
    again = decode(f"{kind.TOPIC}.v{kind.VERSION}", state)
    assert msgspec.json.encode(again) == state
    assert again.postings() == event.postings()
    assert again.facts() == event.facts()


@EVERY_KIND
@settings(max_examples=10)
@given(chance=st.data())
def test_the_words_of_an_event_are_plain_json(kind: type[Event], chance: st.DataObject) -> None:
    event = chance.draw(any_of(kind))
    words = said(event, plan(kind))
    assert msgspec.json.decode(msgspec.json.encode(words)) == words
    assert not words.keys() & {"originator_id", "originator_version", "act", "original"}
    assert not [name for name in words if name.endswith("_")]
    entered = row(event)
    assert entered.pop("state", kind.STATE) == (words.get("state") or kind.STATE)
    # A field that the row names otherwise is one of the words under its own name.
    for field, _, name in (each.partition("=") for each in kind.ROW or ()):
        if name in entered:
            assert entered.pop(name) == words[field.rstrip("_")]
    assert entered.items() <= (words | event.row_instead()).items()


@EVERY_KIND
@settings(max_examples=10)
@given(chance=st.data())
def test_the_words_are_the_same_as_a_struct_whatever_was_not_said(
    kind: type[Event], chance: st.DataObject
) -> None:
    event = chance.draw(any_of(kind))
    unsaid = [part for part in plan(kind) if part.default is not NODEFAULT]
    left_out = chance.draw(st.lists(st.sampled_from(unsaid))) if unsaid else []
    event = msgspec.structs.replace(event, **{part.field: part.default for part in left_out})
    stored = decode(f"{kind.TOPIC}.v{kind.VERSION}", msgspec.json.encode(event))
    assert msgspec.json.decode(msgspec.json.encode(what(stored))) == said(stored, plan(kind))


def test_a_topic_is_never_renamed_or_removed_and_every_one_is_listed() -> None:
    assert TOPICS.read_text().splitlines() == sorted(EVENTS)


def test_a_topic_begins_with_the_kind_of_its_subject() -> None:
    assert {topic.partition(".")[0] for topic in EVENTS} <= KINDS.keys()
