"""The data folder: made once, of one format, and refused in words when it cannot be used."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.config.errors import Unavailable

FORMAT = "mingzhang 1\n"
# The file that names the ledgers of the folder.
LEDGERS = "ledger"
POSTGRES_MAJOR = "18"


@contextmanager
def in_plain_words(folder: Path) -> Iterator[None]:
    """Turn what the file system refuses in a data folder into what its operator can do."""
    try:
        yield
    except PermissionError as refusal:
        raise Unavailable(
            "the data folder {folder} belongs to another user ({file}): run as that"
            " user, or name another folder in MINGZHANG_DATA",
            folder=folder,
            file=refusal.filename,
        ) from refusal
    except OSError as refusal:
        raise Unavailable(
            "the data folder {folder} cannot be used: {reason}", folder=folder, reason=refusal
        ) from refusal


def make_data_folder(folder: Path) -> None:
    """Make the folder if it is new; anybody may pass through it, nobody else may list it."""
    with in_plain_words(folder):
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o711)


def note_ledger(folder: Path, ledger: str) -> None:
    """Keep which ledger the folder belongs to: a line for each that its keys have opened."""
    place = folder / LEDGERS
    with in_plain_words(folder):
        if ledger not in (place.read_text().splitlines() if place.exists() else ()):
            make_data_folder(folder)
            with place.open("a") as file:
                file.write(f"{ledger}\n")


def ledgers_of(folder: Path) -> str:
    """Name the ledgers of a folder, for a sentence; the folder itself where none is known."""
    place = folder / LEDGERS
    with in_plain_words(folder):
        known = place.read_text().split("\n")[:-1] if place.exists() else []
    return "; ".join(known[:3]) or str(folder)


def require_our_format(folder: Path) -> None:
    """Refuse a folder that another version wrote; mark a new one as ours."""
    with in_plain_words(folder):
        mark, version = folder / "format", folder / "postgres" / "PG_VERSION"
        if version.exists():
            _require_major(folder, version.read_text().strip())
            found = mark.read_text() if mark.exists() else "no format mark"
            _require_format(folder, found)
        elif mark.exists():
            _require_format(folder, mark.read_text())
        else:
            mark.write_text(FORMAT)


def _require_major(folder: Path, major: str) -> None:
    if major != POSTGRES_MAJOR:
        raise Unavailable(
            "the data folder {folder} was written by PostgreSQL {found}, this"
            " version brings PostgreSQL {wanted}: export it with the version that"
            " wrote it and load it anew, or name another folder in MINGZHANG_DATA",
            folder=folder,
            found=major,
            wanted=str(POSTGRES_MAJOR),
        )


def _require_format(folder: Path, found: str) -> None:
    if found != FORMAT:
        raise Unavailable(
            "the data folder {folder} is of another version ({found}, {wanted}"
            " wanted): use the version of Mingzhang that wrote it, or name another"
            " folder in MINGZHANG_DATA",
            folder=folder,
            found=repr(found.strip()),
            wanted=repr(FORMAT.strip()),
        )
