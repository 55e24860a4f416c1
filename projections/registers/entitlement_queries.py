"""Rows of entitlements: their states on the day that is asked for."""

from __future__ import annotations

from projections.registers.queries import FOR_EVER, RegisterStore


class EntitlementStore(RegisterStore):
    """Answers for entitlements: one that lapsed has ended on the day asked for, without an event.

    Its last day has passed, or its holder is dead for more months than the scheme pays after a
    death. Where no day is asked for, it is today.
    """

    def found(self, which: str) -> str:
        """Write a query for the rows, with their states on the day."""
        return f"""
            SELECT subject, version, position, opened_on,
                   CASE WHEN row ->> 'state' IN ('granted', 'suspended')
                             AND ((row ->> 'until')::date < day OR EXISTS ({self.dead()}))
                        THEN row || '{{"state": "ended"}}' ELSE row END AS row
            FROM ({super().found(which)}) told
            CROSS JOIN (SELECT coalesce(nullif(%(as_of)s::date, '{FOR_EVER}'), current_date)) asked
                (day)"""

    def dead(self) -> str:
        """Write a query for the death of the holder of `told.row`, if its claim has ended by it."""
        months = f"""coalesce((SELECT (s.row ->> 'after_death_months')::int
            FROM views.{self.heads.heads} s WHERE s.subject = told.row ->> 'scheme'), 0)"""
        died = "(p.row ->> 'date')::date"
        return f"""SELECT FROM views.{self.heads.patches} p
            WHERE p.subject = told.row ->> 'holder' AND p.subject LIKE 'person:%%'
              AND p.position <= %(position)s AND {died} <= day
              AND NOT EXISTS (
                  SELECT FROM views.{self.heads.patches} w
                  WHERE w.subject = p.subject AND w.row -> 'date' = 'null'
                    AND w.position > p.position AND w.position <= %(position)s)
              AND ({months} = 0 OR date_trunc('month', {died}) + make_interval(months => {months})
                                   < date_trunc('month', day))"""
