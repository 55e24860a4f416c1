"""A command's form: what was typed, what is wrong with it, and the command that it makes."""

from __future__ import annotations

import re
import secrets
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from api.commands.parsing import SUBJECT, read_command
from api.commands.request import one_key
from api.commands.schemas import SCHEMAS
from api.desk.form_fields import ACT, MONTH_PATTERN, ON, FormField, fields_of
from api.desk.form_values import FormReader, Typed, numbers_below
from api.http.problems import NotFound, Unreadable, describe
from api.http.translation import told
from api.http.wrong_parts import FOUND
from domain.kernel.ids import KEY, PLAIN, SHOWN
from domain.kernel.refusals import Refused
from domain.kernel.sentences import Sentence
from infra.commands.command import Command, CommandRequest
from infra.config.clock import today

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.http.language import Language
    from api.http.problems import Said
    from infra.commands.command import CommandType, Sender

# Empty rows below those that are filled in.
SPARE_ROWS = 1
# The kinds in the pattern of an id.
KINDS = re.compile(r"\^\(\?:(?:\(\?:)?([a-z-]+(?:\|[a-z-]+)*)\)?:")
WANTED = {
    f"^(?:{KEY})$": Sentence("small letters, digits, points, colons and hyphens are wanted"),
    f"^(?:{PLAIN})$": Sentence("small letters, digits, points and hyphens are wanted"),
    f"^(?:{SHOWN})?$": Sentence("a text on one line is wanted"),
    f"^(?:{SHOWN})$": Sentence("a text on one line is wanted"),
    f"^(?:[a-z][a-z-]{{0,31}}:{KEY})$": Sentence("an id is wanted, such as fund:general"),
    SUBJECT: Sentence("an id is wanted, such as fund:general"),
    MONTH_PATTERN: Sentence("a month is wanted, such as 2007-03"),
    "^(?:[0-9a-f]{64})$": Sentence("64 digits and letters from a to f are wanted"),
}
MORE_ROWS = 5


