"""The tables from which a roll is drawn: entitlements, households, schemes, rates, runs."""

from typing import Any, TypeAlias

from projections.core.view import Table

KEY = 'text COLLATE "C" NOT NULL'
# A position behind all others: what has not come yet.
NEVER = 2**63 - 1
WITHDRAWN = f"withdrawn_at bigint NOT NULL DEFAULT {NEVER}"
# Rows of tables, or statements with what they are given.
Said: TypeAlias = list[tuple[str, Any]]
TABLES = (
    Table(
        "roll_entitlements",
        f"""entitlement {KEY} PRIMARY KEY, scheme {KEY}, holder {KEY}, payee text NOT NULL,
        area text NOT NULL, state text NOT NULL, granted_at bigint, tier text NOT NULL DEFAULT '',
        amount bigint NOT NULL DEFAULT 0, units bigint NOT NULL DEFAULT 1,
        income bigint NOT NULL DEFAULT 0, income_from text NOT NULL DEFAULT '',
        starts text NOT NULL DEFAULT '', ends text NOT NULL DEFAULT '',
        stop text NOT NULL DEFAULT '', until text NOT NULL DEFAULT '',
        since date, programme text COLLATE "C" NOT NULL, granted_on date""",
        ("(scheme)", "(holder)", "(programme)"),
        """SELECT count(*), md5(string_agg(r::text, E'\\n' ORDER BY entitlement))
        FROM roll_entitlements r GROUP BY left(entitlement, 16) ORDER BY left(entitlement, 16)""",
        says={
            "": "Entitlements (核定) as they were first granted.",
            "entitlement": "The entitlement.",
            "scheme": "Its scheme.",
            "holder": "The person or household entitled.",
            "payee": "Who is paid for the holder; empty if the holder is.",
            "area": "Its area.",
            "state": "Its state: applied, assessed, publicised, granted, suspended or stopped.",
            "granted_at": "The position of the grant; null before it.",
            "tier": "The tier of the scheme's rates.",
            "amount": "The amount granted, in fen; 0: what the scheme's rate gives.",
            "units": "How many units of the rate are paid.",
            "income": "The income found before the grant, in fen.",
            "income_from": "The month from which that income counts.",
            "starts": "The first month paid.",
            "ends": "The last month paid; empty if none is set.",
            "stop": "The month from which it is stopped; empty if it is not.",
            "until": "The last day of the grant; empty if none is set.",
            "since": "The first day of the grant; null before it.",
            "programme": "The programme of its scheme.",
            "granted_on": "The day on which the grant is booked; null before it.",
        },
    ),
    Table(
        "roll_changes",
        f"""position bigint NOT NULL, entitlement {KEY}, kind text NOT NULL, day date NOT NULL,
        month text NOT NULL,
        tier text NOT NULL, amount bigint NOT NULL, units bigint NOT NULL,
        income bigint NOT NULL, withdrawn_at bigint""",
        ("(entitlement)", "(position)"),
        """SELECT count(*), md5(string_agg(r::text, E'\\n' ORDER BY position))
        FROM roll_changes r GROUP BY position / 10000 ORDER BY position / 10000""",
        says={
            "": "What changed of entitlements after their grant.",
            "position": "The position of the event.",
            "entitlement": "The entitlement.",
            "kind": "assessed, adjusted, suspended, resumed, stopped or withdrawn.",
            "day": "The day from which it counts.",
            "month": "The month of that day.",
            "tier": "The new tier, where adjusted.",
            "amount": "The new amount in fen, where adjusted; 0: what the rate gives.",
            "units": "The new units, where adjusted; where assessed, 1 if eligible, else 0.",
            "income": "The new income in fen, where assessed.",
            "withdrawn_at": "The position from which a stop or suspension counts no longer.",
        },
    ),
    Table(
        "roll_members",
        f"""household {KEY}, person {KEY}, position bigint NOT NULL, first text NOT NULL,
        since date NOT NULL, left_at bigint, last text NOT NULL DEFAULT '', until date,
        {WITHDRAWN}""",
        ("(household)", "(person)"),
        """SELECT count(*), md5(string_agg(r::text, E'\\n' ORDER BY position, person))
        FROM roll_members r GROUP BY position / 10000 ORDER BY position / 10000""",
        says={
            "": "Who belongs to which household.",
            "household": "The household.",
            "person": "The person.",
            "position": "The position of joining.",
            "first": "The first month that counts.",
            "since": "The day of joining.",
            "left_at": "The position of leaving; null while there.",
            "last": "The last month that counts; empty while there.",
            "until": "The day of leaving; null while there.",
            "withdrawn_at": "The position from which on it is known that this was a mistake.",
        },
    ),
    Table(
        "roll_beds",
        f"""facility {KEY}, position bigint NOT NULL, month text NOT NULL, beds bigint NOT NULL,
        body text NOT NULL""",
        ("(facility)", "(position)"),
        "SELECT count(*), md5(string_agg(r::text, E'\\n' ORDER BY position)) FROM roll_beds r",
        says={
            "": "Beds in use in facilities.",
            "facility": "The facility.",
            "position": "The position of the event.",
            "month": "The first month that counts.",
            "beds": "How many beds it has from then on; 0 where it is closed.",
            "body": "Who runs it, where it opens; empty else.",
        },
    ),
    Table(
        "roll_ends",
        f"body {KEY} PRIMARY KEY, position bigint NOT NULL, month text NOT NULL",
        ("(position)",),
        "SELECT count(*), md5(string_agg(r::text, E'\\n' ORDER BY body)) FROM roll_ends r",
        says={
            "": "Bodies that have ended.",
            "body": "The body.",
            "position": "The position of the event.",
            "month": "The month in which it ended.",
        },
    ),
    Table(
        "roll_deaths",
        f"person {KEY}, position bigint NOT NULL, month text NOT NULL, day date NOT NULL,"
        f" {WITHDRAWN}, PRIMARY KEY (person, position)",
        ("(position)",),
        "SELECT count(*), md5(string_agg(r::text, E'\\n' ORDER BY position)) FROM roll_deaths r",
        says={
            "": "Deaths reported.",
            "person": "The person.",
            "position": "The position of the report.",
            "month": "The month of the death.",
            "day": "Its day.",
            "withdrawn_at": "The position from which on it is known that the person lives.",
        },
    ),
    Table(
        "roll_merges",
        f"person {KEY} PRIMARY KEY, position bigint NOT NULL, into_ {KEY}, whose {KEY}",
        ("(whose)", "(position)"),
        "SELECT count(*), md5(string_agg(r::text, E'\\n' ORDER BY position)) FROM roll_merges r",
        says={
            "": "Registrations that were merged into another of the same person.",
            "person": "The id that was merged.",
            "position": "The position of the merge.",
            "into_": "The id into which it was merged.",
            "whose": "The id under which the person is known now.",
        },
    ),
    Table(
        "roll_accounts",
        f"person {KEY}, position bigint NOT NULL, PRIMARY KEY (person, position)",
        (),
        "SELECT count(*), md5(string_agg(r::text, E'\\n' ORDER BY position)) FROM roll_accounts r",
        says={
            "": "Accounts that are other than at the registration.",
            "person": "The person.",
            "position": "The position of the change.",
        },
    ),
    Table(
        "roll_schemes",
        f"""scheme {KEY} PRIMARY KEY, position bigint NOT NULL, pays text NOT NULL,
        formula text NOT NULL, after_death_months int NOT NULL, follows text""",
        (),
        "SELECT count(*), md5(string_agg(r::text, E'\\n' ORDER BY scheme)) FROM roll_schemes r",
        says={
            "": "Schemes adopted.",
            "scheme": "The scheme.",
            "position": "The position of the adoption.",
            "pays": "How often it pays: monthly, once or in-kind.",
            "formula": "How an amount follows from the rate: flat, top-up or per-unit.",
            "after_death_months": "Months that are paid after the holder's death.",
            "follows": "The scheme whose payments this one follows; null if none.",
        },
    ),
    Table(
        "roll_rates",
        f"""scheme {KEY}, position bigint NOT NULL, line int NOT NULL, area text NOT NULL,
        tier text NOT NULL, from_ text NOT NULL, amount bigint NOT NULL""",
        ("(scheme)",),
        """SELECT count(*), md5(string_agg(r::text, E'\\n' ORDER BY position, line))
        FROM roll_rates r""",
        says={
            "": "Rates of schemes.",
            "scheme": "The scheme.",
            "position": "The position of the event that set it.",
            "line": "Its number among the rates of that event.",
            "area": "The area it holds in; empty: everywhere.",
            "tier": "The tier.",
            "from_": "The first day it holds.",
            "amount": "The rate, in fen.",
        },
    ),
    Table(
        "roll_areas",
        f"area {KEY}, position bigint NOT NULL, on_ date NOT NULL, parent text NOT NULL",
        (),
        "SELECT count(*), md5(string_agg(r::text, E'\\n' ORDER BY position)) FROM roll_areas r",
        says={
            "": "What lies above each area.",
            "area": "The area.",
            "position": "The position of the event.",
            "on_": "The day from which it counts.",
            "parent": "The area above; empty for the city.",
        },
    ),
    Table(
        "roll_runs",
        f"run {KEY} PRIMARY KEY, scheme {KEY}, month text NOT NULL, position bigint NOT NULL",
        ("(scheme, month)",),
        "SELECT count(*), md5(string_agg(r::text, E'\\n' ORDER BY position)) FROM roll_runs r",
        says={
            "": "Pay runs drawn up.",
            "run": "The pay run.",
            "scheme": "Its scheme.",
            "month": "Its month.",
            "position": "The position of the drawing up.",
        },
    ),
)
