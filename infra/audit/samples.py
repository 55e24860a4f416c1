"""Samples (审计抽样): what an auditor looks at, drawn by a seed.

A sample's id says all that it follows from: the population, the method, how many, the seed, the
period and the moment. The log never changes, so that nothing has to be stored to keep it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from domain.office import sampling
from domain.office.sampling import MOST_PICKS, MOST_SEED
from projections.casework.audit_population import population
from projections.core import event_log
from projections.core.view import Moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from projections.core.event_log import Reading

POPULATIONS: tuple[str, ...] = get_args(sampling.Population)
METHODS: tuple[str, ...] = get_args(sampling.SamplingMethod)
DAY = r"(\d{4}-\d\d-\d\d)?"
ID = re.compile(
    rf"({'|'.join(POPULATIONS)})-({'|'.join(METHODS)})-(\d{{1,4}})-(\d{{1,16}})"
    rf"_{DAY}_{DAY}_(\d{{1,18}})_{DAY}"
)


class SampleTerms(NamedTuple):
    """What a sample follows from; days are booked days, both ends belong to it."""

    population: str
    method: str
    size: int
    seed: int
    moment: Moment
    from_: date | None = None
    to: date | None = None

    @property
    def id(self) -> str:
        """Return what the sample is asked for by."""
        days = (self.from_, self.to, self.moment.position, self.moment.as_of)
        head = f"{self.population}-{self.method}-{self.size}-{self.seed}"
        return "_".join([head, *("" if each is None else str(each) for each in days)])


class SamplePick(NamedTuple):
    """One pick: its number, the event, whose it is, and the sum in fen."""

    pick: int
    position: int
    subject: str
    amount: int


class DrawnSample(NamedTuple):
    """The picks, and by monetary unit how many fen lie between two of them."""

    picks: Sequence[SamplePick]
    interval: int | None
    # How many could be drawn, and their sum in fen.
    items: int
    total: int


def terms_of(text: str) -> SampleTerms | None:
    """Read a sample's id; None if it is none."""
    found = ID.fullmatch(text)
    if found is None:
        return None
    kind, method, size, seed, from_, to, position, as_of = found.groups()
    try:
        days = [date.fromisoformat(day) if day else None for day in (from_, to, as_of)]
    except ValueError:
        return None
    if not 1 <= int(size) <= MOST_PICKS or int(seed) > MOST_SEED:
        return None
    moment = Moment(int(position), days[2], is_named=True)
    return SampleTerms(kind, method, int(size), int(seed), moment, days[0], days[1])


def draw_sample(connection: Reading, terms: SampleTerms) -> DrawnSample:
    """Draw a sample; the same whenever it is drawn."""
    found = population(connection, terms.moment, terms.population, from_=terms.from_, to=terms.to)
    if terms.method == "mus":
        drawn = sampling.by_monetary_unit(found.amounts, terms.size, terms.seed)
    else:
        drawn = sampling.at_random(len(found.positions), terms.size, terms.seed)
    positions = [found.positions[place] for place in drawn.picks]
    stored = event_log.at_each(connection, list(dict.fromkeys(positions)))
    subjects = {each.position: each.subject for each in stored}
    picks = [
        SamplePick(
            nth, found.positions[place], subjects[found.positions[place]], found.amounts[place]
        )
        for nth, place in enumerate(drawn.picks, start=1)
    ]
    return DrawnSample(picks, drawn.interval, len(found.positions), sum(found.amounts))


def told(terms: SampleTerms, sample: DrawnSample) -> dict[str, Any]:
    """Return what an answer says of a sample beside its picks."""
    said: dict[str, Any] = {
        "id": terms.id,
        "population": terms.population,
        "method": terms.method,
        "size": terms.size,
        "seed": terms.seed,
        "from": terms.from_,
        "to": terms.to,
        "items": sample.items,
        "total": {"value": sample.total, "unit": "fen"},
    }
    if sample.interval is not None:
        said["interval"] = {"value": sample.interval, "unit": "fen"}
    return said
