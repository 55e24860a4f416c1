"""What commands ask of the decision views, which are brought up to the head of the log first."""

from __future__ import annotations


class ViewDecisions:
    """Asks the roll and the received view."""
