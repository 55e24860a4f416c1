"""The words of the pages, from the catalogues in locales/: one of each language.

The templates are written in Chinese, and that is what the catalogues call a text; a code word (a
fund's kind, the verb of a topic) is called by itself, under the kind of word that it is.
"""

from __future__ import annotations

from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from api.http.language import Language

# Words kept at hand; gettext takes 3 µs to find one, and a page shows a hundred.
KEPT = 4096
LOCALES = Path(__file__).parent / "locales"


def catalogue_of(language: Language) -> Path:
    """Return the file that translators edit."""
    return LOCALES / language / "LC_MESSAGES" / "messages.po"


@cache
def translations(language: Language) -> Translations:
    """Read the catalogue of a language, as gettext has it."""
    with catalogue_of(language).open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


@lru_cache(KEPT)
def phrase(chinese: str, language: Language) -> str:
    """Return a text of the pages, which is written in Chinese where it stands."""
    return translations(language).gettext(chinese)


@lru_cache(KEPT)
def word(kind: str, name: str, language: Language) -> str:
    """Return the word for a code word; one that is in no list stands for itself."""
    return str(translations(language).pgettext(kind, name))


@lru_cache(KEPT)
def unit_of(number: int, unit: str, language: Language) -> str:
    """Return the word for a unit beside a number: in the plural where the language has one."""
    return translations(language).npgettext("unit", unit, unit, number)


def counted(number: int, unit: str, language: Language) -> str:
    """Write a number with its unit."""
    return f"{number:,} {unit_of(number, unit, language)}"


def topic(name: str, language: Language) -> str:
    """Say a topic (`fund.committed`, perhaps with a version) as a heading."""
    noun, _, rest = name.partition(".")
    verb = rest.partition(".")[0]
    heading = phrase("%(noun)s · %(verb)s", language) % {
        "noun": word("noun", noun, language),
        "verb": word("verb", verb, language),
    }
    return heading[:1].upper() + heading[1:]
