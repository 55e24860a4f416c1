"""Messages in the reader's language: the catalogue's sentence, with its parts written in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from api.http.language import Language
from domain.kernel.sentences import Sentence

CATALOGUE = Path(__file__).parent / "locales" / "zh" / "LC_MESSAGES" / "problems.po"
STATE = "state"


def told(message: Sentence, language: Language) -> str:
    """Tell a message; states in it are translated, money is in 元, all other parts are as sent."""
    if language == "en":
        return str(message)
    sentences, states = catalogue()
    parts = dict(message.parts)
    for name, part in message.parts.items():
        if isinstance(part, Sentence):
            parts[name] = told(part, language)
        elif name == STATE:
            parts[name] = states.get(str(part), part)
        elif name == f"{STATE}s" and isinstance(part, Iterable):
            parts[name] = [states.get(each, each) for each in part]
    pattern = sentences.get(message.text, message.text)
    return Sentence(message.text, **parts).told(pattern, yuan="{} 元", comma="、")


def state_word(state: str, language: Language) -> str:
    """Return the word for a state; one that is in no list stands for itself."""
    return state.replace("-", " ") if language == "en" else catalogue()[1].get(state, state)


@cache
def catalogue() -> tuple[dict[str, str], dict[str, str]]:
    """Read the Chinese sentences, and the words of states, each by its English."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 - only where Chinese is told

    with CATALOGUE.open(encoding="utf-8") as file:
        known = [entry for entry in read_po(file) if entry.id and entry.string]
    return (
        {str(e.id): str(e.string) for e in known if e.context is None},
        {str(e.id): str(e.string) for e in known if e.context == STATE},
    )
