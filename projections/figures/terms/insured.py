"""Members of households in payment, and those of them who are insured (住院医疗保险全覆盖)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.benefits.household_events import MEMBERS
from projections import facts
from projections.core.block_sums import LinesQuery
from projections.core.sql import BOOKED
from projections.figures.terms.basic import Amount
from projections.figures.terms.claims import last_death

if TYPE_CHECKING:
    from projections.core.place_filter import LineChoice
    from projections.figures.period import Span
    from projections.figures.query import FigureQuery

# What a fact of a membership names.
PAIR = "of_ AS home, who AS person"
CHANGE = f"position, booked, who, {facts.TIMES} AS times"
NAMED_FACTS = f"FROM {{whos}} WHERE position <= %(position)s AND {BOOKED} AND series = ANY"
# The dead, of whom that is known: they are members no more.
DEAD = """SELECT id, d.position, day FROM views.roll_deaths d JOIN views.fact_names ON name = person
    WHERE d.position <= %(position)s AND withdrawn_at > %(position)s AND day <= %(as_of)s::date"""
# Where each lives, or has lived.
PAIRS = f"SELECT DISTINCT {PAIR} {NAMED_FACTS} (%(members)s) AND {{within}}"
HELD = f"SELECT who {{facts}} (%({{series}})s) GROUP BY who HAVING sum({facts.TIMES}) > 0"
# All three are counted at once: memberships, of households in payment, of persons who are insured.
TOTAL = f"""
    WITH in_payment AS ({HELD.format(facts=NAMED_FACTS, series="paid")}),
    insured AS ({HELD.format(facts=NAMED_FACTS, series="insurance")}),
    members AS (SELECT {PAIR} {NAMED_FACTS} (%(members)s) AND {{within}}
                AND who NOT IN (SELECT id FROM ({DEAD}) dead)
                GROUP BY of_, who HAVING sum({facts.TIMES}) > 0)
    SELECT count(DISTINCT person), count(DISTINCT insured.who)
    FROM members JOIN in_payment ON in_payment.who = home
    LEFT JOIN insured ON insured.who = person"""
# Who was registered twice may be a member here and there: a person counts while any pair does.
LINES = f"""
    SELECT position, booked, (pairs > 0)::int - (pairs - change > 0)::int AS value FROM (
        SELECT position, booked, change, sum(change) OVER (
            PARTITION BY person ORDER BY position ROWS UNBOUNDED PRECEDING) AS pairs
        FROM (
            SELECT position, booked, person,
                   (lives > 0 AND paid > 0 AND covered > 0)::int
                   - (lives - a > 0 AND paid - b > 0 AND covered - c > 0)::int AS change
            FROM (
                SELECT position, booked, person, a, b, c, sum(a) OVER pair AS lives,
                       sum(b) OVER pair AS paid, sum(c) OVER pair AS covered
                FROM (
                    SELECT position, booked, {PAIR}, {facts.TIMES} AS a, 0 AS b, {{always}} AS c
                    {NAMED_FACTS} (%(members)s) AND {{within}}
                    UNION ALL
                    SELECT dead.position, day, home, person, -1, 0, 0
                    FROM ({DEAD}) dead
                    JOIN ({PAIRS}) pairs ON person = dead.id
                    UNION ALL
                    SELECT position, booked, home, person, 0, times, 0
                    FROM (SELECT {CHANGE} {NAMED_FACTS} (%(paid)s)) payment
                    JOIN ({PAIRS}) pairs ON home = who
                    UNION ALL
                    SELECT position, booked, home, person, 0, 0, times
                    FROM (SELECT {CHANGE} {NAMED_FACTS} (%(insurance)s)) cover
                    JOIN ({PAIRS}) pairs ON person = who
                ) changes
                WINDOW pair AS (PARTITION BY home, person ORDER BY position
                                ROWS UNBOUNDED PRECEDING)
            ) running
        ) told WHERE change <> 0
    ) counted"""


@dataclass(frozen=True, kw_only=True)
class Insured:
    """Members of households that hold a scheme's entitlement; of them who hold the insurance's.

    `all`: the members, insured or not. An event counts what it changes: who joins, whose household
    is granted, who is insured.
    """

    programme: str
    insurance: str
    all: bool = False

    def total(self, query: FigureQuery, _span: Span, /) -> Amount:
        """FactCount them; as many events have made them count."""
        what = "insured", self.programme, self.insurance
        asked, chosen = self.asked(query, TOTAL)
        found = query.count(what, chosen, asked)[not self.all]
        return Amount(found, found)

    def lines(self, query: FigureQuery, _span: Span, /, *, apart: bool = True) -> LinesQuery:  # noqa: ARG002
        """Give each event that makes a member count, or count no more."""
        return self.asked(query, LINES)[0]

    def asked(self, query: FigureQuery, sql: str) -> tuple[LinesQuery, LineChoice]:
        """Complete a question by its series and its place; return what it rests on, too."""
        words = {"measure": ("entitlements",)}
        paid = query.series(facts.CELLS, {**words, "programme": (self.programme,)})
        cover = query.series(facts.CELLS, {**words, "programme": (self.insurance,)})
        lives = query.series(facts.CELLS, {"measure": (MEMBERS,)})
        given, whos = dict(lives.given), query.merged.whos
        always = facts.TIMES if self.all else "0"
        asked = LinesQuery(
            sql.format(whos=whos.sql, within=lives.within, always=always),
            {
                **given,
                **whos.given,
                **query.until._asdict(),
                "since": None,
                "members": given["series"],
                "paid": paid.given["series"],
                "insurance": cover.given["series"],
            },
        )
        log, last = max(each.rests_on for each in (paid, cover, lives))
        rests_on = log, max(last, last_death(query))
        return asked, lives._replace(rests_on=rests_on)
