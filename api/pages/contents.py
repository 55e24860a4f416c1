"""What each page shows, and the source of its twins."""

from __future__ import annotations

from api.pages.rendering import Page

PAGES: tuple[Page, ...] = ()
