"""Checks of pay runs: each is drawn from its roll again, and compared line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from domain import decode
from domain.funds.fund_events import FundsCommitted
from domain.kernel.aggregate import stored_name
from domain.payments.pay_run_events import PayRunChunkReleased, PayRunDrawnUp, PayRunReleased
from domain.payments.pay_run_lines import Due, draw
from domain.payments.payment_events import PaymentMade, PaymentRedirected, PaymentSupplemented
from domain.payments.payments import payment_prefix
from infra.verify.check import CheckContext, Findings, LogAtHead, QueryCheck
from infra.verify.checks.rolls import compare_holders
from projections.core import event_log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.benefits.rolls import RollLine
    from domain.kernel.aggregate import Event

RUN_TOTAL = (
    "Drawn again from the roll at its position, every run has the digest and total that were"
    " approved and promised; each of its lines was paid once, to the fen, or held back; payments"
    " and held-back lines are together the approved total, and there is no other payment."
)
NOT_TWICE = (
    "Nobody is paid twice for one scheme and month, alone or as a member of a household, and under"
    " whatever names no month is paid to more holders than stood on its rolls; every"
    " supplement is named by the payment that it completes, and what corrects a wrong payee by the"
    " payment that went there."
)
MADE = stored_name(PaymentMade)
RUNS = """
    SELECT notification_id, topic, state FROM ledger.events
    WHERE originator_id >= 'pay-run:' COLLATE "C" AND originator_id < 'pay-run;' COLLATE "C"
      AND notification_id <= %s ORDER BY originator_id, originator_version"""
PROMISED = f"""
    SELECT said ->> 'cause', sum((said ->> 'amount')::numeric) FROM (
        SELECT convert_from(state, 'UTF8')::json AS said FROM ledger.events
        WHERE topic = '{stored_name(FundsCommitted)}' AND notification_id <= %s
    ) promises WHERE said ->> 'cause' LIKE 'pay-run:%%' GROUP BY 1"""
PAID = f"""
    SELECT notification_id, state FROM ledger.events
    WHERE originator_id >= %s COLLATE "C" AND originator_id < %s COLLATE "C"
      AND topic = '{MADE}' AND notification_id <= %s"""
PAYMENT = msgspec.json.Decoder(PaymentMade)

# Materialized: a chunk's JSON is long, and is read once, not once for each of its guards.
TWICE = f"""
    WITH said AS MATERIALIZED (
        SELECT convert_from(state, 'UTF8')::json AS said, notification_id AS position
        FROM ledger.events
        WHERE topic = '{stored_name(PayRunChunkReleased)}' AND notification_id <= %(head)s
    ), chunks AS MATERIALIZED (
        SELECT split_part(said ->> 'scheme', ':', 2) AS scheme, said ->> 'month' AS month,
               said -> 'guards' AS guards, position
        FROM said WHERE said ->> 'kind' IS NULL
    ), tags AS (
        SELECT split_part(originator_id, ':', 2) AS scheme, split_part(originator_id, ':', 3)
            AS month, split_part(originator_id, ':', 4) AS tag, notification_id AS position
        FROM ledger.events WHERE topic = '{MADE}' AND notification_id <= %(head)s
          AND position('"kind":"arrears"'::bytea IN state) = 0
        UNION ALL
        SELECT scheme, month, guard, position
        FROM chunks, json_array_elements_text(guards) guard WHERE guards IS NOT NULL
    )
    SELECT scheme, month, array_agg(position ORDER BY position) FROM tags
    GROUP BY scheme, month, tag HAVING count(*) > 1 ORDER BY 3 LIMIT 1000"""
# Payments that correct another one which does not name them.
NOT_NAMED = """
    SELECT correction.position, correction.subject FROM (
        SELECT notification_id AS position, originator_id AS subject,
               convert_from(state, 'UTF8')::json ->> %(field)s AS corrects
        FROM ledger.events WHERE topic = %(made)s AND notification_id <= %(head)s
          AND position(%(quoted)s::bytea IN state) > 0
    ) correction WHERE NOT EXISTS (
        SELECT FROM ledger.events e
        WHERE e.originator_id = correction.corrects COLLATE "C" AND e.topic = %(named_by)s
          AND convert_from(e.state, 'UTF8')::json ->> 'payment' = correction.subject
    ) ORDER BY 1"""
CORRECTIONS: dict[str, type[Event]] = {
    "completes": PaymentSupplemented,
    "redirects": PaymentRedirected,
}
HOW_MANY = f"""SELECT count(*) FROM ledger.events
    WHERE topic = '{MADE}' AND notification_id <= %s"""


class Run(NamedTuple):
    """A run as its own events tell it."""

    position: int
    drawn_up: PayRunDrawnUp
    chunks: list[PayRunChunkReleased]
    released: PayRunReleased | None


def run_total(asked: CheckContext) -> Findings:
    """Draw every run again."""
    found = Findings()
    promised = dict(asked.connection.execute(PROMISED, (asked.head,)).fetchall())
    for run in runs(asked):
        found.examined += run.drawn_up.count
        check_run(asked, found, run, promised.get(run.drawn_up.originator_id))
    return found


def runs(asked: CheckContext) -> Iterator[Run]:
    """Read the runs one after another."""
    run: Run | None = None
    for position, topic, state in asked.rows("runs", RUNS, (asked.head,)):
        event = decode(topic, state)
        if isinstance(event, PayRunDrawnUp):
            if run is not None:
                yield run
            run = Run(position, event, [], None)
        elif run is not None and isinstance(event, PayRunChunkReleased):
            run.chunks.append(event)
        elif run is not None and isinstance(event, PayRunReleased):
            run = run._replace(released=event)
    if run is not None:
        yield run


def check_run(asked: CheckContext, found: Findings, run: Run, promised: int | None) -> None:
    """Hold what was drawn up, promised and paid against what the roll gives."""
    said = run.drawn_up
    if said.kind:
        check_promise(found, run, promised)
        return
    drawn = draw(
        asked.unit, run=said.originator_id, scheme=said.scheme, month=said.month, at=said.roll_at
    )
    again = (drawn.digest, drawn.total, len(drawn.lines), drawn.persons)
    if again != (said.digest, said.total, said.count, said.persons):
        detail = f"the roll at {said.roll_at} gives {drawn.total} fen, {len(drawn.lines)} lines"
        found.breach([run.position], said.originator_id, f"{detail}; {said.total} was drawn up")
        return
    check_promise(found, run, promised)
    released = run.chunks[-1].to_line if run.chunks else 0
    if run.released is not None and released != len(drawn.lines):
        found.breach([run.position], said.originator_id, f"released after {released} lines")
    check_lines(asked, found, run, drawn.lines[:released])


def check_promise(found: Findings, run: Run, promised: int | None) -> None:
    """Hold what was promised to a run against what was drawn up; of arrears the lines elsewhere."""
    said = run.drawn_up
    if promised != said.total and (promised is not None or (run.chunks and said.total)):
        found.breach([run.position], said.originator_id, f"{promised or 0} fen promised")


def check_lines(asked: CheckContext, found: Findings, run: Run, lines: list[Due]) -> None:
    """Hold each released line against its payment, or against what was held back."""
    said = run.drawn_up
    prefix = payment_prefix(said.scheme, said.month)
    paid = payments_of(asked, run, prefix)
    held = {line.payment: line.amount for chunk in run.chunks for line in chunk.held_back}
    for tag, line, _ in lines:
        kept = held.pop(prefix + tag, None)
        position, payment = paid.pop(tag, (run.position, None))
        if (kept is None) == (payment is None):
            how = "paid and held back" if payment else "neither paid nor held back"
            found.breach([position], prefix + tag, f"{said.originator_id}: {how}")
        elif kept is not None and kept != line.amount:
            found.breach([position], prefix + tag, f"{kept} fen held back of {line.amount}")
        elif payment is not None and wrong(payment, line, said):
            detail = f"{payment.amount} fen; the roll gives {line.amount}"
            found.breach([run.position, position], prefix + tag, detail)
    for tag, (position, payment) in paid.items():
        found.breach([position], prefix + tag, f"{payment.amount} fen; it is no line of its run")
    for tag in held:
        found.breach([run.position], tag, "held back, and no line of its run")


def payments_of(asked: CheckContext, run: Run, prefix: str) -> dict[str, tuple[int, PaymentMade]]:
    """Read a run's payments by their tag, with their positions; corrections are no lines."""
    rows = asked.connection.execute(PAID, (prefix, prefix + "\x7f", asked.head), binary=True)
    payments = ((position, PAYMENT.decode(state)) for position, state in rows)
    return {
        payment.originator_id[len(prefix) :]: (position, payment)
        for position, payment in payments
        if payment.run == run.drawn_up.originator_id
        and not payment.completes
        and not payment.redirects
    }


