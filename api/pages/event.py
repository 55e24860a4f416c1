"""The page of one event: its public record, in words and as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from api.http.language import Language
from api.http.problems import NotFound
from api.pages.event_words import FIELDS, topic
from api.pages.numbers import amount, measure
from api.pages.rendering import Page
from api.pages.words import BASES, FUND_KINDS, PROGRAMMES, PURPOSES, SOURCES, word
from api.queries import parameters
from api.queries.formats import columns
from api.queries.resource import Answer, Question, Source
from api.queries.resource import Sheet as Shown
from projections.core import event_log
from projections.core.event_log import Reading
from projections.disclosure.allow_list import OPEN
from projections.disclosure.cloud_event import record, written

VOCABULARY = {
    "programme": PROGRAMMES,
    "purpose": PURPOSES,
    "purposes": PURPOSES,
    "kind": FUND_KINDS,
    "basis": BASES,
    "source": SOURCES,
}
COLUMNS = columns("id type subject time sequence partitionkey dataschema data")


def ask(connection: Reading, question: Question) -> Answer:
    """Ask for the public record of an event that is known at the moment asked for."""
    position = parameters.checked("position", question.key, parameters.position)
    line = event_log.at(connection, position) if position <= question.moment.position else None
    if line is None:
        raise NotFound("the log has not reached position {position}", position=str(position))
    row = record(line, question.jurisdiction, "open")
    return Answer(rows=[row], columns=COLUMNS, whole=row)


def content(answer: Answer, _sheet: Shown, question: Question) -> Mapping[str, Any]:
    """Show what is public of an event, and where it leads."""
    row = dict(answer.whole or {})
    shown = {name: value for name, value in row.items() if name not in {"as_of", "known_at"}}
    return {
        "record": row,
        "position": int(row["sequence"]),
        "heading": topic(str(row["type"]), question.language),
        "said": list(said(str(row["type"]), row["data"], question.language)),
        "subject_page": page_of(str(row.get("subject", ""))),
        "raw": msgspec.json.format(written(shown), indent=2).decode(),
        "head": question.moment.position,
    }


def page_of(subject: str) -> str:
    """Return the page of a subject that has one."""
    kind, _, key = subject.partition(":")
    return f"/funds/{key}" if kind == "fund" and key else ""


def said(kind: str, data: Mapping[str, Any], language: Language) -> Iterator[tuple[str, list[str]]]:
    """Say the public content of an event field by field, each in one line or several."""
    for name in ("on", "booked", "authority", "reason"):
        if data.get(name):
            yield word(FIELDS, name, language), [str(data[name])]
    for name, value in in_order(kind, data.get("what") or {}).items():
        values = value if isinstance(value, list) else [value]
        yield word(FIELDS, name, language), [meant(name, each, language) for each in values]
    for line in data.get("postings") or []:
        yield line["account"], [amount(line["value"], line["unit"], language)]
    if data.get("reverses"):
        yield word(FIELDS, "reverses", language), [str(data["reverses"])]


def in_order(kind: str, words: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put what was said in the order in which the public list of its topic names it."""
    seen = OPEN.get(kind.rpartition(".v")[0])
    fields = seen.fields if seen else ()
    return {**{name: words[name] for name in fields if name in words}, **words}


def meant(name: str, value: object, language: Language) -> str:
    """Say a value in the words of its field, where there are some."""
    vocabulary = VOCABULARY.get(name)
    return plain(value, language) if vocabulary is None else word(vocabulary, str(value), language)


def plain(value: object, language: Language) -> str:
    """Say a value: quantities with their unit, lists in a row."""
    if isinstance(value, Mapping) and {"value", "unit"} <= value.keys():
        return measure(value, language)
    if isinstance(value, list):
        return "; ".join(plain(each, language) for each in value)
    if isinstance(value, Mapping):
        return ", ".join(
            f"{word(FIELDS, name, language)}: {plain(each, language)}"
            for name, each in value.items()
        )
    return str(value)


EVENT = Page(
    template="event.html",
    section="events",
    context=content,
    source=Source(
        path="/events/{key}", says="The public record of one event.", ask=ask, listed=False
    ),
)
