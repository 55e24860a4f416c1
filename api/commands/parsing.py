"""Reading what a sender says: commands from JSON, each checked against its schema."""

from __future__ import annotations

import json
from typing import Annotated, Any

import msgspec
from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    StrictInt,
    StrictStr,
    StringConstraints,
    ValidationError,
)

from api.commands.schemas import CLOSED, SCHEMAS, CommandSchema, Day, Said
from api.commands.values import listed
from api.http.problems import Unreadable
from api.http.wrong_parts import WrongPart, wrong_parts_in
from domain.kernel.aggregate import Evidence
from domain.kernel.ids import KEY, PLAIN_KINDS, Digest, Grammar, Name, Text
from domain.kernel.money import MOST
from domain.kernel.sentences import InvalidValue, Sentence
from infra.commands.command import Command, StatedAct

SUBJECT = rf"^[a-z][a-z-]{{0,31}}:{KEY}$"
MOST_ERRORS = 20
LONGEST_POINTER = 200
# A body has six at most.
MOST_LEVELS = 100
SPACES = b" \t\r\n"


def _text(alias: Any) -> Any:
    grammar = next(m for m in alias.__metadata__ if isinstance(m, Grammar))
    return Annotated[
        str, StringConstraints(strict=True, pattern=grammar.pattern, max_length=grammar.longest)
    ]


class EvidenceBody(BaseModel):
    """A document that an act rests on."""

    model_config = CLOSED
    name: _text(Text)  # type: ignore[valid-type]
    sha256: _text(Digest)  # type: ignore[valid-type]


class ActBody(BaseModel):
    """When it takes effect, when it counts in the books, on what authority."""

    model_config = CLOSED
    on: Day
    booked: Day | None = None
    authority: Said = ""
    reason: Said = ""
    evidence: Annotated[tuple[EvidenceBody, ...], BeforeValidator(listed)] = ()

    def stated(self) -> StatedAct:
        """Return it as a plain struct."""
        return StatedAct(
            on=self.on,
            booked=self.booked,
            authority=self.authority,
            reason=self.reason,
            evidence=tuple(Evidence(e.name, e.sha256) for e in self.evidence),
        )


class CommandBody(BaseModel):
    """One command as it is sent."""

    model_config = CLOSED
    command: Annotated[str, StringConstraints(strict=True, max_length=100)]
    subject: Annotated[str, StringConstraints(strict=True, pattern=SUBJECT)]
    key: StrictStr | None = None
    expect: Annotated[StrictInt, Field(ge=0, le=MOST)] | None = None
    by: _text(Name) | None = None  # type: ignore[valid-type]
    act: ActBody
    what: dict[str, Any] = Field(default_factory=dict)


def unreadable(pointer: str, text: str, /, **parts: object) -> Unreadable:
    """Say the one wrong part: its JSON pointer, and what to do."""
    return Unreadable(WrongPart(pointer, Sentence(text, **parts)))


def parse_json(body: bytes) -> Any:
    """Read JSON strictly: no NaN, no stray bytes, no bottomless nesting, no name said twice."""
    try:
        said = msgspec.json.decode(body)
        if names_in(said) != written_names(body):
            SAID_ONCE.decode(body.decode())
    except RecursionError:
        raise unreadable("", "the JSON is nested too deeply") from None
    except InvalidValue as error:
        raise Unreadable(WrongPart("", error.sentence)) from None
    except ValueError as error:
        raise unreadable("", "this is not JSON: {reason}", reason=str(error)) from None
    return said


def names_in(said: Any, levels: int = MOST_LEVELS) -> int:
    """Count the names of all objects; `RecursionError` where more levels are nested."""
    if type(said) is not dict and type(said) is not list:
        return 0
    if not levels:
        raise RecursionError
    names = len(said) if type(said) is dict else 0
    for value in said.values() if type(said) is dict else said:
        if type(value) is dict or type(value) is list:
            names += names_in(value, levels - 1)
    return names


def written_names(body: bytes) -> int:
    """Count what may be names in JSON: a quote before a colon ends a name, or lies in a text.

    So it is never less than the names that are written, and where it is as many as those that were
    read, none stands twice.
    """
    return body.translate(None, SPACES).count(b'":')


def _said_once(pairs: list[tuple[str, object]]) -> None:
    """Refuse an object that says a name twice: two readers would not agree on what it means."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise InvalidValue("an object in the JSON has one name twice: name each once")


SAID_ONCE = json.JSONDecoder(object_pairs_hook=_said_once)


def read_command(raw: object, place: str = "") -> Command:
    """Check one command: its envelope, then its body by its schema; `place` leads pointers."""
    try:
        body = CommandBody.model_validate(raw)
    except ValidationError as error:
        raise Unreadable(*_wrong_parts(error, place)) from None
    schema = _schema_for(body, place)
    try:
        what = schema.body.model_validate(body.what)
    except ValidationError as error:
        raise Unreadable(*_wrong_parts(error, f"{place}/what")) from None
    stated: dict[str, Any] = {k: v for k, v in raw.items() if k not in ("key", "by")}  # type: ignore[attr-defined]
    return Command(
        type=schema.command,
        subject=body.subject,
        act=body.act.stated(),
        what={name: getattr(what, name) for name in schema.command.fields},
        key=body.key,
        expect=body.expect,
        by=body.by,
        content=msgspec.json.encode(stated, order="sorted"),
        mentions=_mentions(body.what),
        read=read_command,
    )


def _schema_for(body: CommandBody, place: str) -> CommandSchema:
    by_kind = SCHEMAS.get(body.command)
    if by_kind is None:
        raise unreadable(
            f"{place}/command",
            "there is no command {command}: GET /v1/commands lists them",
            command=body.command,
        )
    kind, _, key = body.subject.partition(":")
    schema = by_kind.get(kind)
    if schema is None:
        raise unreadable(
            f"{place}/subject",
            "{command} acts on a subject that begins with one of: {kinds}",
            command=body.command,
            kinds=[f"{kind}:" for kind in by_kind],
        )
    if kind in PLAIN_KINDS and ":" in key:
        raise unreadable(f"{place}/subject", "the key of a {kind} holds no colon", kind=kind)
    return schema


def _mentions(what: dict[str, Any]) -> tuple[str, ...]:
    """Find the ids that a body names, so that they are loaded together."""
    values = [value for name, value in what.items() if name != "sealed"]
    # It grows while it is read.
    for value in values:
        if type(value) is dict:
            values += value.values()
        elif type(value) is list:
            values += value
    return tuple(value for value in values if type(value) is str and ":" in value)


def _wrong_parts(error: ValidationError, base: str) -> list[WrongPart]:
    """Return what is wrong below a base, pointers and number bounded."""
    found = wrong_parts_in(error.errors(include_url=False, include_input=False), base=base)
    return [
        WrongPart(each.pointer[:LONGEST_POINTER], each.sentence) for each in found[:MOST_ERRORS]
    ]
