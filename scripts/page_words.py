"""What the pages say: the texts of their templates and code, and the code words they name.

A translator finds all of it in api/pages/locales; `make messages` brings it up to date.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

import api.desk
import api.pages
from api.commands.schemas import SCHEMAS
from api.desk import pay_run_page, register_pages
from api.desk.form_fields import every_field
from api.desk.navigation import ALL
from api.desk.work_kinds import KINDS
from api.pages.chapters import CHAPTERS, REST
from api.pages.funds import STAGES
from api.queries import sheet_words
from api.resources.accounts import JOURNAL_COLUMNS
from api.resources.audit import BUILT
from api.resources.proposals import STATES
from api.resources.public import RUN_COLUMNS
from api.resources.registers import COLUMNS
from api.resources.turnover import PARTS
from domain import EVENTS
from domain.funds.fund_events import Basis, FundKind
from domain.kernel import accounts
from domain.kernel.ids import Purpose
from domain.kernel.money import UNITS
from domain.office.roles import RoleName
from domain.registers.areas import Level
from infra.audit.exception_row import KINDS as EXCEPTION_KINDS
from infra.audit.samples import METHODS as SAMPLING_METHODS
from infra.audit.samples import POPULATIONS
from projections.accounts.pivot import DIMENSIONS, LACKING, MEASURES
from projections.casework.bank_reconciliation import WHYS
from projections.casework.closing import KINDS as CLOSING_KINDS
from projections.casework.closing import STATES as PERIOD_STATES
from projections.disclosure.schemas import all_schemas
from projections.figures import KNOWN
from projections.figures.definition import FigureBasis, FigureKind, FigureQualifier, TermRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from api.desk.form_fields import FormField
    from api.http.language import Language

FOLDERS = tuple(Path(str(part.__file__)).parent for part in (api.pages, api.desk))
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
KEYWORDS = {**DEFAULT_KEYWORDS, "phrase": None}
# Words that nothing in the code lists, because a command may say others: what the catalogues hold
# of them is kept, and must be the same in each language.
FREE = frozenset({"body", "column", "form field", "programme", "source"})


def texts() -> set[tuple[str | None, str]]:
    """Return the Chinese texts of templates and code, each with its context, if it has one."""
    named = {
        (context, str(text))
        for folder in FOLDERS
        for _, _, text, _, context in extract_from_dir(str(folder), METHODS, OPTIONS, KEYWORDS)
    }
    titles = [each.title for each in (*CHAPTERS.values(), REST)]
    titles += [entry.title for entry in ALL]
    return named | {(None, title) for title in titles}


def code_words() -> Mapping[str, set[str]]:
    """Return the code words that a page may name, by the kind of word that they are."""
    return {**words_of_the_public(), **words_of_the_desk()}


def words_of_the_public() -> Mapping[str, set[str]]:
    """Return those that any page may name."""
    topics = [event.TOPIC for event in EVENTS.values()]
    registers = {name for each in CHAPTERS.values() for name in each.registers}
    return {
        "noun": {topic.partition(".")[0] for topic in topics},
        "verb": {topic.partition(".")[2] for topic in topics},
        "field": {"booked", *fields(), *(field.word for field in every_field()), *columns()},
        "class": {*accounts.CLASSES, *STAGES},
        "unit": {*UNITS, "item:clothing", "percent"},
        "rate": {"percent"},
        "fund kind": {*get_args(FundKind)},
        "basis": {*get_args(Basis)},
        "purpose": {*get_args(Purpose)},
        "qualifier": {*get_args(FigureQualifier)},
        "figure kind": {*get_args(FigureKind)},
        "figure basis": {*get_args(FigureBasis)},
        "part": {*PARTS},
        "term": {*get_args(TermRole)},
        "scope": {*get_args(Level), *(figure.scope for figure in KNOWN.values())},
        "programme": {figure.programme for figure in KNOWN.values()},
        "collection": registers | {*register_pages.ROLES},
        "role": {*get_args(RoleName)},
        "sheet": {*sheet_words.SAYS},
    }


def words_of_the_desk() -> Mapping[str, set[str]]:
    """Return those that a page of the desk names."""
    return {
        "choice": {word for field in every_field() for word in chosen(field)},
        "command": {*SCHEMAS},
        "proposal state": {*STATES},
        "run state": {*pay_run_page.STATES},
        "line state": {*pay_run_page.LINE_STATES},
        "held back": {*pay_run_page.HELD_FOR},
        "cause": {*pay_run_page.CAUSES},
        "change": {*pay_run_page.SHOWN_FIRST},
        "match": {*WHYS},
        "measure": {*MEASURES},
        "dimension": {*DIMENSIONS},
        "dimension without": {*LACKING},
        "period state": {*PERIOD_STATES},
        "open matter": {*CLOSING_KINDS},
        "exception": {*EXCEPTION_KINDS},
        "check": {*BUILT},
        "check state": {"waiting", "done", "failed"},
        "population": {*POPULATIONS},
        "sampling": {*SAMPLING_METHODS},
        "way": {"token", "provider", "demonstration"},
        "work": {kind.name for kind in KINDS},
    }


def columns() -> set[str]:
    """Return the names of the columns of the registers' pages."""
    listed = {column.name for kind in register_pages.LISTED for column in COLUMNS[kind]}
    journal = {column.name for column in JOURNAL_COLUMNS} | {"postings", "stage"}
    runs = {column.name for column in RUN_COLUMNS}
    return {*listed, *journal, *runs, *register_pages.FIRST_FILTERS} - register_pages.UNSHOWN


def chosen(field: FormField) -> Iterable[str]:
    """Return the words of a choice; units and yes and no have words of their own."""
    return field.choices if field.control in {"choice", "several"} else ()


def fields() -> set[str]:
    """Return the names of all that a public record says of an event."""
    said = {"on", "authority", "reason", "reverses"}
    for named in all_schemas():
        if named.zone == "open":
            said |= set(names(named.schema["properties"].get("what", {})))
    return said


def names(schema: Any) -> Iterator[str]:
    """List the names of the properties in a schema, those of quantities and ratios apart."""
    if isinstance(schema, list):
        for each in schema:
            yield from names(each)
    elif isinstance(schema, dict):
        properties = schema.get("properties", {})
        if not {"value", "unit"} <= properties.keys():
            yield from properties
            for each in properties.values():
                yield from names(each)
        for name in ("items", "anyOf", "oneOf"):
            yield from names(schema.get(name, []))


def wanted(language: Language, kept: Catalog) -> Catalog:
    """Return the catalogue that the code wants, without translations."""
    catalogue = Catalog(locale=language)
    if language != "zh":
        for context, text in sorted(texts(), key=str):
            catalogue.add(text, context=context)
    words = {(kind, word) for kind, some in code_words().items() for word in some}
    words |= {(str(e.context), str(e.id)) for e in kept if e.context in FREE}
    for kind, word in sorted(words):
        catalogue.add((word, word) if kind == "unit" else word, context=kind)
    return catalogue
