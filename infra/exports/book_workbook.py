"""A year's books in one workbook (账册): balances, vouchers by month, statements of the funds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from domain.kernel.sentences import FEN_A_YUAN
from infra.exports.account_turnover import AccountTurnover
from infra.exports.plain_text import amount
from projections.accounts import fund_statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from projections.core.event_log import Reading
    from projections.core.view import Moment

FILE = "books.xlsx"
# A sheet has 1,048,576 rows; the rest goes on another.
MOST_ROWS = 1_000_000
# A cell keeps fifteen digits: a greater number stands as text, to its last digit.
MOST_EXACT = 10**15
WIDTH = 18
BALANCES = ("科目", "单位", "年初余额（元）", "借方（元）", "贷方（元）", "年末余额（元）")
VOUCHERS = ("凭证号", "行号", "记账日期", "发生日期", "科目", "借方（元）", "贷方（元）", "单位",
            "摘要", "对象", "预算科目", "制单人")  # fmt: skip
MONEY_AFTER = 2
STATEMENTS = ("资金", "方向", "来源或项目", "金额（元）")


class BookWorkbook:
    """Writes the workbook from postings, which are read twice: for the sums, for the lines."""

    def __init__(self, path: Path, at: datetime | None) -> None:
        """Open it; `at` is when it says to be made, so that the same books are the same bytes."""
        # Whoever exports no workbook has no use for it.
        import xlsxwriter  # noqa: PLC0415 - as above

        self.book = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "strings_to_formulas": False,
                        "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"},
        )  # fmt: skip
        if at is not None:
            self.book.set_properties({"created": at.replace(tzinfo=None)})
        self.head = self.book.add_format({"bold": True, "bg_color": "#EDF1F4", "bottom": 1})
        self.money = self.book.add_format({"num_format": "#,##0.00"})
        self.day = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.turnover = AccountTurnover()
        self.counted = 0

    def sheet(self, name: str, titles: Sequence[str]) -> Any:
        """Begin a sheet: its head stays in sight."""
        made = self.book.add_worksheet(name)
        made.set_column(0, len(titles) - 1, WIDTH)
        made.freeze_panes(1, 0)
        made.write_row(0, 0, titles, self.head)
        return made

    def cell(self, sheet: Any, row: int, column: int, value: object, unit: str = "") -> None:
        """Write a cell: money as 元, days as days, all else as text or number."""
        if isinstance(value, int) and unit == "fen":
            if abs(value) >= MOST_EXACT:
                sheet.write_string(row, column, amount(value, unit))
            else:
                sheet.write_number(row, column, value / FEN_A_YUAN, self.money)
        elif isinstance(value, int):
            sheet.write_number(row, column, value)
        elif hasattr(value, "isoformat"):
            sheet.write_datetime(row, column, value, self.day)
        elif value:
            sheet.write_string(row, column, str(value))

    def write(
        self, read: Callable[[], Iterable[dict[str, Any]]], connection: Reading, moment: Moment
    ) -> None:
        """Write all sheets of the year of the moment's day, else of the last that is booked."""
        for row in read():
            self.turnover.add(row)
        months = sorted({month for moved in self.turnover.moved.values() for month in moved})
        year = str(moment.as_of.year) if moment.as_of else (months[-1][:4] if months else "")
        self.balances(year)
        if year:
            days = date(int(year), 1, 1), date(int(year), 12, 31)
            self.statements(connection, moment, days)
        self.vouchers(read(), [month for month in months if month[:4] == year])
        self.book.close()

    def vouchers(self, rows: Iterable[dict[str, Any]], months: Sequence[str]) -> None:
        """Write the vouchers of some months, each month on a sheet of its own or on several."""
        sheets = {month: self.sheet(f"凭证 {month[5:]}", VOUCHERS) for month in months}
        written = dict.fromkeys(months, 0)
        for row in rows:
            month = f"{row['booked']:%Y-%m}"
            if month not in written:
                continue
            at = written[month] = written[month] + 1
            if at > 1 and at % MOST_ROWS == 1:
                name = f"凭证 {month[5:]} ({at // MOST_ROWS + 1})"
                sheets[month] = self.sheet(name, VOUCHERS)
            self.counted += 1
            self.voucher(sheets[month], (at - 1) % MOST_ROWS + 1, row)

    def voucher(self, sheet: Any, at: int, row: dict[str, Any]) -> None:
        """Write a line of a voucher."""
        value, unit = row["value"], row["unit"]
        cells = (
            row["voucher"], row["line"], row["booked"], row["on"], row["account"],
            max(value, 0) or None, max(-value, 0) or None, "元" if unit == "fen" else unit,
            row["topic"], row["subject"], row["class"], row["by"],
        )  # fmt: skip
        for column, content in enumerate(cells):
            self.cell(sheet, at, column, content, unit if column in {5, 6} else "")

    def balances(self, year: str) -> None:
        """Write what each account held, took, gave and holds."""
        sheet = self.sheet("科目余额", BALANCES)
        for at, each in enumerate(self.turnover.years(year), 1):
            unit = "元" if each.unit == "fen" else each.unit
            values = (each.opening, each.debit, each.credit, each.closing)
            for column, content in enumerate((each.account, unit, *values)):
                self.cell(sheet, at, column, content, each.unit if column > 1 else "")

    def statements(self, connection: Reading, moment: Moment, days: tuple[date, date]) -> None:
        """Write the statements of the funds."""
        sheet, at = self.sheet("资金收支", STATEMENTS), 0
        found = fund_statement.statements(connection, moment, from_=days[0], to=days[1])
        for fund, statement in found.items():
            for line in lines_of(statement):
                at += 1
                for column, content in enumerate((fund, *line)):
                    self.cell(sheet, at, column, content, "fen" if column > MONEY_AFTER else "")


def lines_of(statement: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Give the lines of a fund's statement: what it held, took in, gave out and holds."""
    yield from (("期初", stage, value) for stage, value in statement["opening"].items())
    yield from (("收入", row["source"], row["value"]) for row in statement["in"])
    for row in statement["out"]:
        yield "支出", row.get("programme") or row.get("to") or "", row["value"]
    yield from (("期末", stage, value) for stage, value in statement["closing"].items())
