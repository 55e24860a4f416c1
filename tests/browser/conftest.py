"""The small year's server, for a browser; it runs as an ordinary reader's does."""

from tests.api.conftest import ledger, office, web

__all__ = ["ledger", "office", "web"]
