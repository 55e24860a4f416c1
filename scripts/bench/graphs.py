"""Memory over a growing log, as a picture (SVG) beside the table of the run."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scripts.bench.samples import Sample

WIDE, HIGH = 720, 320
LEFT, RIGHT, TOP, BOTTOM = 56, 110, 24, 40
COLOURS = ("#1b6e8c", "#b0541f", "#4a7c2f", "#6b4a8c")
# So many points are drawn of a line.
POINTS = 300
LINES = 5


def memory_graph(lines: Mapping[str, Sequence[Sample]], title: str) -> str:
    """Draw what each program held (MB) by how many events it had done."""
    events = max(sample.events for line in lines.values() for sample in line) or 1
    step = stride(max(sample.mb for line in lines.values() for sample in line) / LINES)
    most = step * LINES

    def place(at: float, mb: float) -> tuple[float, float]:
        x = LEFT + (WIDE - LEFT - RIGHT) * at / events
        return x, HIGH - BOTTOM - (HIGH - TOP - BOTTOM) * mb / most

    drawn = [text(LEFT, TOP - 8, title, "start")]
    for nth in range(LINES + 1):
        _, y = place(0, nth * step)
        drawn.append(f'<path d="M{LEFT} {y:.1f}H{WIDE - RIGHT}" stroke="#ddd"/>')
        drawn.append(text(LEFT - 6, y + 4, f"{nth * step:g} MB", "end"))
        x, _ = place(events * nth / LINES, 0)
        drawn.append(text(x, HIGH - BOTTOM + 18, f"{events * nth / LINES / 1e6:g} M", "middle"))
    drawn.append(text(WIDE - RIGHT, HIGH - 6, "events", "end"))
    for nth, (colour, (name, line)) in enumerate(zip(COLOURS, lines.items(), strict=False)):
        thinned = [*line[:: max(1, len(line) // POINTS)], line[-1]]
        points = " ".join("{:.1f},{:.1f}".format(*place(each.events, each.mb)) for each in thinned)
        drawn.append(f'<polyline points="{points}" fill="none" stroke="{colour}"/>')
        drawn.append(text(WIDE - RIGHT + 12, TOP + 16 * (nth + 1), name, "start", colour))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}"'
        f' font-family="sans-serif" font-size="12">{"".join(drawn)}</svg>\n'
    )


def stride(least: float) -> float:
    """Return the next round number from here up: 1, 2 or 5 times a power of ten."""
    power = 10.0 ** (len(str(int(least))) - 1)
    return next(each * power for each in (1, 2, 5, 10) if each * power >= least)


def text(x: float, y: float, words: str, anchor: str, colour: str = "#333") -> str:
    """Write words."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">'
        f"{escape(words)}</text>"
    )
