"""The desk's navigation: which pages there are, for whom, and by which keys."""

from __future__ import annotations

from typing import NamedTuple

from domain.office.roles import WRITERS
from projections.disclosure.clearance import CLOSE, READERS


class NavigationEntry(NamedTuple):
    """A page in the navigation: its section, address and Chinese title, for whom, and its key.

    The key follows `g`; a page adds its entry here.
    """

    section: str
    path: str
    title: str
    roles: frozenset[str]
    key: str


WRITING = frozenset(WRITERS)
ALL = (
    NavigationEntry("work", "/desk", "待办", READERS, "w"),
    NavigationEntry("pay-runs", "/desk/pay-runs", "发放批次", READERS, "b"),
    NavigationEntry("funds", "/desk/funds", "资金", READERS, "f"),
    NavigationEntry("journal", "/desk/journal", "日记账", READERS, "j"),
    NavigationEntry("pivot", "/desk/pivot", "透视表", READERS, "t"),
    NavigationEntry("budget", "/desk/budget", "预算执行", READERS, "u"),
    NavigationEntry("periods", "/desk/periods", "期间", READERS, "d"),
    NavigationEntry("registers", "/desk/registers", "名册", READERS, "r"),
    NavigationEntry("people", "/desk/people", "查人", CLOSE, "s"),
    NavigationEntry("proposals", "/desk/proposals", "提议", READERS, "p"),
    NavigationEntry("bank", "/desk/bank", "银行", CLOSE, "n"),
    NavigationEntry("arrears", "/desk/arrears", "补差", CLOSE, "a"),
    NavigationEntry("what-if", "/desk/what-if", "标准试算", CLOSE, "x"),
    NavigationEntry("audit", "/desk/audit", "审计", CLOSE, "e"),
    NavigationEntry("commands", "/desk/commands", "办理", WRITING, "c"),
    NavigationEntry("import", "/desk/import", "导入", WRITING, "i"),
)


def entries(roles: frozenset[str]) -> list[NavigationEntry]:
    """Return what somebody with these roles may open."""
    return [entry for entry in ALL if entry.roles & roles]