@dataclass
class CommandForm:
    """One form of a command in a reader's language."""

    command: str
    typed: Typed
    language: Language
    problem: Mapping[str, Any] | None = None
    wrong: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def type(self) -> CommandType:
        """Return the command's type; of one that acts on several kinds, the first."""
        return next(iter(SCHEMAS[self.command].values())).command

    @property
    def kinds(self) -> Sequence[str]:
        """Return the kinds of the subjects that the command takes."""
        return tuple(SCHEMAS[self.command])

    @property
    def roles(self) -> frozenset[str]:
        """Return who may send it."""
        return roles_of(self.command)

    @property
    def fields(self) -> Sequence[FormField]:
        """Return the fields of its body."""
        return fields_of(self.command)

    @property
    def act_fields(self) -> Sequence[FormField]:
        """Return the fields that say on what grounds it is done."""
        return ACT

    @property
    def on(self) -> FormField:
        """Return the field of the day."""
        return ON

    @property
    def key(self) -> str:
        """Return the key under which the form is sent: the same however often it is."""
        return self.typed.get("key", "") or new_key()

    def said(self, name: str, default: str = "") -> str:
        """Return what a field shows."""
        if name == "on" and "on" not in self.typed:
            return today().isoformat()
        return self.typed.get(name, default)

    def is_ticked(self, name: str, word: str) -> bool:
        """Tell whether a word of a list is ticked."""
        return word in {self.typed.get(f"{name}.{n}") for n in numbers_below(self.typed, name)}

    def rows(self, field: FormField) -> list[int]:
        """Return the numbers of the rows that are shown: those filled in, and spare ones."""
        numbers = numbers_below(self.typed, field.name)
        spare = MORE_ROWS if self.typed.get("more") == field.name else SPARE_ROWS
        after = numbers[-1] + 1 if numbers else 0
        return [*numbers, *range(after, after + spare)]

    def says_more(self) -> bool:
        """Tell whether the grounds are filled in, or wrong: then they are shown at once."""
        names = [each.name for each in ACT]
        return any(
            name.partition(".")[0] in names and (name in self.wrong or self.typed.get(name))
            for name in [*self.typed, *self.wrong]
        )

    def request(self, sender: Sender) -> CommandRequest:
        """Return what is sent; `Unreadable` where anything cannot be read."""
        return CommandRequest([self.read()], one_key(None, [self.key]), sender)

    def read(self) -> Command:
        """Read the command, and gather all that is wrong with it."""
        reader = FormReader(self.typed)
        raw: dict[str, Any] = {
            "command": self.command,
            "subject": self.subject(),
            "act": reader.act(),
            "what": reader.what(self.fields),
        }
        if expect := reader.text("expect"):
            raw["expect"] = reader.read(next(f for f in ACT if f.name == "expect"), expect)
        for name, error in reader.errors:
            self.wrong[name].append(told(error.sentence, self.language))
        try:
            command = read_command(raw)
        except Unreadable as error:
            self.blame(error)
            self.blame_body(raw)
            raise
        if self.wrong:
            raise Unreadable
        return command

    def blame_body(self, raw: Mapping[str, Any]) -> None:
        """Note what is wrong with the body too, where the frame around it is wrong."""
        frame = {"subject": f"{self.kinds[0]}:a", "act": {"on": f"{today()}"}}
        try:
            read_command({**raw, **frame, "expect": None})
        except Unreadable as error:
            self.blame(error)

    def subject(self) -> str:
        """Return the subject; the one kind there is need not be typed."""
        said = self.typed.get("subject", "").strip()
        kinds = self.kinds
        if said and len(kinds) == 1 and not said.startswith(f"{kinds[0]}:"):
            return f"{kinds[0]}:{said}"
        return said

    def blame(self, error: Unreadable) -> None:
        """Note what is wrong beside the fields that it is about."""
        for part in error.wrong_parts:
            name = name_of(part.pointer)
            if name not in self.wrong:
                self.wrong[name].append(told(in_words(part.sentence), self.language))

    def refused(self, error: Said, path: str) -> None:
        """Note why it was refused: above the form, and beside the fields that it is about."""
        self.problem = describe(error, instance=path, language=self.language)
        if isinstance(error, Unreadable):
            return
        for part in self.problem["errors"]:
            self.wrong[name_of(part["pointer"])].append(part["detail"])
        if isinstance(error, Refused) and error.subject and not self.wrong:
            for name, said in self.typed.items():
                if said.strip() == error.subject:
                    self.wrong[name].append(str(self.problem["detail"]))


def in_words(sentence: Sentence) -> Sentence:
    """Say what is wanted where a pattern says it to programs alone."""
    if sentence.text != FOUND["string_pattern_mismatch"]:
        return sentence
    pattern = str(sentence.parts["pattern"])
    if kinds := KINDS.match(pattern):
        named = [f"{kind}:" for kind in kinds[1].split("|")]
        return Sentence("an id is wanted that begins with {kinds}", kinds=named)
    return WANTED.get(pattern, sentence)


def name_of(pointer: str) -> str:
    """Return the field that a JSON pointer into a command is about."""
    steps = pointer.strip("/").replace("~1", "/").replace("~0", "~").split("/")
    if steps[0] == "act":
        steps = steps[1:]
    if steps[-1] in {"value", "unit"} and steps[:-1] != ["what"]:
        steps = steps[:-1]
    return ".".join(steps)


def new_key() -> str:
    """Return a key for a form: nobody else has it."""
    return f"desk-{secrets.token_urlsafe(18)}"


def roles_of(command: str) -> frozenset[str]:
    """Return who may send a command; `NotFound` where there is none of that name."""
    if command not in SCHEMAS:
        raise NotFound
    return frozenset(role for each in SCHEMAS[command].values() for role in each.command.spec.roles)
