"""The small year's server, for a browser; it runs as an ordinary reader's does."""

from tests.api.conftest import office, web, wiring

__all__ = ["office", "web", "wiring"]
