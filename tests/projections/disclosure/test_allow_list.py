"""What the public sees stands in one golden file, topic by topic, for a reviewer to read."""

from __future__ import annotations

from pathlib import Path

from domain import AGGREGATES, EVENTS
from domain.kernel.disclosure import Public
from domain.kernel.event_fields import plan
from projections.disclosure.allow_list import LISTS, OPEN

GOLDEN = Path(__file__).parents[2] / "golden" / "public_fields.txt"


def line(topic: str, seen: Public) -> str:
    """Write what the public sees of a topic: its fields, and what else is kept back."""
    fields = [f"{name}*" if name in seen.unlisted else name for name in sorted(seen.fields)]
    hidden = [f"no-{name}" for name in ("reasons",) if not getattr(seen, name)]
    return " ".join([f"{topic}:", *fields, *hidden])


def test_the_public_sees_what_the_golden_file_lists_and_nothing_else() -> None:
    said = [each for each in GOLDEN.read_text(encoding="utf-8").splitlines() if each[0] != "#"]
    assert [line(topic, seen) for topic, seen in OPEN.items()] == said


def test_an_event_states_for_itself_what_is_public() -> None:
    """No class inherits what another one states; every version of a topic states the same."""
    for kind in EVENTS.values():
        bases = [base for base in kind.__mro__[1:] if vars(base).get("PUBLIC")]
        assert not bases or "PUBLIC" in vars(kind), kind
        assert vars(kind).get("PUBLIC") == OPEN.get(kind.TOPIC), kind


def test_what_is_public_is_a_field_of_the_event() -> None:
    for kind in EVENTS.values():
        if kind.TOPIC in OPEN:
            names = {part.name for part in plan(kind)}
            assert names.issuperset(OPEN[kind.TOPIC].fields), kind


def test_no_two_kinds_want_one_place_in_the_documents() -> None:
    default = 1_000
    places = [kind.ORDER for kind in AGGREGATES if default != kind.ORDER]
    public = [kind.PUBLIC_ORDER for kind in AGGREGATES if kind.PUBLIC_ORDER]
    assert sorted({*places}) == places
    assert len({*public}) == len(public) == len(LISTS)


def test_a_life_names_topics_of_its_own_kind() -> None:
    for kind in AGGREGATES:
        if kind.LIFE is not None:
            life = kind.LIFE
            topics = {*life.begins, *life.ends, *life.after}.union(*life.follows)
            assert topics <= {event.TOPIC for event in EVENTS.values()}, kind
            assert {topic.partition(".")[0] for topic in topics} == {kind.KIND}
            assert life.begins, kind
