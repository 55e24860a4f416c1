"""From a request's bytes, or a line of a file: commands under their key and sender."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from api.commands.parsing import parse_json, read_command, unreadable
from api.http.problems import KeyMissing, Problem, TooLarge
from domain.kernel.ids import UNPRINTED
from domain.kernel.refusals import Refused
from infra.commands.command import Command, CommandRequest, Sender

MOST_BYTES = 10 * 2**20
MOST_LINE_BYTES = 2**20
VERSION = re.compile(r'"?([0-9]{1,18})"?')
GOOD_KEY = re.compile(rf"(?!\s)[^{UNPRINTED}]{{1,64}}(?<!\s)")


def request_of(body: bytes, headers: Mapping[str, str], sender: Sender) -> CommandRequest:
    """Read a JSON body: one command, or an array."""
    if len(body) > MOST_BYTES:
        raise TooLarge(
            "a JSON body has at most {most} bytes: send JSON Lines instead", most=str(MOST_BYTES)
        )
    said = parse_json(body)
    listed = isinstance(said, list)
    raws = said if listed else [said]
    if not raws:
        raise unreadable("", "an array holds at least one command")
    commands = [_numbered(raw, n if listed else None) for n, raw in enumerate(raws)]
    if any(command.by is not None for command in commands):
        raise unreadable("/by", "the token says who sends: leave it out")
    key = one_key(as_text(headers.get("idempotency-key")), [command.key for command in commands])
    return CommandRequest(_expecting(commands, headers.get("if-match")), key, sender, listed=listed)


def as_text(header: str | None) -> str | None:
    """Read a header that was sent as UTF-8; HTTP itself takes its bytes for Latin letters."""
    if header is None or header.isascii():
        return header
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header


def _numbered(raw: object, place: int | None) -> Command:
    """Read one command; in an array its mistakes point below its place."""
    return read_command(raw, "" if place is None else f"/{place}")


def _expecting(commands: list[Command], if_match: str | None) -> list[Command]:
    """Bind a single command to the version that the header names."""
    if if_match is None or if_match.strip() == "*":
        return commands
    found = VERSION.fullmatch(if_match.strip())
    if found is None or len(commands) > 1:
        raise unreadable("", 'the header If-Match is "<version>", and goes with one command')
    return [replace(commands[0], expect=int(found[1]))]


def one_key(header: str | None, inside: list[str | None]) -> str:
    """Find the one key; two different ones, or none, are refused."""
    named = {key for key in [header, *inside] if key is not None}
    if not named:
        raise KeyMissing("send the header Idempotency-Key, or key in the body: 1 to 64 characters")
    if len(named) > 1:
        raise KeyMissing(
            "one request has one key, but these differ: {keys}", keys=", ".join(sorted(named))[:200]
        )
    key = named.pop()
    if not GOOD_KEY.fullmatch(key):
        raise KeyMissing(
            "a key has 1 to 64 printed characters and neither begins nor ends with a space"
        )
    return key


def line_of(line: bytes, sender: Sender | None) -> CommandRequest:
    """Read one line of JSON Lines. Without a sender it carries its own, `by` (trusted)."""
    if len(line) > MOST_LINE_BYTES:
        raise TooLarge("a line has at most {most} bytes", most=str(MOST_LINE_BYTES))
    command = read_command(parse_json(line))
    if sender is None and command.by is None:
        raise unreadable("/by", "a trusted line says who sends it")
    if sender is not None and command.by is not None:
        raise unreadable("/by", "the token says who sends: leave it out")
    key = one_key(None, [command.key])
    return CommandRequest([command], key, sender or Sender(str(command.by)))


def without_mark(line: bytes) -> bytes:
    """Return the first line of a file without its byte order mark, if it has one."""
    return line.removeprefix(BOM_UTF8)


def read_line(line: bytes, sender: Sender | None) -> CommandRequest | Refused | Problem:
    """Read a line, or say why it cannot be read."""
    try:
        return line_of(line, sender)
    except (Refused, Problem) as problem:
        return problem


def trusted(raws: list[dict[str, Any]], key: str) -> CommandRequest:
    """Read an atomic array whose commands each carry their own sender."""
    commands = [read_command({k: v for k, v in raw.items() if k != "key"}) for raw in raws]
    return CommandRequest(commands, key, None, listed=True)
