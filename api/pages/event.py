"""The page of one event: its public record, in words and as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec

from api.http.language import Language
from api.http.problems import NotFound
from api.pages.numbers import amount, measure
from api.pages.page_words import topic, word
from api.pages.rendering import Page, PageResource
from api.queries import parameters
from api.queries.formats import Column, Row, columns
from api.queries.respond import ListPage
from projections.core import event_log
from projections.disclosure.allow_list import OPEN
from projections.disclosure.cloud_event import BARE_TYPE, record, written

# The kind of word that the values of a field are.
VOCABULARY = {
    "programme": "programme",
    "purpose": "purpose",
    "purposes": "purpose",
    "kind": "fund kind",
    "basis": "basis",
    "source": "source",
}
RECORD_COLUMNS = columns("id type subject time sequence partitionkey dataschema data")


class PublicEvent(PageResource):
    """The public record of one event."""

    @cached_property
    def found(self) -> Row:
        """Return the record, asked for once; raise `NotFound` if it is not known yet."""
        query = self.query
        position = parameters.checked("position", query.key, parameters.position)
        is_known = position <= query.moment.position
        stored = event_log.at(query.connection, position) if is_known else None
        if stored is None:
            raise NotFound("the log has not reached position {position}", position=str(position))
        return record(stored, query.origin, "open")

    def columns(self) -> Sequence[Column]:
        """Return the attributes of the record."""
        return RECORD_COLUMNS

    def rows(self) -> Iterable[Row]:
        """Return the one row."""
        return [self.found]

    def whole(self) -> Row | None:
        """Return the one row."""
        return self.found

    def content(self, page: ListPage) -> Mapping[str, Any]:
        """Show what is public of an event, and where it leads."""
        (row,) = page.rows
        shown = {name: value for name, value in row.items() if name not in {"as_of", "known_at"}}
        language = self.query.language
        return {
            "record": row,
            "position": int(row["sequence"]),
            "heading": "" if row["type"] == BARE_TYPE else topic(str(row["type"]), language),
            "said": list(said(str(row["type"]), row["data"], language)),
            "subject_page": subject_page(str(row.get("subject", ""))),
            "raw": msgspec.json.format(written(shown), indent=2).decode(),
            "head": self.query.moment.position,
        }


def subject_page(subject: str) -> str:
    """Return the page of a subject that has one."""
    kind, _, key = subject.partition(":")
    return f"/funds/{key}" if kind == "fund" and key else ""


def said(kind: str, data: Mapping[str, Any], language: Language) -> Iterator[tuple[str, list[str]]]:
    """Say the public content of an event field by field, each in one line or several."""
    for name in ("on", "booked", "authority", "reason"):
        if data.get(name):
            yield word("field", name, language), [str(data[name])]
    for name, value in in_order(kind, data.get("what") or {}).items():
        values = value if isinstance(value, list) else [value]
        yield word("field", name, language), [meant(name, each, language) for each in values]
    for line in data.get("postings") or []:
        yield line["account"], [amount(line["value"], line["unit"], language)]
    if data.get("reverses"):
        yield word("field", "reverses", language), [str(data["reverses"])]


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
            f"{word('field', name, language)}: {plain(each, language)}"
            for name, each in value.items()
        )
    return str(value)


EVENT = Page(
    path="/events/{key}",
    summary="The public record of one event.",
    resource=PublicEvent,
    listed=False,
    template="event.html",
    section="events",
)
