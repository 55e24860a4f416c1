"""What cannot be read of a request: each wrong part with its JSON pointer and what is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from domain.kernel.sentences import InvalidValue, Sentence


class WrongPart(NamedTuple):
    """One wrong part of a request; `pointer` is its JSON pointer, empty for the whole."""

    pointer: str
    sentence: Sentence


QUOTED = re.compile("'([^']*)'")
# What pydantic finds wrong, by its own name for it; the parts are those of its context.
FOUND = {
    "missing": "this field is required",
    "extra_forbidden": "there is no such field here",
    "string_type": "must be a text",
    "string_pattern_mismatch": "must match {pattern}",
    "string_too_long": "must have at most {max_length} characters",
    "string_too_short": "must have at least {min_length} characters",
    "string_unicode": "must be text in Unicode",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "tuple_type": "must be an array",
    "too_long": "must have at most {max_length} entries",
}


def wrong_parts_in(errors: Iterable[Mapping[str, Any]], *, base: str = "") -> list[WrongPart]:
    """Return what pydantic found, below a base; `loc` begins below it."""
    return [WrongPart(base + pointer(error["loc"]), sentence_of(error)) for error in errors]


def sentence_of(error: Mapping[str, Any]) -> Sentence:
    """Return the sentence of one wrong part: a reader's own, else the one for its kind."""
    parts = error.get("ctx", {})
    own = parts.get("error")
    if isinstance(own, InvalidValue):
        return own.sentence
    if error["type"] == "literal_error":
        return Sentence("must be one of {words}", words=QUOTED.findall(parts["expected"]))
    sentence = FOUND.get(error["type"])
    if sentence is None:
        return Sentence("is not valid: {reason}", reason=str(error["msg"]))
    return Sentence(sentence, **{name: str(part) for name, part in parts.items()})


def pointer(place: Sequence[int | str]) -> str:
    """Write a place as a JSON pointer (RFC 6901)."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in place)
