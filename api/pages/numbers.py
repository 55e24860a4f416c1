"""How numbers are shown on pages: whole fen become 元 with two decimals, nothing is rounded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.http.language import Language
from api.pages.words import UNITS, word

FEN_A_YUAN = 100


def yuan(fen: int) -> str:
    """Write fen as 元: 4048700000 is 40,487,000.00."""
    whole, rest = divmod(abs(fen), FEN_A_YUAN)
    return f"{'−' if fen < 0 else ''}{whole:,}.{rest:02d}"


def amount(value: int | str | None, unit: str, language: Language) -> str:
    """Write a value with its unit; money as 元, what is withheld as a dash."""
    if value is None:
        return "—"
    if isinstance(value, str):
        return f"{value}{word(UNITS, unit, language)}"
    if unit == "fen":
        return f"{yuan(value)} 元" if language == "zh" else f"¥{yuan(value)}"
    if unit == "fen/person-month":
        return f"{yuan(value)} 元/人月" if language == "zh" else f"¥{yuan(value)} / person-month"
    return f"{value:,} {word(UNITS, unit, language)}"


def measure(quantity: Mapping[str, Any], language: Language) -> str:
    """Write a quantity object."""
    return amount(quantity.get("value"), str(quantity.get("unit", "")), language)
