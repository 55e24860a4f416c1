"""How numbers are shown on pages: whole fen become 元 with two decimals, nothing is rounded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.http.language import Language
from api.pages.page_words import counted, phrase, word
from domain.kernel.sentences import in_yuan


def amount(value: int | str | None, unit: str, language: Language) -> str:
    """Write a value with its unit; money as 元, what is withheld as a dash."""
    if value is None:
        return "—"
    if isinstance(value, str):
        return f"{value}{word('rate', unit, language)}"
    if unit == "fen":
        return phrase("%s 元", language) % in_yuan(value)
    if unit == "fen/person-month":
        return phrase("%s 元/人月", language) % in_yuan(value)
    return counted(value, unit, language)


def measure(quantity: Mapping[str, Any], language: Language) -> str:
    """Write a quantity object."""
    return amount(quantity.get("value"), str(quantity.get("unit", "")), language)
