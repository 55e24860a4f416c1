"""Every word of the pages stands in the catalogues of both languages, and no word too many."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from api.http.language import LANGUAGES, Language
from api.pages.numbers import amount
from api.pages.page_words import catalogue_of, topic, word
from scripts.page_words import FREE, code_words, texts, wanted

PART = re.compile(r"%(?:\([a-z]+\))?s")
LETTERS = re.compile(r"\w")
CHINESE = re.compile("[一-鿿]")


def kept(language: Language) -> Catalog:
    with catalogue_of(language).open("rb") as file:
        return read_po(file, locale=language)


def entries(catalogue: Catalog) -> list[Message]:
    return [entry for entry in catalogue if entry.id]


def named(catalogue: Catalog) -> set[tuple[object, object]]:
    return {(entry.context, entry.id) for entry in entries(catalogue)}


def forms(text: object) -> tuple[str, ...]:
    """Return the plural forms of a text, or the one that it has."""
    return tuple(map(str, text)) if isinstance(text, tuple | list) else (str(text),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_what_pages_may_say_and_nothing_else(language: Language) -> None:
    catalogue = kept(language)
    assert named(catalogue) == named(wanted(language, catalogue))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_untranslated_or_fuzzy(language: Language) -> None:
    catalogue = kept(language)
    assert [e.id for e in entries(catalogue) if e.fuzzy or not all(forms(e.string))] == []
    assert not catalogue.obsolete
    assert len(entries(catalogue)) > 350


def test_words_that_no_code_lists_are_in_both_languages() -> None:
    free = [
        {(e.context, e.id) for e in entries(kept(language)) if e.context in FREE}
        for language in LANGUAGES
    ]
    assert free[0] == free[1]
    assert {kind for kind, _ in free[0]} == FREE


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_takes_the_same_parts(language: Language) -> None:
    for entry in entries(kept(language)):
        parts = set(PART.findall(forms(entry.id)[0]))
        assert all(set(PART.findall(form)) == parts for form in forms(entry.string)), entry.id


def test_chinese_words_are_chinese_and_templates_are_written_in_chinese() -> None:
    left = [e.id for e in entries(kept("zh")) if not CHINESE.search(forms(e.string)[0])]
    assert {forms(text)[0] for text in left} == {"percent"}
    foreign = {text for _, text in texts() if not CHINESE.search(PART.sub("", text))}
    # Marks between words are in both languages.
    assert {text for text in foreign if LETTERS.search(PART.sub("", text))} == {"（%(time)s UTC）"}


def test_english_has_a_plural() -> None:
    assert amount(1, "organisation", "en") == "1 organisation"
    assert amount(1_234, "organisation", "en") == "1,234 organisations"
    assert amount(1, "organisation", "zh") == "1 家"
    assert amount(2, "item:quilt", "en") == "2 item:quilt"


def test_a_topic_is_said_in_words() -> None:
    assert topic("fund.carried-over.v1", "en") == "Fund carried over"
    assert topic("fund.carried-over", "zh") == "资金 · 结转"
    for kind, some in code_words().items():
        for name in some:
            assert CHINESE.search(word(kind, name, "zh")) or name == "percent" or kind == "unit"


def test_a_word_that_is_in_no_list_stands_for_itself() -> None:
    assert word("programme", "of-tomorrow", "en") == "of-tomorrow"
