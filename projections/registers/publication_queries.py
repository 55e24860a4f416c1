"""Rows of publications: each names the position at which it pins its figures."""

from __future__ import annotations

from projections.registers.queries import RegisterStore


class PublicationStore(RegisterStore):
    """Answers for publications: what they pin is what was known before their own event."""

    def found(self, which: str) -> str:
        """Write a query for the rows, with the position before the one of the event."""
        return f"""
            SELECT subject, version, position, opened_on,
                   row || jsonb_build_object('pinned_at', position - 1) AS row
            FROM ({super().found(which)}) told"""
