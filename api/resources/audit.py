"""The auditor's addresses: exceptions, samples and what `verify` found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from api.queries import parameters
from api.queries.formats import Column, Row, Total, columns
from api.queries.resource import Address, ShortList
from domain.office.sampling import MOST_PICKS, MOST_SEED
from domain.registers.audit_rules import RULES, limits
from infra.audit.exception_row import KINDS, AuditContext
from infra.audit.exceptions import exceptions
from infra.audit.samples import METHODS, POPULATIONS, DrawnSample, SampleTerms, draw_sample, told
from infra.config.clock import today
from infra.verify import kept_results
from infra.verify.check import LogAtHead
from infra.verify.kept_results import CheckRun
from infra.verify.runner import CHECKS, NOT_BUILT
from projections.casework.early_warnings import enacted
from projections.disclosure.clearance import CLOSE

EXCEPTIONS = columns("id kind subject amount days detail by events", quantities="amount")
PICKS = columns("pick subject position amount", quantities="amount")
FOUND = columns("check sentence holds examined breached breaches position since time run")
RUNS = columns("run state full checks by asked_at ended_at position")
BUILT = tuple(name for name in CHECKS if name not in NOT_BUILT)
MOST_DAYS = 100_000
MOST_RUNS = 100


class ExceptionList(ShortList):
    """What an auditor should look at, each with the events that make it."""

    @cached_property
    def asked(self) -> AuditContext:
        """Return the log at the moment that is asked about, and the limits in force."""
        query = self.query
        moment, day = query.moment, query.moment.as_of or today()
        log = LogAtHead(query.connection, moment.position, self.tag, until=moment.as_of)
        return AuditContext(log, moment, day, limits(enacted(query.connection, moment), day))

    def tag(self, scheme: str, *parts: str) -> str:
        """Name the payment of a holder."""
        return self.query.vault.tag(self.query.connection, scheme, parts)

    def columns(self) -> Sequence[Column]:
        """Return what an exception says."""
        return EXCEPTIONS

    def listed(self) -> Sequence[Row]:
        """Return the exceptions."""
        query = self.query
        kinds = query.where.get("kind", ())
        return exceptions(self.asked, kinds, query.single.get("min_days"))

    def totals(self) -> Sequence[Total]:
        """Return how many there are of each kind."""
        kinds = [str(row["kind"]) for row in self.found]
        wanted = self.query.where.get("kind", KINDS)
        return tuple(Total(kind, kinds.count(kind), "event") for kind in wanted)

    def extra(self) -> Mapping[str, Any]:
        """Return the day to which days count, and the limits."""
        asked = self.asked
        rules = [
            {
                "kind": rule.kind,
                "rule": rule.rule,
                "limit": {"value": asked.limits[rule.kind], "unit": rule.default.unit},
            }
            for rule in RULES
        ]
        return {"day": asked.day, "rules": rules}


class SampleList(ShortList):
    """A sample of a population, drawn by a seed."""

    KEY = "pick"

    @cached_property
    def terms(self) -> SampleTerms:
        """Return what the sample follows from; raise `Unreadable` where something is missing."""
        query = self.query
        given = query.single
        for name in ("population", "method", "size", "seed"):
            if name not in given:
                raise parameters.wrong(f"/{name}", "a sample needs this parameter")
        from_, to = given.get("from"), given.get("to")
        if from_ and to and to < from_:
            raise parameters.wrong("/to", "must not be before `from`")
        return SampleTerms(
            given["population"], given["method"], given["size"], given["seed"],
            query.moment, from_, to,
        )  # fmt: skip

    @cached_property
    def sample(self) -> DrawnSample:
        """Return the sample, drawn once."""
        return draw_sample(self.query.connection, self.terms)

    def columns(self) -> Sequence[Column]:
        """Return what a pick says."""
        return PICKS

    def listed(self) -> Sequence[Row]:
        """Return the picks."""
        return [
            {**pick._asdict(), "amount": {"value": pick.amount, "unit": "fen"}}
            for pick in self.sample.picks
        ]

    def totals(self) -> Sequence[Total]:
        """Return the sum of the picks."""
        return (Total("amount", sum(pick.amount for pick in self.sample.picks), "fen"),)

    def extra(self) -> Mapping[str, Any]:
        """Return what the sample follows from, with the id that gives it again."""
        return told(self.terms, self.sample)


class CheckResults(ShortList):
    """What each check of `verify` answered last."""

    KEY = "check"

    def columns(self) -> Sequence[Column]:
        """Return what a check says."""
        return FOUND

    def listed(self) -> Sequence[Row]:
        """Return the newest answers up to the moment; of what was never asked there is none."""
        query = self.query
        named = query.where.get("check", BUILT)
        wanted = [name for name in BUILT if name in named]
        found = kept_results.newest(query.connection, query.moment.position, wanted)
        return [each.told() for each in found]

    def totals(self) -> Sequence[Total]:
        """Return how many checks hold, and how many found something."""
        broken = sum(not row["holds"] for row in self.found)
        return Total("holds", len(self.found) - broken, "check"), Total("broken", broken, "check")


class CheckRuns(ShortList):
    """The runs of `verify` that were asked for, the newest first."""

    KEY = "run"

    def columns(self) -> Sequence[Column]:
        """Return what is said of a run."""
        return RUNS

    def listed(self) -> Sequence[Row]:
        """Return the runs."""
        return [run_row(run) for run in kept_results.latest(self.query.connection, MOST_RUNS)]


def run_row(run: CheckRun) -> dict[str, Any]:
    """Say of a run who asked for what, and how far it is."""
    return {
        "run": str(run.id),
        "state": run.state,
        "full": run.is_full,
        "checks": run.checks,
        "by": run.person,
        "asked_at": run.asked_at,
        "ended_at": run.ended_at,
        "position": run.position,
    }


AUDIT: tuple[Address, ...] = (
    Address(
        path="/checks",
        summary="What each check of verify answered last, up to which position, and when.",
        resource=CheckResults,
        filters={"check": parameters.one_of(*BUILT)},
        roles=CLOSE,
    ),
    Address(
        path="/checks/runs",
        summary="The runs of verify that were asked for.",
        resource=CheckRuns,
        roles=CLOSE,
    ),
    Address(
        path="/exceptions",
        summary="What an auditor should look at: money paid after a stop, twice, late or in parts,"
        " money that lies, acts of one person, without papers, on days of rest.",
        resource=ExceptionList,
        views=("registers", "journal", "roll"),
        single={"min_days": parameters.between(0, MOST_DAYS)},
        filters={"kind": parameters.one_of(*KINDS)},
        roles=CLOSE,
    ),
    Address(
        path="/samples",
        summary="A sample that an auditor draws: by monetary unit or at random, by a seed; its id"
        " gives it again.",
        resource=SampleList,
        views=("registers", "journal"),
        single={
            "population": parameters.one_of(*POPULATIONS),
            "method": parameters.one_of(*METHODS),
            "size": parameters.between(1, MOST_PICKS),
            "seed": parameters.between(0, MOST_SEED),
            "from": parameters.day,
            "to": parameters.day,
        },
        roles=CLOSE,
    ),
)
