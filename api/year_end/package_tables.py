"""The tables of a year's package, which the workbook and the PDF write alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from api.queries.formats import Column, Row, Total, columns, quantity
from api.resources.accounts import stated
from infra.config.clock import zone

if TYPE_CHECKING:
    from projections.casework.year_end import YearBooks

SUMS = ("opening", "at_closing", "as_known", "late")


class PackageTable(NamedTuple):
    """One table: its name, its columns, its rows, its sums."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    totals: Sequence[Total] = ()


def tables(books: YearBooks) -> list[PackageTable]:
    """Return the tables in their order."""
    return [
        PackageTable(
            "trial balance",
            columns(f"fund earmark stage {' '.join(SUMS)}", quantities=" ".join(SUMS)),
            [*trial_rows(books)],
            [
                Total(
                    name,
                    sum(getattr(line, name) for line in books.trial if line.unit == "fen"),
                    "fen",
                )
                for name in SUMS
            ],
        ),
        PackageTable(
            "fund statements",
            columns("fund part name amount", quantities="amount"),
            [*statement_rows(books)],
        ),
        PackageTable(
            "late facts",
            columns("position on booked recorded_at topic subject amount", quantities="amount"),
            [*late_rows(books)],
        ),
    ]


def trial_rows(books: YearBooks) -> Iterator[Row]:
    """Give the lines of the trial balance."""
    for line in books.trial:
        said: dict[str, Any] = {"fund": line.fund, "earmark": line.earmark, "stage": line.stage}
        yield said | {name: quantity(getattr(line, name), line.unit) for name in SUMS}


def statement_rows(books: YearBooks) -> Iterator[Row]:
    """Give the statements of all funds, line by line."""
    for fund, said in sorted(books.statements.items()):
        for row in stated(said):
            if row["part"] in {"opening", "closing"} and not row["value"]:
                continue
            yield {
                "fund": fund,
                "part": row["part"],
                "name": row["name"],
                "amount": quantity(row["value"], row["unit"]),
            }


def late_rows(books: YearBooks) -> Iterator[Row]:
    """Give the facts that came late, in the order of the log."""
    for fact in books.late:
        yield {
            "position": fact.position,
            "on": fact.on,
            "booked": fact.booked,
            "recorded_at": f"{fact.recorded_at.astimezone(zone()):%Y-%m-%d %H:%M}",
            "topic": fact.topic,
            "subject": fact.subject,
            "amount": quantity(fact.amount, fact.unit),
        }
