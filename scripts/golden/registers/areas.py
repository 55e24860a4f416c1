"""The city's areas: eight districts, one of them made in the year, down to the communities."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from scripts.golden.kernel.commands import YEAR, Order, order

if TYPE_CHECKING:
    from collections.abc import Iterator

CITY = "area:shenzhen"
NEW_DISTRICT = "area:guangming-new-area"
OLD_DISTRICT = "area:baoan"
OPENED = date(2006, 9, 1)
NEW_DISTRICT_MADE = date(YEAR, 5, 31)
MOVED = date(YEAR, 8, 1)
# Boundaries between sub-districts of one district: a community passes from one to another.
REDRAWN = date(YEAR, 10, 1)
PASSING = (("area:longgang-2-10", "area:longgang-3"), ("area:longgang-1-10", "area:longgang-3"))
APPROVER = "approver-areas"
COMMUNITIES = 10


class District(NamedTuple):
    """A district of the city: its key, name, GB/T 2260 code, sub-districts and share of people."""

    key: str
    title: str
    code: str
    parts: int
    share: float

    @property
    def id(self) -> str:
        """Return the area's id."""
        return f"area:{self.key}"


DISTRICTS = (
    District("municipal", "市辖区", "440301", 2, 0.07),
    District("luohu", "罗湖区", "440303", 6, 0.16),
    District("futian", "福田区", "440304", 6, 0.16),
    District("nanshan", "南山区", "440305", 5, 0.13),
    District("baoan", "宝安区", "440306", 6, 0.16),
    District("longgang", "龙岗区", "440307", 6, 0.16),
    District("yantian", "盐田区", "440308", 3, 0.08),
    District("guangming", "光明新区", "", 2, 0.08),
)
OLD_DISTRICTS = tuple(d for d in DISTRICTS if d.key not in {"municipal", "guangming"})


class Place(NamedTuple):
    """A community, and the areas above it before and after the new district was made."""

    id: str
    part: str
    before: str
    after: str
    share: float

    def chain(self, month: int) -> tuple[str, str, str, str]:
        """Return the areas from the community up, as they were on the month's first day."""
        district = self.after if month >= MOVED.month else self.before
        return (self.id, self.part, district, CITY)


def places() -> tuple[Place, ...]:
    """Return every community of the city."""
    return tuple(
        Place(
            f"area:{district.key}-{part}-{number}",
            f"area:{district.key}-{part}",
            OLD_DISTRICT if district.key == "guangming" else district.id,
            NEW_DISTRICT if district.key == "guangming" else district.id,
            district.share / district.parts / COMMUNITIES,
        )
        for district in DISTRICTS
        for part in range(1, district.parts + 1)
        for number in range(1, COMMUNITIES + 1)
    )


PLACES = places()
SHARES = tuple(place.share for place in PLACES)


def opened() -> Iterator[Order]:
    """Tell the areas as they were when the ledger began."""
    yield area(CITY, "深圳市", "city", code="440300")
    for district in DISTRICTS:
        above = OLD_DISTRICT
        if district.key != "guangming":
            above = district.id
            yield area(above, district.title, "district", parent=CITY, code=district.code)
        for part in range(1, district.parts + 1):
            yield from sub_district(district, part, above)


def sub_district(district: District, part: int, above: str) -> Iterator[Order]:
    """Tell a sub-district and its communities."""
    title = f"{district.title.rstrip('区').removesuffix('新')}第{part}街道"
    here = f"{district.id}-{part}"
    yield area(here, title, "sub-district", parent=above)
    for number in range(1, COMMUNITIES + 1):
        yield area(f"{here}-{number}", f"{title}第{number}社区", "community", parent=here)


def area(id: str, title: str, level: str, *, parent: str = "", code: str = "") -> Order:
    """Open one area."""
    what = {"title": title, "level": level}
    if parent:
        what["parent"] = parent
    if code:
        what["code"] = code
    return order("area.open", id, what, by=APPROVER, on=OPENED)


def changes(day: date) -> Iterator[Order]:
    """Tell how the new district is made, and which sub-districts pass to it."""
    if day == NEW_DISTRICT_MADE:
        what = {"title": "光明新区", "level": "district", "parent": CITY}
        yield order("area.open", NEW_DISTRICT, what, by=APPROVER, on=day)
    if day == MOVED:
        new = next(district for district in DISTRICTS if district.key == "guangming")
        for part in range(1, new.parts + 1):
            what = {"parent": NEW_DISTRICT}
            yield order("area.move", f"{new.id}-{part}", what, by=APPROVER, on=day)
    if day == REDRAWN:
        for community, parent in PASSING:
            yield order("area.move", community, {"parent": parent}, by=APPROVER, on=day)


def district_of(place: Place, day: date) -> str:
    """Return the district of a community on a day."""
    return place.after if day >= MOVED else place.before
