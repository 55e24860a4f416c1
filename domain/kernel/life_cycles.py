"""What begins once, what happens to it, and what is over: stated in the aggregate's own file."""

from __future__ import annotations

from typing import NamedTuple


class LifeCycle(NamedTuple):
    """The topics that begin and end the life of a subject; `mingzhang verify` checks them.

    Each of `follows` begins a life too, or comes once behind the topic that it is paired with.
    Those of `after` may come when the life is over, those of `again` let it go on. `dated`: nothing
    takes effect before the day of the beginning.
    """

    begins: tuple[str, ...]
    ends: tuple[str, ...] = ()
    follows: tuple[tuple[str, str], ...] = ()
    after: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    dated: bool = False
