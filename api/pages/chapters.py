"""The eight chapters of the yearly report: what each is called, and which registers stand behind.

A chapter's registers are public collections, so that a newcomer finds from a figure to its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from api.http.language import Language
from api.pages.page_words import phrase, word
from projections.figures import BESIDE, BY_ID
from projections.figures.definition import Definition


class Chapter(NamedTuple):
    """A chapter: its title in Chinese, and its registers."""

    title: str
    registers: tuple[str, ...]


CHAPTERS = {
    1: Chapter("社会工作", ("contracts", "organisations", "projects")),
    2: Chapter("社会救助", ("schemes", "pay-runs", "statements")),
    3: Chapter(
        "社会福利和老龄事业",
        ("facilities", "grants", "contracts", "lottery-reports", "rules"),
    ),
    4: Chapter(
        "社会慈善事业",
        ("donations", "campaigns", "goods", "entries", "honours", "statements"),
    ),
    5: Chapter("社区建设", ("entries", "grants", "honours", "tallies")),
    6: Chapter("优抚安置", ("schemes", "pay-runs", "honours", "tallies")),
    7: Chapter("社会组织", ("organisations", "grants")),
    8: Chapter("社会专项事务", ("areas", "rules", "tallies")),
}
REST = Chapter("其他", ())


def chapters(rows: Iterable[Mapping[str, Any]], language: Language) -> Iterator[dict[str, Any]]:
    """Group figures, which come in the report's order, by its chapters."""
    for number, figures in groupby(rows, key=lambda row: BY_ID[str(row["id"])].chapter):
        chapter = CHAPTERS.get(number, REST)
        yield {
            "anchor": f"chapter-{number}",
            "title": phrase(chapter.title, language),
            "figures": [with_programme(row, language) for row in figures],
            "registers": [
                (f"/open/v1/{name}", word("collection", name, language))
                for name in chapter.registers
            ],
            "beside": [(f.id, title_of(f, language)) for f in BESIDE if f.chapter == number],
        }


def title_of(figure: Definition, language: Language) -> str:
    """Name a figure."""
    return figure.en if language == "en" else figure.zh


def with_programme(row: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Name the programme of a figure."""
    return {**row, "of": word("programme", str(row["programme"]), language)}
