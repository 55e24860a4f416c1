"""The figures of the plain registers, counted straight from the commands, without any ledger."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.scripts.golden_fold import Fold

    Told = dict[str, Any]
    Figures = Iterator[tuple[str, int | Decimal]]


def of_registers(folded: Fold) -> Figures:
    """Compute every figure that counts a register."""
    told = list(folded.told.values())
    yield from of_organisations(told)
    yield from of_entries(told)
    yield from of_placements(told)
    yield from of_veterans(told)
    yield from of_registrations(told)
    yield from of_services(folded, told)
    yield from of_counts(told)
    yield "dibao.inpatient-cover", covered(folded)


def said(told: list[Told], command: str) -> list[Told]:
    """Return what a command said, with its subject as `id`, in order."""
    return [one["what"] | {"id": one["subject"]} for one in told if one["command"] == command]


def percent(part: int, whole: int, places: str = "1") -> Decimal:
    """Divide, in percent, half up."""
    return (Decimal(100) * part / whole).quantize(Decimal(places), ROUND_HALF_UP)


def of_organisations(told: list[Told]) -> Figures:
    """Count social organisations."""
    before = {row["id"]: row["kind"] for row in said(told, "organisation.bring-in")}
    new = said(told, "organisation.register")
    revoked = [row["id"] for row in said(told, "organisation.revoke")]
    ended = len(revoked) + len(said(told, "organisation.deregister"))
    activities = Counter(row["activity"] for row in new)
    total = len(before) + len(new) - ended
    yield "organisations.new", len(new)
    yield "organisations.total", total
    yield "organisations.growth", percent(total - len(before), len(before), "0.1")
    yield "organisations.revoked", sum(before[body] == "private-unit" for body in revoked)
    yield "home-care.bodies", activities["home-care"]
    yield "social-work.bodies", activities["social-work"]
    hired = said(told, "worker.appoint")
    yield "social-work.staff", sum(row["established"] for row in hired)


def of_entries(told: list[Told]) -> Figures:
    """Count entries of plain registers, and facilities to come."""
    opened = said(told, "entry.open")
    rows = {row["id"]: row for row in (*said(told, "entry.bring-in"), *opened)}
    for row in said(told, "entry.change"):
        rows[row["id"]] = rows[row["id"]] | row
    for row in said(told, "entry.end"):
        del rows[row["id"]]
    kinds = Counter(row["register"] for row in rows.values())
    stations = [r for r in rows.values() if r["register"] == "community-station"]
    shared = [len(row["links"]) for row in stations if len(row["links"]) > 1]
    yield "community-stations.total", len(stations)
    yield "community-stations.shared", len(shared)
    yield "community-stations.committees", sum(shared)
    yield "charity-shops.outlets", kinds["charity-shop"]
    yield "charity-education.bases", kinds["education-base"]
    projects = (row for row in opened if row["register"] == "education-project")
    yield "charity-education.projects", len(list(projects))
    beds = {row["id"]: row["beds"]["value"] for row in said(told, "facility.plan")}
    for row in said(told, "facility.resize"):
        beds[row["id"]] = row["beds"]["value"] if row["id"] in beds else 0
    for row in said(told, "facility.close"):
        beds[row["id"]] = 0
    coming = [each for each in beds.values() if each]
    yield "private-homes.preparing", len(coming)
    yield "private-homes.beds", sum(coming)


def of_placements(told: list[Told]) -> Figures:
    """Count who is helped and who is in care."""
    came = said(told, "placement.admit")
    helped = [*came, *said(told, "placement.assist")]
    there = {row["id"]: row["kind"] for row in (*came, *said(told, "placement.bring-in"))}
    for row in said(told, "placement.discharge"):
        del there[row["id"]]
    kinds = Counter(there.values())
    of_shelter = {row.get("person", row["id"]) for row in helped if row["kind"] == "shelter"}
    yield "shelter.assisted", len(of_shelter)
    officers = (row for row in came if row["kind"] == "retired-officer")
    yield "retired-officers.received", len(list(officers))
    yield "retired-officers.total", kinds["retired-officer"]
    yield "retired-officers.workers", kinds["non-military-staff"]


def of_veterans(told: list[Told]) -> Figures:
    """Count discharged soldiers."""
    received = {row["person"] for row in said(told, "veteran.receive") if row["cohort"] == 2007}
    settled = [*said(told, "veteran.place"), *said(told, "veteran.choose-self-employment")]
    trained = {row["id"] for row in said(told, "veteran.train")}
    yield "veterans.received", len(received)
    yield "veterans.placed-rate", percent(len({row["id"] for row in settled}), len(received))
    yield "veterans.trained-rate", percent(len(trained), len(received))


def of_registrations(told: list[Told]) -> Figures:
    """Count couples."""
    kinds = Counter(row["kind"] for row in said(told, "registration.enter"))
    found = [row["compliant"] for row in said(told, "registration.inspect")]
    yield "marriage.registered", kinds["marriage"]
    yield "marriage.divorced", kinds["divorce"]
    yield "marriage.compliance", percent(sum(found), len(found))


def of_services(folded: Fold, told: list[Told]) -> Figures:
    """Count what was bought and given, in kind."""
    contracts = said(told, "contract.sign")
    yield "social-work.bought", sum(row.get("posts", {"value": 0})["value"] for row in contracts)
    months = said(told, "contract.confirm-month")
    rescued = [row["outcomes"]["rescued"]["value"] for row in months if "outcomes" in row]
    yield "care-line.rescues", sum(rescued)
    lines = folded.rolls.entitlements.values()
    elders = [one for one in lines if one.scheme == "scheme:care-line" and one.runs("2007-12")]
    yield "care-line.elders", len(elders)
    rows = [row for row in folded.stated if row["figure"] == "system.clothing"]
    stated = {row["keeper"]: row["value"]["value"] for row in rows}
    # Each keeper once, events before statement.
    yield "system.clothing", sum((stated | dict(folded.given)).values())


def of_counts(told: list[Told]) -> Figures:
    """Count honours, own work and rules."""
    honours = [row for row in said(told, "honour.confer") if row["award"] == "harmonious-community"]
    levels = Counter(row["level"] for row in honours)
    yield "harmony.province", levels["province"]
    yield "harmony.city", levels["city"]
    done: Counter[str] = Counter()
    handled: Counter[str] = Counter()
    for row in said(told, "tally.report"):
        done[row["measure"]] += row["count"]["value"]
        handled[row["measure"]] += row.get("base", {"value": 0})["value"]
    yield "community-staff.trained", done["training"]
    yield "supply-station.visits", done["supply-station"]
    yield "funeral.cremation", percent(done["cremation"], handled["cremation"])
    rules: dict[str, int] = {}
    for row in sorted(said(told, "rule.enact"), key=lambda row: str(row["from"])):
        if isinstance(row["amount"]["value"], int):
            rules[row["rule"]] = row["amount"]["value"]
    prices = [price for rule, price in rules.items() if rule.startswith("funeral-package:")]
    yield "bus.men-age", rules["bus.men-age"]
    yield "funeral.lowest-price", min(prices)


def covered(folded: Fold) -> Decimal:
    """Return how many of the members of households in payment are insured."""
    rolls = folded.rolls
    insured = {
        one.holder
        for one in rolls.entitlements.values()
        if one.scheme == "scheme:inpatient-insurance" and one.start <= "2007-12" < one.stop
    }
    members = [
        person
        for one in rolls.entitlements.values()
        if one.scheme == "scheme:dibao" and one.runs("2007-12")
        for person, (first, last) in rolls.members[one.holder].items()
        if first <= "2007-12" <= last
    ]
    return percent(sum(person in insured for person in members), len(members))
