"""The pages in a browser: whole without scripts, no wider than a phone, and legible."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from api.pages.rendering import stylesheet

if TYPE_CHECKING:
    from pathlib import Path

    from httpx import Client

PAGES = ("/", "/years/2007", "/funds", "/funds/x", "/roles", "/figures/community-projects.approved",
         "/events/60", "/nowhere")  # fmt: skip
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars", "--virtual-time-budget=2000",
)  # fmt: skip
SECONDS = 60
# Runs in a copy of the page: how wide it is, which texts are too faint, what is too small to tap.
MEASURE = """
<script>
const shade = (c) => { const [r, g, b] = c.map((v) => { v /= 255;
  return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const colour = (text) => text.match(/[\\d.]+/g).map(Number);
const behind = (e) => { for (; e; e = e.parentElement) {
  const c = colour(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; }
  return [255, 255, 255]; };
const ratio = (a, b) => { const [x, y] = [shade(a), shade(b)].sort((m, n) => n - m);
  return (x + 0.05) / (y + 0.05); };
const faint = [], small = [], hidden = [], narrow = [];
for (const e of document.body.querySelectorAll('.scroll')) {
  if (e.scrollWidth > e.clientWidth) hidden.push(e.getAttribute('aria-label')); }
for (const e of document.body.querySelectorAll('tbody th a')) {
  if (e.getClientRects().length > 4) narrow.push(e.textContent); }
for (const e of document.body.querySelectorAll('*')) {
  const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  if (own && e.getClientRects().length && !e.closest('svg')) {
    const said = `${e.tagName} ${e.textContent.trim().slice(0, 30)}`, look = getComputedStyle(e);
    if (ratio(colour(look.color).slice(0, 3), behind(e).slice(0, 3)) < 4.5) faint.push(said);
    if (parseFloat(look.fontSize) < 12) small.push(said);
  }
}
const wide = document.documentElement.scrollWidth;
const found = { wide, room: innerWidth, faint, small, hidden, narrow };
document.body.innerHTML = `<pre id="found">${JSON.stringify(found)}</pre>`;
</script>
"""


def chromium(folder: Path, *more: str) -> bytes:
    """Run the browser once, with a home of its own."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "the tests need chromium: scripts/system_packages.sh installs it"
    home = f"--user-data-dir={folder / 'home'}"
    done = subprocess.run(
        [program, *FLAGS, home, *more], capture_output=True, timeout=SECONDS, check=True
    )
    return done.stdout


def measured(web: Client, folder: Path, path: str, width: int) -> dict[str, Any]:
    """Lay out a copy of a page, and measure it."""
    text = web.get(path, headers={"Accept": "text/html"}).text
    style = f"<style>{stylesheet().decode()}</style>"
    copy = folder / "page.html"
    copy.write_text(re.sub(r'<link rel="stylesheet"[^>]*>', style, text) + MEASURE)
    dom = chromium(folder, f"--window-size={width},900", "--dump-dom", copy.as_uri()).decode()
    found = re.search(r'<pre id="found">(.*?)</pre>', dom, re.DOTALL)
    assert found, dom[-500:]
    said: dict[str, Any] = json.loads(unescape(found[1]))
    return said


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone_and_its_words_can_be_read(
    path: str, language: str, web: Client, tmp_path: Path
) -> None:
    said = measured(web, tmp_path, f"{path}?lang={language}", 375)
    assert said["wide"] <= said["room"], "it must not scroll sideways"
    assert said["faint"] == []
    assert said["small"] == []
    assert said["narrow"] == [], "a name must not run down the page"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_table_of_money_hides_no_column_on_a_desk(
    language: str, web: Client, tmp_path: Path
) -> None:
    said = measured(web, tmp_path, f"/funds?lang={language}", 1280)
    assert (said["hidden"], said["narrow"]) == ([], [])


def test_a_page_that_allows_no_script_is_whole(web: Client, tmp_path: Path) -> None:
    address = f"{web.base_url}/years/2007?lang=zh"
    dom = chromium(tmp_path, "--dump-dom", address)
    text = dom.decode()
    assert "低保" in text
    assert "net(spent:*:*:dibao)" in text


@pytest.mark.parametrize("width", [375, 1280])
def test_a_page_is_drawn(web: Client, tmp_path: Path, width: int) -> None:
    picture = tmp_path / "funds.png"
    address = f"{web.base_url}/funds"
    chromium(tmp_path, f"--window-size={width},1200", f"--screenshot={picture}", address)
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 20_000
