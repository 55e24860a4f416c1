"""What a reader asks: the parameters of every reading address, checked in one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any, TypeAlias

from starlette.requests import Request

from api.http.language import LANGUAGES, Language, spoken
from api.http.middleware import request_line
from api.http.negotiation import Form, accepted
from api.http.problems import NotFound, Unreadable
from api.http.state import Words, ledger_of, state_of, unworded
from api.http.wrong_parts import WrongPart
from domain.kernel.days import DAY, calendar_day, within_books
from domain.kernel.sentences import InvalidValue, Sentence
from infra.config.clock import day_of, in_zone
from infra.ledger import Ledger
from projections.disclosure import Zone
from projections.disclosure.clearance import NOBODY, OfficeReader

Reader: TypeAlias = Callable[[str], Any]

PER_PAGE, MOST_PER_PAGE = 100, 1000
# A filter may be given so often, and so many of its values may hold a `*`.
MOST_REPEATS, MOST_GLOBS = 100, 16
MOST_POSITION = 2**62
POSITION = re.compile(r"[0-9]{1,18}")
INSTANT = re.compile(
    DAY.pattern + r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9:]{5})?"
)


def position(text: str) -> int:
    """Read a position: 1, 2, 3 ..."""
    if not POSITION.fullmatch(text) or int(text) < 1:
        raise InvalidValue("a position is a whole number from 1")
    return int(text)


def day(text: str) -> date:
    """Read a calendar day."""
    return calendar_day(text)


def known(text: str) -> int | date:
    """Read a position, an instant, or a day; a time without an offset is one of the zone."""
    if DAY.fullmatch(text):
        return day(text)
    return instant(text) if INSTANT.fullmatch(text.replace(" ", "+")) else position(text)


def instant(text: str) -> datetime:
    """Read an instant, or a time of the jurisdiction's zone."""
    try:
        found = in_zone(datetime.fromisoformat(text.replace(" ", "+")))
    except ValueError:
        raise InvalidValue("there is no instant {instant}", instant=text) from None
    within_books(found.date())
    return found


def day_or_time(text: str) -> date:
    """Read a day, or an instant, which stands for its day in the jurisdiction's zone."""
    return day_of(instant(text)) if INSTANT.fullmatch(text.replace(" ", "+")) else day(text)


def between(low: int, high: int) -> Reader:
    """Make a reader of whole numbers."""

    def read(text: str) -> int:
        if not POSITION.fullmatch(text) or not low <= int(text) <= high:
            raise InvalidValue(
                "must be a whole number from {low} to {high}", low=str(low), high=str(high)
            )
        return int(text)

    return read


def one_of(*words: str) -> Reader:
    """Make a reader of a choice."""

    def read(text: str) -> str:
        if text not in words:
            raise InvalidValue("must be one of {words}", words=words)
        return text

    return read


def text(value: str) -> str:
    """Read any text."""
    return value


def area(value: str) -> str:
    """Read an area, by its id or its key; no other kind of id is looked for."""
    if not value.removeprefix("area:") or (":" in value and not value.startswith("area:")):
        raise InvalidValue("this takes areas alone: area:<key>, as /open/v1/areas lists them")
    return value


AREAS: Mapping[str, Reader] = {"area": area, "area_exact": area}
TIMES: Mapping[str, Reader] = {"as_of": day_or_time, "known_at": known, "min_position": position}
SPEECH: Mapping[str, Reader] = {"lang": one_of(*LANGUAGES)}
PAGING: Mapping[str, Reader] = {"limit": between(1, MOST_PER_PAGE), "after": text}


@dataclass(frozen=True, kw_only=True)
class RequestContext:
    """A request to read, checked: what is asked, in which zone, format and language.

    `path` is the address without a suffix, `address` as it was sent, `pairs` the query as it
    stands; `where` are filters, each with its alternatives; `reader` reads in the office; `words`
    has the words for fields.
    """

    ledger: Ledger
    zone: Zone
    form: Form
    language: Language
    path: str
    address: str
    key: str
    is_head: bool
    pairs: Sequence[tuple[str, str]]
    if_none_match: str
    single: Mapping[str, Any]
    where: Mapping[str, tuple[str, ...]]
    reader: OfficeReader = NOBODY
    words: Words = unworded

    @property
    def known_position(self) -> int | None:
        """Return the position that the reader names, if it names one."""
        named = self.single.get("known_at")
        return named if isinstance(named, int) else None


