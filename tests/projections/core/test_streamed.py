"""Rows through a cursor of the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.core.sql import AT_ONCE, streamed

if TYPE_CHECKING:
    from infra.ledger import Ledger

NUMBERS = "SELECT generate_series(1, %(many)s) AS number"


def test_lists_of_other_columns_follow_one_another(server_ledger: Ledger) -> None:
    many = 2 * AT_ONCE + 1
    with server_ledger.connection() as connection:
        for _ in range(8):
            rows = list(streamed(connection, NUMBERS, {"many": many}))
            assert rows == [{"number": number} for number in range(1, many + 1)]
            assert list(streamed(connection, "SELECT 'a' AS word", {})) == [{"word": "a"}]


def test_a_reader_who_leaves_early_leaves_nothing_behind(server_ledger: Ledger) -> None:
    with server_ledger.connection() as connection:
        for _ in range(3):
            left = streamed(connection, NUMBERS, {"many": 10 * AT_ONCE})
            assert next(left) == {"number": 1}
            left.close()  # type: ignore[attr-defined]
        with connection.transaction():
            assert len(list(streamed(connection, NUMBERS, {"many": 3}))) == 3
