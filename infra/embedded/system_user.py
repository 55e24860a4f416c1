"""The system user PostgreSQL runs as: oneself, or one without rights, because it refuses root."""

import fcntl
import os
import pwd
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from infra.config.errors import Unavailable

SYSTEM_USER = "mingzhang"
# A clean one: PGHOST, PGDATA or a locale of the caller must not steer our server.
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True)
class SystemUser:
    """Whom the server's programs run as; no numbers means oneself."""

    uid: int | None = None
    gid: int | None = None

    def run(self, *command: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run a program to its end, in a session of its own that Ctrl-C does not reach."""
        try:
            return subprocess.run(
                [str(word) for word in command],
                user=self.uid,
                group=self.gid,
                extra_groups=None if self.uid is None else [],
                input=stdin,
                capture_output=True,
                text=True,
                cwd="/",
                env=ENVIRONMENT,
                start_new_session=True,
                check=False,
            )
        except PermissionError as refusal:
            raise Unavailable(
                "cannot run {program} as user {user}: {reason}",
                program=command[0],
                user=str(self.uid),
                reason=refusal,
            ) from refusal

    def reaches(self, place: Path) -> bool:
        """Say whether this user can enter a folder, or run a program."""
        return self.uid is None or self.run("test", "-x", place).returncode == 0

    def take(self, place: Path) -> None:
        """Give a file or a folder to this user."""
        if self.uid is not None and self.gid is not None:
            os.chown(place, self.uid, self.gid)


def database_user(tables: Path) -> SystemUser:
    """Choose whom PostgreSQL runs as: the owner of its tables, where root has a choice."""
    if os.geteuid() != 0:
        return SystemUser()
    if tables.exists() and (owner := tables.stat()).st_uid != 0:
        return SystemUser(owner.st_uid, owner.st_gid)
    entry = _system_user()
    return SystemUser(entry.pw_uid, entry.pw_gid)


def _system_user() -> pwd.struct_passwd:
    """Give our system user; make it where the system can, else take the one that owns nothing."""
    with suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    _make_system_user()
    for name in (SYSTEM_USER, "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise Unavailable(
        "PostgreSQL refuses to run as root and no user can be made for it: make"
        " a system user named {user}, or run as an ordinary user",
        user=SYSTEM_USER,
    )


def _make_system_user() -> None:
    """Make our system user, unless another process has made it meanwhile.

    One at a time: two `useradd` at once have been seen to write over each other's user.
    """
    useradd = shutil.which("useradd")
    if useradd is None:
        return
    with Path("/etc/passwd").open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        with suppress(KeyError):
            pwd.getpwnam(SYSTEM_USER)
            return
        command = [useradd, "--system", "--user-group", "--no-create-home", SYSTEM_USER]
        subprocess.run([*command, "--shell", "/bin/false"], capture_output=True, check=False)


def words_of(*results: subprocess.CompletedProcess[str]) -> str:
    """Give what programs said, on one line."""
    return " ".join(" ".join(f"{r.stdout} {r.stderr}".split()) for r in results)
