"""The budget class of money that is paid: that of the promise which it keeps.

An act has the class that it says; another has that of the last promise to the payer whom it pays,
gives back or releases, under the same earmark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.core.view import Row

OF_PAYERS = ("committed", "advanced", "returned")
# The class of the last promise to each payer out of an earmark, of all funds or of some.
PROMISED = """
    SELECT DISTINCT ON (a.account) substr(a.account, length('committed') + 1) AS place, s.class
    FROM views.journal j
    JOIN views.journal_accounts a ON a.id = j.account AND a.class = 'committed'
    JOIN views.journal_sayings s ON s.id = j.said AND s.class <> ''
    WHERE j.position <= %(position)s AND a.unit = 'fen' {of_funds}
    ORDER BY a.account, j.position DESC"""
GIVEN = "unnest(%(places)s::text[], %(classes)s::text[]) p (place, class)"
# The accounts of each payer with the class of the last promise to him.
PAYERS = f"""
    SELECT a.id, p.class FROM views.journal_accounts a
    JOIN {GIVEN} ON p.place = substr(a.account, length(a.class) + 1)
    WHERE a.class = ANY (%(of_payers)s)"""
# The summaries of what runs paid, with the class of the promise to the run: of most postings the
# class is found so, without their events.
RUNS = f"""
    SELECT m.id, p.class FROM views.journal_summaries m JOIN {GIVEN}
      ON p.place = concat_ws(':', '', m.fund, split_part(m.account, ':', 3), m.subject)
    WHERE m.subject <> ''"""
# What an account of a payer is classed as.
BY_ACCOUNT = """
    LEFT JOIN unnest(%(payers)s::int[], %(payer_classes)s::text[]) k (account, class)
        ON k.account = l.account"""
OF_RUNS = """LEFT JOIN unnest(%(runs)s::int[], %(run_classes)s::text[]) r (summary, class)
        ON r.summary = {line}.summary"""
# What else an event moves is classed as its payer, of the same fund and earmark.
BY_EVENT = f"""
    LEFT JOIN (
        SELECT p.position, a.fund, split_part(a.account, ':', 3) AS earmark, min(k.class) AS class
        FROM unnest(%(payers)s::int[], %(payer_classes)s::text[]) k (account, class)
        JOIN views.journal p ON p.account = k.account
        JOIN views.journal_accounts a ON a.id = p.account
        {OF_RUNS.format(line="p")}
        WHERE p.position <= %(position)s AND r.class IS NULL {{booked}}
        GROUP BY 1, 2, 3
    ) k ON k.position = l.position AND k.fund = a.fund
       AND k.earmark = split_part(a.account, ':', 3)"""
BY_PAYER = "coalesce(nullif(s.class, ''), k.class)"
BY_RUN_OR_PAYER = "coalesce(nullif(s.class, ''), l.class, k.class)"


def promised(connection: Connection[Any], position: int, funds: Sequence[str] | None = None) -> Row:
    """Return the parameters that class payers: their places, and the last promises' classes."""
    of_funds = "" if funds is None else "AND a.fund = ANY (%(funds)s)"
    given = {"position": position, "funds": funds}
    rows = connection.execute(PROMISED.format(of_funds=of_funds), given).fetchall()
    return {
        "places": [row[0] for row in rows],
        "classes": [row[1] for row in rows],
        "of_payers": list(OF_PAYERS),
    }


def payer_classes(connection: Connection[Any], position: int) -> Row:
    """Return the parameters of the joins: payers' accounts and runs' summaries with classes."""
    given = promised(connection, position)
    payers = connection.execute(PAYERS, given).fetchall()
    runs = connection.execute(RUNS, given).fetchall()
    return {
        "payers": [row[0] for row in payers],
        "payer_classes": [row[1] for row in payers],
        "runs": [row[0] for row in runs],
        "run_classes": [row[1] for row in runs],
    }
