"""An exception: an act or a state of money that an auditor should look at, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from infra.verify.check import LogAtHead
    from projections.core.view import Moment

# Glossary, in this order: 停发后支付 重复支付 互斥待遇 退回未处理 闲置资金 超用途 逾期支付
# 自审自批 日余额为负 资金回流 化整为零 休息日办理 一人包办 缺少凭证 凭证重复使用 少发.
ExceptionKind: TypeAlias = Literal[
    "paid-after-stop",
    "paid-twice",
    "excluded-pair",
    "returned-idle",
    "idle-money",
    "off-purpose",
    "paid-late",
    "self-approved",
    "negative-day",
    "round-trip",
    "split-below-threshold",
    "weekend",
    "alone",
    "no-evidence",
    "duplicate-document",
    "underpaid",
]
KINDS: tuple[ExceptionKind, ...] = get_args(ExceptionKind)


class ExceptionRow(NamedTuple):
    """One exception: whose it is, the events that make it, and what makes it one.

    `amount` is in fen unless `unit` says otherwise; `days` is how long it lasts or took; `by` who
    did it last, where it is known without reading the events.
    """

    kind: ExceptionKind
    subject: str
    events: tuple[int, ...]
    detail: str = ""
    amount: int | None = None
    unit: str = "fen"
    days: int | None = None
    by: str = ""


@dataclass
class AuditContext:
    """What is asked: the log at its head, up to a day, counted to a day, and from which limits."""

    log: LogAtHead
    moment: Moment
    # `days` count to this day.
    day: date
    # By kind; days, or fen of a split sum.
    limits: Mapping[str, int] = field(default_factory=dict)


def told(row: ExceptionRow) -> dict[str, Any]:
    """Return the row of an answer; its id is that of its kind and events."""
    said: dict[str, Any] = {
        "id": ":".join([row.kind, row.subject, *map(str, row.events)]),
        "kind": row.kind,
        "subject": row.subject,
        "events": list(row.events),
    }
    if row.amount is not None:
        said["amount"] = {"value": row.amount, "unit": row.unit}
    if row.days is not None:
        said["days"] = row.days
    if row.detail:
        said["detail"] = row.detail
    if row.by:
        said["by"] = row.by
    return said
