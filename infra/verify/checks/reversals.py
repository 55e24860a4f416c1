"""The check of reversals: each mirrors one earlier event, to the byte, and no other does."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from domain import EVENTS, decode
from domain.kernel.reversals import Reversal
from infra.verify.check import CheckContext, Findings, QueryCheck

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.money import Posting

SENTENCE = (
    "An event is reversed at most once, by a later event of its own subject that keeps it as it"
    " was stored; original and reversal sum to zero in every account."
)
REVERSALS = [name for name, kind in EVENTS.items() if issubclass(kind, Reversal)]
READ = """
    SELECT r.notification_id, r.topic, r.state, o.notification_id, o.topic, o.state
    FROM ledger.events r
    LEFT JOIN ledger.events o
        ON o.notification_id = (convert_from(r.state, 'UTF8')::json ->> 'of')::bigint
    WHERE r.topic = ANY (%s) AND r.notification_id <= %s ORDER BY r.notification_id"""


def ask(asked: CheckContext) -> Findings:
    """Look at each reversal beside its original."""
    found = Findings()
    first: dict[int, int] = {}
    rows = asked.connection.execute(READ, (REVERSALS, asked.head), binary=True)
    for place, topic, state, of, its_topic, its_state in rows:
        reversal = decode(topic, state)
        if not isinstance(reversal, Reversal):
            continue
        found.examined += 1
        subject = reversal.originator_id
        if reversal.of in first:
            found.breach([reversal.of, first[reversal.of], place], subject, "reversed again")
        first.setdefault(reversal.of, place)
        if of is None or of >= place:
            found.breach([place], subject, f"there is no earlier event at {reversal.of}")
            continue
        original = decode(its_topic, its_state)
        if original.originator_id != subject or its_topic != reversal.original_topic:
            found.breach([of, place], subject, f"{of} is {its_topic} of {original.originator_id}")
        elif reversal.event() != original:
            found.breach([of, place], subject, "it does not keep the original as it was stored")
        elif uneven := left_over(original.postings(), reversal.postings()):
            found.breach([of, place], subject, f"not mirrored: {', '.join(uneven)}")
    return found


def left_over(lines: Sequence[Posting], mirrored: Sequence[Posting]) -> list[str]:
    """Return the accounts in which two events do not cancel each other."""
    sums: defaultdict[tuple[str, str], int] = defaultdict(int)
    for line in (*lines, *mirrored):
        sums[line.account, line.unit] += line.value
    return sorted(account for (account, _), value in sums.items() if value)


QUESTION = QueryCheck("reversed-once", SENTENCE, ask)