def wrong(payment: PaymentMade, line: RollLine, run: PayRunDrawnUp) -> bool:
    """Tell whether a payment is not what its line and its run give."""
    return (
        payment.amount != line.amount
        or payment.persons != len(line.members)
        or (payment.area, payment.tier, payment.rate_from, payment.payee)
        != (line.area, line.tier, line.rate_from, line.payee)
        or (payment.fund, payment.earmark, payment.programme, payment.month)
        != (run.fund, run.earmark, run.programme, run.month)
    )


def not_twice(asked: CheckContext) -> Findings:
    """Look for a tag that was paid or guarded twice, and for supplements that nobody named."""
    found = Findings()
    row = asked.connection.execute(HOW_MANY, (asked.head,)).fetchone()
    found.examined = row[0] if row else 0
    given: dict[str, Any] = {"head": asked.head}
    look_for_tags(asked, found)
    for name, kind in CORRECTIONS.items():
        named = given | {"field": name, "made": MADE, "named_by": stored_name(kind)}
        named["quoted"] = f'"{name}"'.encode()
        for position, subject in asked.connection.execute(NOT_NAMED, named):
            found.breach([position], subject, f"the payment that it {name} does not name it")
    compare_holders(asked, found, [run.drawn_up for run in runs(asked)])
    return found


def look_for_tags(asked: LogAtHead, found: Findings) -> None:
    """Look for tags that were paid or guarded twice."""
    for scheme, month, positions in asked.connection.execute(
        TWICE, {"head": asked.head}
    ).fetchall():
        counted = those_that_count(asked, positions)
        if len(counted) > 1:
            found.breach(counted, f"scheme:{scheme}", f"one person twice for {month}")


def those_that_count(asked: LogAtHead, positions: list[int]) -> list[int]:
    """Return the positions whose events are booked by the day up to which is asked, if any."""
    if asked.until is None:
        return positions
    events = event_log.at_each(asked.connection, sorted(set(positions)))
    booked = {each.position: decode(each.topic, each.state).act.booked for each in events}
    return [position for position in positions if booked[position] <= asked.until]


TOTAL = QueryCheck("run-total", RUN_TOTAL, run_total)
TWICE_PAID = QueryCheck("not-twice", NOT_TWICE, not_twice)
