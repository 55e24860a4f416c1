"""Printed pages (印出的页): a template of ours as PDF, which fetches nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, select_autoescape

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Template


@cache
def template(folder: Path, name: str) -> Template:
    """Return the template of a page; what it calls is given when it is written."""
    pages = Environment(loader=FileSystemLoader(folder), autoescape=select_autoescape())
    return pages.get_template(name)


def pdf(page: str) -> bytes:
    """Print a page as its style says."""
    # It is large, and few processes print.
    from weasyprint import HTML  # noqa: PLC0415

    written: bytes = HTML(string=page, url_fetcher=nothing).write_pdf()
    return written


def nothing(url: str) -> dict[str, Any]:
    """Refuse to fetch: a page of ours names no file."""
    raise ValueError(url)