def read(
    request: Request,
    *,
    zone: Zone,
    single: Mapping[str, Reader],
    filters: Mapping[str, Reader],
    offered: tuple[Form, ...],
    reader: OfficeReader = NOBODY,
) -> RequestContext:
    """Read a request; whatever is unknown or cannot be read is refused (`Unreadable`)."""
    values, where = read_query(request, {**SPEECH, **single}, filters)
    line = request_line(request.scope)
    return RequestContext(
        ledger=ledger_of(request),
        zone=zone,
        form=form_of(line.suffix, request.headers.get("accept", ""), offered),
        language=spoken(request),
        path=request.url.path,
        address=line.address,
        key=request.path_params.get("key", ""),
        is_head=line.is_head,
        pairs=request.query_params.multi_items(),
        if_none_match=request.headers.get("if-none-match", ""),
        single=values,
        where=where,
        reader=reader,
        words=state_of(request.app).words,
    )


def read_query(
    request: Request, readers: Mapping[str, Reader], filters: Mapping[str, Reader]
) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """Read what stands once, and the filters; all that is wrong is said together."""
    values: dict[str, Any] = {}
    where: dict[str, tuple[str, ...]] = {}
    wrong_parts: list[WrongPart] = []
    for name in dict.fromkeys(request.query_params):
        given = request.query_params.getlist(name)
        try:
            if name in readers:
                values[name] = only(given, readers[name])
            else:
                where[name] = any_of(given, filters.get(name) or unknown(readers, filters))
        except InvalidValue as mistake:
            wrong_parts.append(WrongPart(f"/{name}", mistake.sentence))
    if wrong_parts:
        raise Unreadable(*wrong_parts)
    return values, where


def only(given: list[str], reader: Reader) -> Any:
    """Read a parameter that stands once."""
    if len(given) > 1:
        raise InvalidValue("give this parameter once")
    if "\x00" in given[0]:
        raise InvalidValue("must hold no control character")
    try:
        return reader(given[0])
    except InvalidValue:
        raise
    except ValueError as mistake:
        raise InvalidValue("is not valid: {reason}", reason=str(mistake)) from None


def checked(name: str, given: str, reader: Reader) -> Any:
    """Read one word of an address."""
    try:
        return only([given], reader)
    except InvalidValue as mistake:
        raise Unreadable(WrongPart(f"/{name}", mistake.sentence)) from None


def wrong(pointer: str, text: str, /, **parts: object) -> Unreadable:
    """Say which parameter cannot be used, and why."""
    return Unreadable(WrongPart(pointer, Sentence(text, **parts)))


def any_of(given: list[str], reader: Reader) -> tuple[str, ...]:
    """Read a filter, of which one value must hold."""
    if len(given) > MOST_REPEATS:
        raise InvalidValue("give this parameter at most {most} times", most=str(MOST_REPEATS))
    if sum("*" in each for each in given) > MOST_GLOBS:
        raise InvalidValue("at most {most} values hold a `*`", most=str(MOST_GLOBS))
    return tuple(str(only([each], reader)) for each in given)


def unknown(*names: Mapping[str, Reader]) -> Reader:
    """Make a reader that refuses, and says which names there are."""

    def read(_text: str) -> str:
        raise InvalidValue(
            "there is no such parameter here; there are {names}", names=tuple(chain(*names))
        )

    return read


def form_of(suffix: Form | None, accept: str, offered: tuple[Form, ...]) -> Form:
    """Choose the format: the address's suffix, else the Accept header, else the first offered."""
    if suffix is not None and suffix not in offered:
        raise NotFound(
            "there is no form .{form} here; there are {forms}", form=suffix, forms=offered
        )
    if suffix is not None:
        return suffix
    return accepted(accept, offered, offered[0])
