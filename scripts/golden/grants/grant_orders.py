"""Tells the grants: projects opened, grants applied for, awarded, paid, accounted for, closed."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from scripts.golden.funds.budgets import class_of
from scripts.golden.grants.grants import LOTTERY, OLD_TAKEN_BACK
from scripts.golden.kernel.commands import YEAR, Order, fen, order
from scripts.golden.office.officers import APPROVER_GRANTS, CLERK, TREASURER, TREASURER_FUNDS, clerk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.golden.grants.grant_life import Grant, Project
    from scripts.golden.grants.grants import Grants
    from scripts.golden.kernel.agenda import Agenda

PROJECTS_OPENED = date(YEAR, 1, 4)
OLD_PROMISE = "grant:welfare-centre-2006"


def plan_events(agenda: Agenda, planned: Grants, late: dict[tuple[str, int], date]) -> None:
    """Note every act; `late` holds the accounts that are booked on an earlier day."""
    for project in planned.projects:
        agenda.add(PROJECTS_OPENED, project_opened, project)
    agenda.add(date(YEAR, 6, 15), taken_back)
    for grant in planned.grants:
        agenda.add(grant.applied, applied, grant)
        agenda.add(grant.awarded, awarded, grant)
        for number, (day, fund, amount) in enumerate(grant.instalments, start=1):
            agenda.add(day, paid, grant, (day, fund, amount), number)
        for number, row in enumerate(grant.accounts):
            booked = late.get((grant.key, number))
            agenda.add(row[0], accounted, grant, row, booked)
        for row in grant.given_back:
            agenda.add(row[0], given_back, grant, row)
        if grant.closed:
            agenda.add(grant.closed, closed, grant)


def project_opened(project: Project) -> Iterator[Order]:
    """Open a project."""
    what = {"title": project.title, "programme": project.programme, "purpose": project.purpose}
    yield order("project.open", project.id, what, by=CLERK, on=PROJECTS_OPENED)


def applied(grant: Grant) -> Iterator[Order]:
    """Apply for a grant."""
    what = {
        "body": grant.body,
        "project": grant.project.id,
        "programme": grant.project.programme,
        "purpose": grant.project.purpose,
        "title": grant.title,
        "area": grant.area,
        "amount": fen(grant.amount),
    }
    yield order("grant.apply", grant.id, what, by=clerk(grant.area), on=grant.applied)


def awarded(grant: Grant) -> Iterator[Order]:
    """Award it, each fund promising its share."""
    shares = [
        {
            "fund": share.fund,
            "earmark": share.earmark,
            "amount": fen(share.amount),
            "class": class_of(share.fund),
        }
        for share in grant.shares
    ]
    what: dict[str, Any] = {"shares": shares}
    if grant.round:
        what["round"] = grant.round
    number = int(sha256(grant.key.encode()).hexdigest()[:4], 16) % 900
    yield order(
        "grant.award",
        grant.id,
        what,
        by=APPROVER_GRANTS,
        on=grant.awarded,
        authority=f"深民〔2007〕{number}号",
        evidence=f"{grant.title}评审意见",
    )


def paid(grant: Grant, row: tuple[date, str, int], number: int) -> Iterator[Order]:
    """Pay an instalment."""
    day, fund, amount = row
    what = {"fund": fund, "amount": fen(amount), "instalment": number}
    yield order("grant.pay", grant.id, what, by=TREASURER, on=day)


def accounted(grant: Grant, row: tuple[date, str, int], booked: date | None) -> Iterator[Order]:
    """Account for what was spent."""
    day, fund, amount = row
    evidence = {"name": "报账凭证.pdf", "sha256": sha256(f"{grant.key}:{day}".encode()).hexdigest()}
    what = of_fund(grant, fund) | {"amount": fen(amount), "evidence": [evidence]}
    by = clerk(grant.area)
    yield order("grant.account", grant.id, what, by=by, on=day, booked=booked)


def given_back(grant: Grant, row: tuple[date, str, int]) -> Iterator[Order]:
    """Give back what was spared."""
    day, fund, amount = row
    what = of_fund(grant, fund) | {"amount": fen(amount)}
    yield order("grant.give-back", grant.id, what, by=clerk(grant.area), on=day)


def of_fund(grant: Grant, fund: str) -> dict[str, Any]:
    """Name the fund where there is more than one."""
    return {"fund": fund} if len(grant.shares) > 1 else {}


def closed(grant: Grant) -> Iterator[Order]:
    """Close it; what was promised and not paid is free again."""
    day = grant.closed or grant.awarded
    yield order("grant.close", grant.id, {}, by=clerk(grant.area), on=day)


def taken_back() -> Iterator[Order]:
    """Take back a part of what was promised in 2006, straight from the fund."""
    what = {"amount": fen(OLD_TAKEN_BACK), "of": OLD_PROMISE}
    yield order("fund.uncommit", LOTTERY, what, by=TREASURER_FUNDS, on=date(YEAR, 6, 15))


def days_after(day: date, number: int) -> date:
    """Return a day so many days later."""
    return day + timedelta(days=number)
