"""What a row or a command says, as a person reads it: money in 元, lists, words for codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple, cast

from api.desk.form_fields import FormField, every_field, fields_of
from api.http.language import Language
from api.http.translation import state_word
from api.pages.numbers import measure
from api.pages.page_words import phrase, word
from domain import AGGREGATES

# Kinds whose subjects have a page at the desk, each with its collection.
COLLECTIONS: Mapping[str, str] = {
    kind.KIND: kind.COLLECTION
    for kind in AGGREGATES
    if kind.COLLECTION not in {"persons", "webhooks"}
}


class LabelledValue(NamedTuple):
    """A value with its label and, where it names a subject, the subject's page."""

    label: str
    text: str
    link: str = ""


def page_of(subject: object) -> str:
    """Return the page of a subject; empty where it has none."""
    kind, _, key = str(subject).partition(":")
    if kind == "person" and key:
        return f"/desk/people/{subject}"
    return f"/desk/{COLLECTIONS[kind]}/{key}" if key and kind in COLLECTIONS else ""


def text_of(value: object, language: Language, name: str = "") -> str:
    """Write a value: a quantity with its unit, a list one after another, a flag as yes or no.

    A code is written as the word that the field of its name has for it.
    """
    match value:
        case str():
            return code_word(name, value, language)
        case bool():
            return phrase("是", language) if value else phrase("否", language)
        case {"value": _, "unit": _}:
            return measure(cast("Mapping[str, Any]", value), language)
        case Mapping():
            return phrase("，", language).join(
                f"{label(str(part), language)} {text_of(each, language, str(part))}"
                for part, each in value.items()
                if each not in (None, "")
            )
        case list() | tuple():
            return phrase("；", language).join(text_of(each, language, name) for each in value)
    return "" if value is None else str(value)


def label(name: str, language: Language, command: str = "") -> str:
    """Return the word for a field, which a command may call by a word of its own."""
    own = f"{command}.{name}"
    found = word("form field", own, language)
    text = word("field", name, language) if found == own else found
    return text[:1].upper() + text[1:]


def code_word(name: str, code: str, language: Language) -> str:
    """Return the word for a code that a field holds; a text stands for itself."""
    if name == "state":
        return state_word(code, language)
    return word("choice", code, language) if code in choices().get(name, ()) else code


@cache
def choices() -> Mapping[str, frozenset[str]]:
    """Return the words that the fields of any command offer, by the field's name."""
    found: dict[str, frozenset[str]] = {}
    for field in every_field():
        found[field.word] = found.get(field.word, frozenset()) | frozenset(field.choices)
    return found


def stated(command: str, what: Mapping[str, Any], language: Language) -> Iterator[LabelledValue]:
    """Give what a command says, field by field, in the order of its form."""
    fields = {field.word: field for field in fields_of(command)}
    for name in [*(n for n in fields if n in what), *(n for n in what if n not in fields)]:
        value = what[name]
        text = chosen(fields.get(name), value, language) or text_of(value, language)
        yield LabelledValue(label(name, language, command), text, page_of(value))


def chosen(field: FormField | None, value: object, language: Language) -> str:
    """Return the words of what was chosen in a field that offers words."""
    if field is None or field.control not in {"choice", "several"}:
        return ""
    words = value if isinstance(value, list) else [value]
    return phrase("；", language).join(word("choice", str(each), language) for each in words)
