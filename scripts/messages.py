"""Keep the catalogue of what refusals, problems and readers tell (make messages).

    python -m scripts.messages

New sentences come in untranslated, those that no code tells any more go. What the code tells is
read off its syntax: every call of Sentence, of a class of errors with a message, or of a function
that takes a sentence as `text` and its parts by name.
"""

from __future__ import annotations

import ast
import inspect
import string
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from api.commands.parsing import unreadable
from api.http.language import LANGUAGES, Language
from api.http.translation import CATALOGUE, STATE
from api.http.wrong_parts import FOUND
from api.pages.page_words import catalogue_of
from api.queries.parameters import wrong
from domain import EVENTS
from domain.kernel.refusals import WrongState
from domain.kernel.rules import RULES
from domain.kernel.sentences import Explained, Sentence
from scripts.page_words import wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

ROOT = Path(__file__).parent.parent
FOLDERS = ("domain", "projections", "infra", "api")


class Occurrence(NamedTuple):
    """One place that tells a sentence, and the parts that it gives; None: they are passed on."""

    place: str
    text: str | None
    parts: frozenset[str] | None

    @property
    def missing(self) -> set[str]:
        """Return what the sentence names and its place does not give."""
        return set() if self.parts is None else placeholders(self.text or "") - self.parts


def placeholders(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def explained(kind: type[Explained] = Explained) -> Iterator[type[Explained]]:
    """List every class of errors with a message."""
    for each in kind.__subclasses__():
        yield each
        yield from explained(each)


@cache
def tellers() -> dict[str, Callable[..., object]]:
    """Return what takes a sentence, by its name in the code."""
    known: list[Callable[..., object]] = [*explained(), Sentence, unreadable, wrong]
    return {each.__name__: each for each in known}


def told_in_code() -> list[Occurrence]:
    """Find every place that tells a sentence."""
    found = (file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py")))
    files = [file for file in found if file.stem != "__main__"]
    # All are imported before the first is read: a class that tells is known by its import.
    modules = {file: module_of(file) for file in files}
    return [place for file, module in modules.items() for place in told_in(file, module)]


def module_of(file: Path) -> ModuleType:
    """Import the module of a file."""
    path = file.relative_to(ROOT).with_suffix("")
    return import_module(".".join(path.parts).removesuffix(".__init__"))


def told_in(file: Path, module: ModuleType) -> Iterator[Occurrence]:
    """Find the places in one module."""
    path = file.relative_to(ROOT)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and (teller := teller_of(node.func, module)):
            yield Occurrence(f"{path}:{node.lineno}", text_of(node, teller), parts_of(node))


def teller_of(function: ast.expr, module: ModuleType) -> Callable[..., object] | None:
    """Return what is called if it takes a sentence: by a name of the module, or of one in it."""
    match function:
        case ast.Name(id=name):
            called = getattr(module, name, None)
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            called = getattr(getattr(module, owner, None), name, None)
        case _:
            return None
    return next((each for each in tellers().values() if each is called), None)


def text_of(call: ast.Call, teller: Callable[..., object]) -> str | None:
    """Return the sentence of a call: the literal, or what the class says without one."""
    names = [*inspect.signature(teller).parameters]
    argument = "rule" if teller is WrongState or is_ruled(teller) else "text"
    place = names.index(argument) if argument in names else len(call.args)
    if place >= len(call.args):
        return getattr(teller, "SAYS", None)
    given = call.args[place]
    text = given.value if isinstance(given, ast.Constant) else None
    return RULES.get(str(text)) if argument == "rule" else text if text is None else str(text)


def is_ruled(teller: Callable[..., object]) -> bool:
    """Tell whether a class takes the name of a rule in place of a sentence."""
    return isinstance(teller, type) and issubclass(teller, WrongState)


def parts_of(call: ast.Call) -> frozenset[str] | None:
    """Return the names of the parts that a call gives."""
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(name for name in names if name)


def sentences() -> set[str]:
    """Return every sentence there is."""
    told = {each.text for each in told_in_code() if each.text}
    own = {each.SAYS for each in explained() if hasattr(each, "SAYS")}
    return own | told | {*RULES.values(), *FOUND.values()}


def states() -> set[str]:
    """Return every state that an event leads to, by its class or by itself, and the books'."""
    parts = {"part-returned", "part-written-back"}
    return {event.STATE for event in EVENTS.values() if event.STATE} | {
        "soft-closed",
        "dead",
        *parts,
    }


def extracted() -> Catalog:
    """Return the catalogue as the code wants it, without translations."""
    wanted = Catalog()
    for text in sorted(sentences()):
        wanted.add(text)
    for state in sorted(states()):
        wanted.add(state, context=STATE)
    return wanted


def refreshed(file: Path, language: Language, code: Callable[[Catalog], Catalog]) -> None:
    """Bring one catalogue up to date; translations stay."""
    with file.open("rb") as source:
        catalogue = read_po(source, locale=language)
    catalogue.update(code(catalogue), no_fuzzy_matching=True)
    with file.open("wb") as out:
        options = {"ignore_obsolete": True, "omit_header": True, "sort_output": True}
        write_po(out, catalogue, width=100, no_location=True, **options)


def main() -> None:
    """Bring all catalogues up to date."""
    refreshed(CATALOGUE, "zh", lambda _: extracted())
    for language in LANGUAGES:
        refreshed(catalogue_of(language), language, partial(wanted, language))


if __name__ == "__main__":
    main()
