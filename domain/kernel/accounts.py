"""The chart of accounts. Account names are built here and nowhere else.

One grammar: `<class>:<fund>:<earmark>[:<detail>]`; the detail may hold colons, fund keys and
earmarks hold none.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

CLASSES = (
    "out",
    "received",
    "available",
    "committed",
    "advanced",
    "returned",
    "owed",
    "spent",
    "lost",
    "stock",
    "issued",
)
BY_PROGRAMME = frozenset({"spent", "lost", "issued"})


class Account(NamedTuple):
    """An account name taken apart."""

    class_: str
    fund: str
    earmark: str
    detail: str

    @property
    def programme(self) -> str:
        """The programme that the account is kept for, or nothing."""
        return self.detail if self.class_ in BY_PROGRAMME else ""


def parse(account: str) -> Account:
    """Take an account name apart; the fund is its key, without its kind."""
    class_, fund, earmark, *detail = account.split(":", 3)
    return Account(class_, fund, earmark, detail[0] if detail else "")


# Names that many postings of a page have in common are made once.
remembered = lru_cache(4096)


def key(fund: str) -> str:
    """Return the fund's key: `lottery` of `fund:lottery`."""
    return fund.partition(":")[2]


def out(fund: str, earmark: str, source: str) -> str:
    """Name the world beyond a fund: where its money came from, negative."""
    return f"out:{key(fund)}:{earmark}:{source}"


def out_fund(fund: str, earmark: str, other: str) -> str:
    """Name the passage from one fund to another."""
    return out(fund, earmark, other)


def received(fund: str, earmark: str) -> str:
    """Name what was donated and not yet gathered into the fund."""
    return f"received:{key(fund)}:{earmark}"


def available(fund: str, earmark: str) -> str:
    """Name what is free to promise."""
    return f"available:{key(fund)}:{earmark}"


@remembered
def committed(fund: str, earmark: str, payer: str) -> str:
    """Name what is promised to one payer (a grant, pay run, contract or relief case)."""
    return f"committed:{key(fund)}:{earmark}:{payer}"


def advanced(fund: str, earmark: str, payer: str) -> str:
    """Name what was paid to a body that has not yet accounted for it."""
    return f"advanced:{key(fund)}:{earmark}:{payer}"


def returned(fund: str, earmark: str, payer: str) -> str:
    """Name what came back from the bank and was neither paid again nor written back."""
    return f"returned:{key(fund)}:{earmark}:{payer}"


def owed(fund: str, earmark: str, recovery: str) -> str:
    """Name an overpayment that was established and not yet recovered."""
    return f"owed:{key(fund)}:{earmark}:{recovery}"


@remembered
def spent(fund: str, earmark: str, programme: str) -> str:
    """Name what has gone to the recipient, or was accounted for by the body."""
    return f"spent:{key(fund)}:{earmark}:{programme}"


def lost(fund: str, earmark: str, programme: str) -> str:
    """Name what was written off."""
    return f"lost:{key(fund)}:{earmark}:{programme}"


def stock(fund: str, earmark: str, kind: str) -> str:
    """Name goods in store."""
    return f"stock:{key(fund)}:{earmark}:{kind}"


def issued(fund: str, earmark: str, programme: str) -> str:
    """Name goods given out."""
    return f"issued:{key(fund)}:{earmark}:{programme}"
