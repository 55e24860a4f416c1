"""The books after GB/T 24589 (会计核算软件数据接口): what auditors' programs read.

The text of the standard is sold and not public. Public are its scope, its classes and the names of
its data elements as tables of contents, teaching material and vendors' manuals print them; those
names are used here, in their order. The namespace and the types of its schema are not public: the
elements stand in none, and docs/contract.md says which they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from domain.kernel.accounts import CLASSES
from infra.exports.account_turnover import AccountMonth, AccountTurnover
from infra.exports.plain_text import amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Row = dict[str, Any]
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
ARCHIVE, LEDGER = "公共档案.xml", "总账.xml"
VOUCHER_KIND = "记"
SEPARATOR = ":"
MONEY, CURRENCY = "fen", "CNY"
DEBIT, CREDIT, EVEN = "借", "贷", "平"
STAGES: Mapping[str, str] = {
    "out": "来源与去向",
    "received": "已收未归集",
    "available": "可用",
    "committed": "已承诺",
    "advanced": "预拨",
    "returned": "退回",
    "owed": "应收回",
    "spent": "支出",
    "lost": "核销",
    "stock": "库存物资",
    "issued": "发放物资",
}


def element(name: str, fields: Mapping[str, object], depth: int = 1) -> str:
    """Write an element with its fields."""
    space = "  " * depth
    inside = "".join(
        f"{space}  <{field}>{escape(str(value))}</{field}>\n" for field, value in fields.items()
    )
    return f"{space}<{name}>\n{inside}{space}</{name}>\n"


def side(value: int) -> str:
    """Say on which side a balance lies."""
    return DEBIT if value > 0 else CREDIT if value < 0 else EVEN


class AccountingInterface:
    """Writes the two files from the postings, which are read twice: for the sums, for the lines."""

    def __init__(self, ledger: Mapping[str, Any]) -> None:
        """Write for a ledger; `ledger` says whose it is."""
        self.ledger = ledger
        self.turnover = AccountTurnover()

    def vouchers(self, read: Callable[[], Iterable[Row]]) -> Iterator[str]:
        """Give the general ledger: its accounts, their months, then every line of its vouchers."""
        for row in read():
            self.turnover.add(row)
        yield HEAD + "<总账>\n"
        yield element(
            "总账基础信息", {"结构分隔符": SEPARATOR, "会计科目编号规则": "阶段:资金:专款[:明细]"}
        )
        for account in dict.fromkeys(account for account, _ in sorted(self.turnover.moved)):
            yield self.account(account)
        for month in self.turnover.months():
            yield self.balance(month)
        for row in read():
            yield self.voucher(row)
        yield "</总账>\n"

    def account(self, account: str) -> str:
        """Write an account."""
        stage, *rest = account.split(SEPARATOR)
        fields = {
            "科目编号": account,
            "科目名称": SEPARATOR.join([STAGES[stage], *rest]),
            "科目级次": len(rest) + 1,
            "科目类型": STAGES[stage],
            "余额方向": CREDIT if stage == "out" else DEBIT,
        }
        return element("会计科目", fields)

    def balance(self, month: AccountMonth) -> str:
        """Write what an account held, took and gave in a month."""
        is_money = month.unit == MONEY
        kind = "本币金额" if is_money else "数量"
        rest = "本币余额" if is_money else "数量"
        fields = {
            "科目编号": month.account,
            "期初余额方向": side(month.opening),
            "期末余额方向": side(month.closing),
            "币种编码": CURRENCY if is_money else "",
            "计量单位": "" if is_money else month.unit,
            "会计年度": month.month[:4],
            "会计期间号": month.month[5:],
            f"期初{rest}": amount(abs(month.opening), month.unit),
            f"借方{kind}": amount(month.debit, month.unit),
            f"贷方{kind}": amount(month.credit, month.unit),
            f"期末{rest}": amount(abs(month.closing), month.unit),
        }
        return element("科目余额及发生额", fields)

    def voucher(self, row: Row) -> str:
        """Write a line of a voucher."""
        is_money = row["unit"] == MONEY
        kind = "本币金额" if is_money else "数量"
        value = row["value"]
        fields = {
            "记账凭证日期": row["booked"],
            "会计年度": f"{row['booked']:%Y}",
            "会计期间号": f"{row['booked']:%m}",
            "记账凭证类型编号": VOUCHER_KIND,
            "记账凭证编号": row["voucher"],
            "记账凭证行号": row["line"],
            "记账凭证摘要": f"{row['topic']} {row['subject']}",
            "科目编号": row["account"],
            "币种编码": CURRENCY if is_money else "",
            "计量单位": "" if is_money else row["unit"],
            f"借方{kind}": amount(max(value, 0), row["unit"]),
            f"贷方{kind}": amount(max(-value, 0), row["unit"]),
            "制单人": row["by"],
            "源凭证号": row["position"],
        }
        return element("记账凭证", fields)

    def archive(self) -> Iterator[str]:
        """Give the files that the ledger rests on; the vouchers were written before."""
        months = sorted({month for moved in self.turnover.moved.values() for month in moved})
        years = sorted({month[:4] for month in months})
        yield HEAD + "<公共档案>\n"
        for year in years:
            fields = {
                "电子账簿编号": f"{self.ledger['jurisdiction']}-{year}",
                "电子账簿名称": f"民政资金账 {year}",
                "会计核算单位": self.ledger["jurisdiction"],
                "开发单位": "明账",
                "本位币": CURRENCY,
                "会计年度": year,
                "标准版本号": "GB/T 24589-2010",
            }
            yield element("电子账簿", fields)
        for month in months:
            yield element("会计期间", {"会计年度": month[:4], "会计期间号": month[5:]})
        kind = {
            "记账凭证类型编号": VOUCHER_KIND,
            "记账凭证类型名称": "记账凭证",
            "记账凭证类型简称": "记",
        }
        yield element("记账凭证类型", kind)
        yield element("币种", {"币种编码": CURRENCY, "币种名称": "人民币"})
        yield "</公共档案>\n"


# Each stage has a Chinese name.
if STAGES.keys() != set(CLASSES):
    raise LookupError(f"stages without a name: {set(CLASSES) ^ STAGES.keys()}")
