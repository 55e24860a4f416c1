"""What can be imported: each kind with its columns, and the commands that a row becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from api.commands.schemas import SCHEMAS
from api.imports.import_columns import ImportColumn, columns_of_command

Values: TypeAlias = Mapping[str, Any]
Raw: TypeAlias = dict[str, Any]

KEY = ImportColumn("key", "text", "/subject", required=True, example="2026-0001")
DAY = ImportColumn("on", "day", "/act/on", required=True, example="2026-01-31")
AUTHORITY = ImportColumn("authority", "text", "/act/authority")
NAME = ImportColumn("name", "sealed", "/what/sealed/name", example="甲子丑")
ID_NUMBER = ImportColumn(
    "id_number", "sealed", "/what/sealed/id_number", example="000001190001010018"
)
ACCOUNT = ImportColumn("account", "sealed", "/what/sealed/account", example="0000000000000001")
PAPERS = ("name", "id_number", "account")


@dataclass(frozen=True)
class RowNames:
    """What a row's own digest names: its key, its person and its claim; `known` is who has its ID.

    `number` tells a person from any other without saying the ID number.
    """

    key: str
    number: str = ""
    known: str | None = None

    @property
    def person(self) -> str:
        """Return the person that the row is about."""
        return self.known or f"person:{(self.number or self.key)[:32]}"


@dataclass(frozen=True)
class ImportKind:
    """A kind of table: its columns, and what a row says as commands."""

    name: str
    title: str
    columns: tuple[ImportColumn, ...]
    commands: tuple[str, ...]
    raws: Callable[[Values, RowNames], Sequence[Raw]]

    @property
    def roles(self) -> frozenset[str]:
        """Return the roles that may send one of its commands."""
        return frozenset(
            role
            for name in self.commands
            for schema in SCHEMAS[name].values()
            for role in schema.command.spec.roles
        )


def act(values: Values) -> Raw:
    """Write a row's act."""
    said = {"on": values["on"], "authority": values.get("authority")}
    return {name: value for name, value in said.items() if value is not None}


def plain(name: str, title: str, command: str, fields: str, **examples: str) -> ImportKind:
    """Make a kind whose row is one command on the subject that its key names."""
    [subject] = SCHEMAS[command]
    known = columns_of_command(command)
    columns = [known[field] for field in fields.split()]
    columns = [each._replace(example=examples.get(each.field, each.example)) for each in columns]

    def raws(values: Values, _: RowNames) -> Sequence[Raw]:
        what = {c.field: values[c.field] for c in columns if values.get(c.field) is not None}
        key = str(values["key"]).removeprefix(f"{subject}:")
        return [
            {"command": command, "subject": f"{subject}:{key}", "act": act(values), "what": what}
        ]

    return ImportKind(name, title, (KEY, DAY, *columns, AUTHORITY), (command,), raws)


def papers(values: Values) -> Raw:
    """Write what a row brings for the vault."""
    return {name: values[name] for name in PAPERS if values.get(name)}


def person_raws(values: Values, names: RowNames) -> Sequence[Raw]:
    """Register a person, by the row's own id where it names none."""
    subject = f"person:{str(values['key']).removeprefix('person:')}"
    if not values.get("key"):
        subject = f"person:{names.key[:32]}"
    what = {"sealed": papers(values)}
    return [{"command": "person.register", "subject": subject, "act": act(values), "what": what}]


def entitlement_raws(values: Values, names: RowNames) -> Sequence[Raw]:
    """Register the holder, unless known; apply, or bring in what was granted before."""
    raws: list[Raw] = []
    if names.known is None:
        what: Raw = {"sealed": papers(values)}
        raws.append(
            {
                "command": "person.register",
                "subject": names.person,
                "act": act(values),
                "what": what,
            }
        )
    what = {name: values[name] for name in ("scheme", "area", "units") if values.get(name)}
    what["holder"] = values.get("household") or names.person
    verb, subject = "apply", f"entitlement:{names.key[:32]}"
    if values.get("bring_in"):
        verb = "bring-in"
        what |= {"tier": values["tier"], "from": values["from"]}
    raws.append(
        {"command": f"entitlement.{verb}", "subject": subject, "act": act(values), "what": what}
    )
    if values.get("income") is not None and verb == "apply":
        found = {"income": values["income"], "eligible": True}
        raws.append({**raws[-1], "command": "entitlement.assess", "what": found})
    return raws


def household_raws(values: Values, _: RowNames) -> Sequence[Raw]:
    """Form a household."""
    what = {"members": values["members"], "area": values["area"]}
    subject = f"household:{str(values['key']).removeprefix('household:')}"
    return [{"command": "household.form", "subject": subject, "act": act(values), "what": what}]


BROUGHT_IN = columns_of_command("entitlement.bring-in")
ENTITLEMENTS = (
    NAME._replace(required=True),
    ID_NUMBER._replace(required=True),
    ACCOUNT._replace(required=True),
    ImportColumn("household", "text", "/what/holder", prefix="household:"),
    BROUGHT_IN["scheme"]._replace(example="elder-allowance"),
    BROUGHT_IN["tier"]._replace(example="80-89"),
    BROUGHT_IN["area"]._replace(example="area:440300"),
    ImportColumn("from", "day", "/what/from", required=True, example="2026-01-01"),
    ImportColumn("income", "money", "/what/income"),
    BROUGHT_IN["units"]._replace(example=""),
    ImportColumn("bring_in", "yes-no", "/command", example="否"),
    DAY,
    AUTHORITY,
)
MEMBERS = ImportColumn("members", "ids", "/what/members", required=True, prefix="person:")
HOUSEHOLDS = (
    KEY,
    DAY,
    MEMBERS._replace(example="person:a1、person:a2"),
    columns_of_command("household.form")["area"]._replace(example="area:440300"),
    AUTHORITY,
)
KINDS = {
    kind.name: kind
    for kind in (
        ImportKind(
            "persons",
            "居民登记",
            (KEY._replace(required=False, example=""), NAME, ID_NUMBER, ACCOUNT, DAY, AUTHORITY),
            ("person.register",),
            person_raws,
        ),
        ImportKind("households", "家庭登记", HOUSEHOLDS, ("household.form",), household_raws),
        ImportKind(
            "entitlements",
            "待遇申请",
            ENTITLEMENTS,
            ("person.register", "entitlement.apply", "entitlement.bring-in", "entitlement.assess"),
            entitlement_raws,
        ),
        plain(
            "donations",
            "捐赠收入",
            "donation.receive",
            "donor fund earmark amount campaign name_shown service",
            fund="fund:charity",
            earmark="general",
            campaign="",
        ),
        plain(
            "grants",
            "资助申请",
            "grant.apply",
            "title body project programme purpose area amount",
            area="area:440300",
        ),
        plain(
            "organisations",
            "社会组织登记",
            "organisation.register",
            "title kind activity area credit_code body",
            area="area:440300",
        ),
        plain(
            "registrations",
            "婚姻登记",
            "registration.enter",
            "kind office area",
            area="area:440300",
        ),
        plain(
            "returned-payments",
            "发放退回",
            "payment.return",
            "reason bank_ref amount",
        ),
    )
}
