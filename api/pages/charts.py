"""Pictures of money as SVG: one bar of parts, and streams from sources to uses.

A picture says nothing that its table does not say; it is drawn in thousandths of the whole, and
where a part is too thin to be seen it is still drawn, with the least width.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

WIDE, HIGH = 1000, 24
THIN = 2.0
# The picture of streams: its size, its columns, and the gap between two blocks.
FLOW_WIDE, FLOW_HIGH = 960, 320
BLOCK, GAP = 14, 8
LEFT, MIDDLE, RIGHT = 0, (FLOW_WIDE - BLOCK) // 2, FLOW_WIDE - BLOCK


class Part(NamedTuple):
    """A part of a whole: its class of colour, its title, its amount as a number and as text."""

    colour: str
    title: str
    value: int
    said: str


class LineSegment(NamedTuple):
    """Where a part stands along a line, and how long it is."""

    part: Part
    start: float
    length: float


def placed(parts: Sequence[Part], length: float, gap: float = 0.0) -> Iterator[LineSegment]:
    """Lay parts behind one another, in proportion to their amounts."""
    shown = [part for part in parts if part.value > 0]
    whole = sum(part.value for part in shown)
    room = length - gap * max(len(shown) - 1, 0)
    at = 0.0
    for part in shown:
        size = room * part.value / whole
        yield LineSegment(part, at, size)
        at += size + gap


def bar(parts: Sequence[Part], *, title: str, share: float = 1.0) -> Markup:
    """Draw the parts of one whole as a bar, as long as its share of the longest one."""
    pieces = placed(parts, max(WIDE * min(share, 1.0), THIN * 2))
    drawn = Markup("").join(
        Markup(
            '<rect class="c-{}" x="{:.1f}" width="{:.1f}" height="{}"><title>{}</title></rect>'
        ).format(part.colour, start, max(length, THIN), HIGH, f"{part.title} {part.said}")
        for part, start, length in pieces
    )
    return Markup(
        '<svg viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
    ).format(WIDE, HIGH, title, drawn)


def streams(sources: Sequence[Part], uses: Sequence[Part], *, title: str) -> Markup:
    """Draw money that flows from its sources through the fund to its uses."""
    left = list(placed(sources, FLOW_HIGH, GAP))
    right = list(placed(uses, FLOW_HIGH, GAP))
    if not left or not right:
        return Markup("")
    whole = FLOW_HIGH - GAP * (max(len(left), len(right)) - 1)
    top = (FLOW_HIGH - whole) / 2
    drawn = [
        Markup('<rect class="c-fund" x="{}" y="{:.1f}" width="{}" height="{:.1f}"/>').format(
            MIDDLE, top, BLOCK, whole
        )
    ]
    drawn += side(left, whole, top, at=LEFT + BLOCK, middle=MIDDLE, block=LEFT)
    drawn += side(right, whole, top, at=RIGHT, middle=MIDDLE + BLOCK, block=RIGHT)
    return Markup(
        '<svg viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
    ).format(FLOW_WIDE, FLOW_HIGH, title, Markup("").join(drawn))


def side(
    pieces: Sequence[LineSegment], whole: float, top: float, *, at: int, middle: int, block: int
) -> Iterator[Markup]:
    """Draw the blocks of one side and the ribbons that join them to the fund."""
    total = sum(piece.part.value for piece in pieces)
    joined = top
    for part, start, length in pieces:
        size = whole * part.value / total
        outer, inner = (start, start + length), (joined, joined + size)
        yield Markup('<path class="c-{} ribbon" d="{}"><title>{}</title></path>').format(
            part.colour, ribbon((at, middle), outer, inner), f"{part.title} {part.said}"
        )
        yield Markup('<rect class="c-{}" x="{}" y="{:.1f}" width="{}" height="{:.1f}"/>').format(
            part.colour, block, start, BLOCK, max(length, THIN)
        )
        joined += size


def ribbon(across: tuple[int, int], outer: tuple[float, float], inner: tuple[float, float]) -> str:
    """Write the path of a ribbon between a block's edge and the fund's."""
    (at, middle), half = across, sum(across) / 2
    (top, foot), (fund_top, fund_foot) = outer, inner
    return (
        f"M{at} {top:.1f}C{half:.0f} {top:.1f} {half:.0f} {fund_top:.1f} {middle} {fund_top:.1f}"
        f"V{fund_foot:.1f}"
        f"C{half:.0f} {fund_foot:.1f} {half:.0f} {foot:.1f} {at} {foot:.1f}Z"
    )


ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">'
    '<rect x="1" y="1" width="38" height="38" rx="5" fill="#0a4a63"/>'
    '<g stroke="#fff" stroke-width="2.4"><path d="M9 11h22M9 20h22M9 29h22"/></g>'
    '<g fill="#fff"><circle cx="15" cy="11" r="3.4"/><circle cx="25" cy="20" r="3.4"/>'
    '<circle cx="18" cy="29" r="3.4"/></g></svg>'
)
