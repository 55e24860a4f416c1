"""What can wait for somebody: one small function a kind, in one list.

A kind is a command that waits to be sent: it is shown to the roles that may send it, and not to
whoever made what is to be checked. Another kind is another entry of `KINDS`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

from api.commands.catalogue import topics_of
from api.commands.schemas import SCHEMAS
from api.http.translation import told
from api.queries.formats import Row
from api.queries.resource import Query
from api.resources.proposals import sentence
from domain.kernel.aggregate import Event
from infra.config.clock import today
from projections import registers
from projections.casework.claims_to_decide import claims_to_decide
from projections.core import event_log, view

# Of one kind no more are listed at once: the oldest ones that are found first.
MOST_OF_A_KIND = 200
AMOUNTS = ("total", "amount")
Finding: TypeAlias = Callable[[Query], Iterable[Row]]


@dataclass(frozen=True)
class WorkKind:
    """A kind of work: its name, the roles that it waits for, and how it is found.

    What is found are rows with subject, title, since, link and perhaps amount.
    """

    name: str
    roles: frozenset[str]
    find: Finding


def roles_of(command: str) -> frozenset[str]:
    """Return who may send a command."""
    return frozenset(role for each in SCHEMAS[command].values() for role in each.command.spec.roles)


def own_topics(command: str) -> frozenset[str]:
    """Return the topics that a command records on its own subject."""
    kind = command.partition(".")[0]
    own = {topic for each in SCHEMAS[command].values() for topic in topics_of(each.command)}
    return frozenset(topic for topic in own if topic.startswith(f"{kind}."))


def makers_topics(command: str) -> frozenset[str]:
    """Return the topics of the acts whose maker may not send a command."""
    before = [name for each in SCHEMAS[command].values() for name in each.command.spec.not_by]
    return frozenset(topic for name in before for topic in own_topics(name))


def to_send(name: str, command: str, collection: str, *states: str) -> WorkKind:
    """Make the kind of subjects in some states, of which a command is to be sent."""

    def find(query: Query) -> Iterator[Row]:
        rows = registers.rows(query.connection, collection, query.moment, where={"state": states})
        yield from waiting(query, command, list(islice(rows, MOST_OF_A_KIND)))

    return WorkKind(name, roles_of(command), find)


def waiting(query: Query, command: str, rows: Sequence[Row]) -> Iterator[Row]:
    """Give the subjects that others made, each with the day since which it waits."""
    histories = histories_of(query, [str(row["id"]) for row in rows])
    refused = makers_topics(command)
    titles: dict[str, str] = {}
    for row in rows:
        events = histories[str(row["id"])]
        if any(event.TOPIC in refused and event.act.by == query.reader.by for event in events):
            continue
        yield {
            "subject": row["id"],
            "title": title_of(query, row, titles),
            "amount": next((row[name] for name in AMOUNTS if row.get(name)), None),
            "since": events[-1].act.on,
            "link": link_to(command, str(row["id"])),
        }


def histories_of(query: Query, subjects: Sequence[str]) -> Mapping[str, list[Event]]:
    """Read the events of subjects, in one question."""
    found: defaultdict[str, list[Event]] = defaultdict(list)
    if subjects:
        known = dict.fromkeys(subjects, 0)
        for subject, event in event_log.of_subjects(query.connection, known):
            found[subject].append(event)
    return found


def form_of(command: str, subject: str) -> str:
    """Return the address of a command's form, filled in with its subject."""
    return f"/desk/commands/{command}?subject={subject}"


def link_to(command: str, subject: str) -> str:
    """Return where a command is sent from: a run's own page, else the command's form."""
    kind, _, key = subject.partition(":")
    return f"/desk/pay-runs/{key}" if kind == "pay-run" else form_of(command, subject)


def title_of(query: Query, row: Row, titles: dict[str, str]) -> str:
    """Say what a row is: its title, or its scheme's with the month; else its id."""
    if title := row.get("title"):
        return str(title)
    scheme = row.get("scheme")
    if not scheme:
        return str(row["id"])
    if scheme not in titles:
        found = registers.one(query.connection, str(scheme), query.moment)
        titles[str(scheme)] = str((found or {}).get("title") or scheme)
    told = row.get("month") or str(row["id"]).partition(":")[2]
    return f"{titles[str(scheme)]} {told}"


def proposals(query: Query) -> Iterator[Row]:
    """Find what others proposed, and somebody with one of the reader's roles confirms."""
    where = {"state": ("proposed",)}
    day = today().isoformat()
    for row in registers.rows(query.connection, "proposals", query.moment, where=where):
        second = frozenset(row.get("second") or ())
        is_mine = row.get("proposer") == query.reader.by
        if is_mine or not second & query.reader.roles or day > str(row["lapses"]):
            continue
        yield {
            "subject": row["id"],
            "title": told(sentence(row, row["stated"].get("what", {})), query.language),
            "amount": row.get("amount"),
            "since": row["opened_on"],
            "link": f"/desk/proposals/{str(row['id']).partition(':')[2]}",
        }


def claims_after_death(query: Query) -> Iterator[Row]:
    """Find claims whose holder died or is not eligible, and of which nobody has decided."""
    found = claims_to_decide(query.connection, query.moment, day=query.moment.as_of or today())
    for claim in found[:MOST_OF_A_KIND]:
        yield {
            "subject": claim.entitlement,
            "title": f"{claim.scheme.partition(':')[2]} {claim.entitlement.partition(':')[2]}",
            "amount": None,
            "since": claim.since,
            "link": form_of("entitlement.stop", claim.entitlement),
        }


def stopped_views(query: Query) -> Iterator[Row]:
    """Find views that have stopped: what they show is old."""
    for stand in view.stands(query.connection):
        if stand.stopped is not None:
            yield {
                "subject": f"view:{stand.view}",
                "title": f"{stand.view}: {stand.stopped}",
                "amount": None,
                "since": today(),
                "link": "/readyz",
            }


KINDS: tuple[WorkKind, ...] = (
    to_send("pay-run-to-review", "pay-run.review", "pay-runs", "drawn-up"),
    to_send("pay-run-to-approve", "pay-run.approve", "pay-runs", "reviewed"),
    to_send("pay-run-to-release", "pay-run.release", "pay-runs", "approved", "releasing"),
    to_send("pay-run-to-settle", "pay-run.settle", "pay-runs", "released"),
    WorkKind("proposal-to-confirm", roles_of("proposal.confirm"), proposals),
    to_send("money-returned", "payment.reissue", "payments", "returned"),
    to_send("relief-returned", "relief.reissue", "relief-cases", "returned"),
    to_send("relief-to-decide", "relief.decide", "relief-cases", "applied"),
    to_send("relief-to-pay", "relief.pay", "relief-cases", "decided"),
    to_send("claim-to-assess", "entitlement.assess", "entitlements", "applied"),
    to_send("claim-to-publicise", "entitlement.publicise", "entitlements", "assessed"),
    to_send("claim-to-grant", "entitlement.grant", "entitlements", "publicised"),
    WorkKind("claim-to-decide", roles_of("entitlement.stop"), claims_after_death),
    to_send("grant-to-award", "grant.award", "grants", "applied"),
    to_send("period-to-close", "period.close", "periods", "soft-closed"),
    WorkKind("view-stopped", roles_of("role.grant"), stopped_views),
)


def all_rows(query: Query) -> Iterator[dict[str, Any]]:
    """Give what waits for the reader, kind by kind."""
    for kind in KINDS:
        if kind.roles & query.reader.roles:
            for row in kind.find(query):
                yield {"kind": kind.name, **row}
