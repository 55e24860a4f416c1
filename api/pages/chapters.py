"""The eight chapters of the yearly report: what each is called, and which registers stand behind.

A chapter's registers are public collections, so that a newcomer finds from a figure to its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from api.http.language import Language
from api.pages.words import PROGRAMMES, Pair, word
from projections.figures import BY_ID, KNOWN

COLLECTIONS: Mapping[str, Pair] = {
    "areas": ("区划", "areas"),
    "campaigns": ("募捐活动", "campaigns"),
    "contracts": ("购买服务合同", "contracts"),
    "donations": ("捐赠", "donations"),
    "entries": ("名册条目", "entries"),
    "facilities": ("福利机构", "facilities"),
    "goods": ("物资与估值", "goods and their value"),
    "grants": ("资助", "grants"),
    "honours": ("表彰", "honours"),
    "lottery-reports": ("福利彩票报告", "lottery reports"),
    "organisations": ("社会组织", "organisations"),
    "pay-runs": ("发放批次", "pay runs"),
    "projects": ("项目", "projects"),
    "rules": ("标准与规定", "rules"),
    "schemes": ("补助政策", "schemes"),
    "statements": ("引用数据", "statements"),
    "tallies": ("工作量统计", "tallies"),
}


class Chapter(NamedTuple):
    """A chapter: its title in both languages, and its registers; and the figures beside its own."""

    title: Pair
    registers: tuple[str, ...]
    beside: tuple[str, ...] = ()


CHAPTERS = {
    1: Chapter(("社会工作", "Social work"), ("contracts", "organisations", "projects")),
    2: Chapter(
        ("社会救助", "Social assistance"), ("schemes", "pay-runs", "statements"), ("refuge.helped",)
    ),
    3: Chapter(
        ("社会福利和老龄事业", "Welfare and ageing"),
        ("facilities", "grants", "contracts", "lottery-reports", "rules"),
    ),
    4: Chapter(
        ("社会慈善事业", "Charity"),
        ("donations", "campaigns", "goods", "entries", "honours", "statements"),
        ("federation.refunds",),
    ),
    5: Chapter(("社区建设", "Community building"), ("entries", "grants", "honours", "tallies")),
    6: Chapter(("优抚安置", "Veterans"), ("schemes", "pay-runs", "honours", "tallies")),
    7: Chapter(("社会组织", "Social organisations"), ("organisations", "grants")),
    8: Chapter(("社会专项事务", "Other affairs"), ("areas", "rules", "tallies")),
}
REST = Chapter(("其他", "Other figures"), ())


def chapters(rows: Iterable[Mapping[str, Any]], language: Language) -> Iterator[dict[str, Any]]:
    """Group figures, which come in the report's order, by its chapters."""
    for number, figures in groupby(rows, key=lambda row: BY_ID[str(row["id"])].chapter):
        chapter = CHAPTERS.get(number, REST)
        yield {
            "anchor": f"chapter-{number}",
            "title": chapter.title[language == "en"],
            "figures": [with_programme(row, language) for row in figures],
            "registers": [
                (f"/open/v1/{name}", word(COLLECTIONS, name, language))
                for name in chapter.registers
            ],
            "beside": [(name, title_of(name, language)) for name in chapter.beside],
        }


def title_of(figure: str, language: Language) -> str:
    """Name a figure."""
    known = KNOWN[figure]
    return known.en if language == "en" else known.zh


def with_programme(row: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Name the programme of a figure."""
    return {**row, "of": word(PROGRAMMES, str(row["programme"]), language)}
