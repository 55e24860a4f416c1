"""PostgreSQL's files in a data folder, and the one server that runs on them."""

import secrets
import shutil
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from shlex import quote
from tempfile import mkdtemp

import psutil

from infra.config.errors import Unavailable
from infra.embedded.binaries import make_shelf, programs_for
from infra.embedded.system_user import SystemUser, database_user, words_of

DATABASE = "mingzhang"
OWNER = "mingzhang_owner"
LOOPBACK = "127.0.0.1"
# Below the range from which systems hand out ports of their own accord.
PORTS = range(20_000, 32_000)
PATIENCE_SECONDS = 600
TUNING = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "100",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    # Two cores and little memory: plans that do not surprise, checkpoints few and late.
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    # Refused statements are the application's to report; a log must not gather their contents.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "log_timezone": "UTC",
}
# Left behind by a server that was killed; its last processes are about to go.
PASSING_TROUBLES = ("shared memory block", "lock file", "is being used by another")


@dataclass(frozen=True)
class Postmaster:
    """What postmaster.pid says of a server that is alive."""

    port: int
    status: str


class Cluster:
    """The files and the server of one data folder. Callers see to it that they are alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def tables(self) -> Path:
        """PostgreSQL's own folder; a link leads to it where it had to lie elsewhere."""
        return (self.folder / "postgres").resolve()

    @property
    def user(self) -> SystemUser:
        """Whom the server runs as."""
        return database_user(self.tables)

    def exists(self) -> bool:
        """Say whether the files have been made."""
        return (self.folder / "postgres").exists()

    def make(self, password: str) -> None:
        """Make the files and the empty database: whole, or not at all."""
        user = self.user
        base = self._base(user)
        for left_by_a_crash in self.folder.glob(".postgres-*"):
            shutil.rmtree(left_by_a_crash)
        draft = Path(mkdtemp(dir=base, prefix=".postgres-"))
        user.take(draft)
        try:
            _initialise(user, draft, password)
            place = self.folder / "postgres"
            if base != self.folder:
                elsewhere = base / f"postgres-{secrets.token_hex(8)}"
                (draft / "tables").rename(elsewhere)
                place.symlink_to(elsewhere)
            else:
                (draft / "tables").rename(place)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def _base(self, user: SystemUser) -> Path:
        """Choose where the files lie: in the data folder, unless its user cannot get there."""
        if not user.reaches(self.folder):
            self.folder.chmod(self.folder.stat().st_mode | 0o011)
        return self.folder if user.reaches(self.folder) else make_shelf()

    def running_port(self) -> int | None:
        """Give the port of the running server, once it has finished starting or stopping."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            server = self.postmaster()
            if server is None:
                return None
            if server.status == "ready":
                return server.port
            time.sleep(0.02)
        raise Unavailable("the database in {folder} neither starts nor stops", folder=self.folder)

    def postmaster(self) -> Postmaster | None:
        """Read who runs on these files; nothing if nobody alive does."""
        try:
            lines = (self.tables / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return None
        if not lines or not self._is_ours(int(lines[0])):
            return None
        whole = len(lines) >= 8  # noqa: PLR2004 - pid, folder, start, port, socket, host, memory, status
        return Postmaster(int(lines[3]), lines[7].strip()) if whole else Postmaster(0, "starting")

    def _is_ours(self, pid: int) -> bool:
        """Say whether a pid is a living server on these files: numbers come round again."""
        try:
            process = psutil.Process(pid)
            return process.status() != psutil.STATUS_ZOMBIE and any(
                str(self.tables) in word for word in process.cmdline()
            )
        except (psutil.NoSuchProcess, ValueError):
            return False

    def start(self, ports: Iterable[int]) -> int:
        """Start the server on the first port that is free, and give that port."""
        user = self.user
        if not user.reaches(self.tables):
            raise Unavailable(
                "user {user}, who owns the database, cannot enter {folder}: open the"
                " folders above it (chmod o+x), or move the data folder",
                user=str(user.uid),
                folder=self.tables,
            )
        for port in ports:
            if _is_free(port) and self._start_at(user, port):
                (self.folder / "port").write_text(str(port))
                return port
        raise Unavailable(
            "the database in {folder} finds no free port on {host}",
            folder=self.folder,
            host=LOOPBACK,
        )

    def ports(self) -> list[int]:
        """Give the ports to try: the last one first, so that an address outlives a restart."""
        remembered = self.folder / "port"
        last = [int(remembered.read_text())] if remembered.exists() else []
        return last + SystemRandom().sample(PORTS, 5)

    def _start_at(self, user: SystemUser, port: int) -> bool:
        options = " ".join(f"-c {quote(f'{name}={value}')}" for name, value in TUNING.items())
        pg_ctl, log = programs_for(user) / "pg_ctl", self.tables / "server.log"
        deadline = time.monotonic() + 10
        while True:
            self._drop_stale_pid()
            begin = log.stat().st_size if log.exists() else 0
            command = (pg_ctl, "start", "-w", "-t", str(PATIENCE_SECONDS), "-D", self.tables)
            done = user.run(*command, "-l", log, "-o", f"-p {port} {options}")
            if done.returncode == 0:
                return True
            said = log.read_bytes()[begin:].decode(errors="replace") if log.exists() else ""
            if "could not bind" in said:
                return False
            if time.monotonic() > deadline or not any(word in said for word in PASSING_TROUBLES):
                raise Unavailable(
                    "the database does not start: {reason} {log}",
                    reason=words_of(done),
                    log=said[-2000:],
                )
            time.sleep(0.2)

    def _drop_stale_pid(self) -> None:
        """Remove the mark of a dead server whose number is another's by now, or a zombie's."""
        mark = self.tables / "postmaster.pid"
        if mark.exists() and self.postmaster() is None:
            mark.unlink()

    def stop(self, mode: str) -> None:
        """Stop the server: `fast` in good order, `immediate` as a power cut would."""
        user = self.user
        pg_ctl = programs_for(user) / "pg_ctl"
        patience = str(PATIENCE_SECONDS)
        done = user.run(pg_ctl, "stop", "-D", self.tables, "-m", mode, "-w", "-t", patience)
        if done.returncode and self.postmaster() is not None:
            raise Unavailable(
                "the database in {folder} does not stop: {reason}",
                folder=self.folder,
                reason=words_of(done),
            )


def _initialise(user: SystemUser, draft: Path, password: str) -> None:
    """Run initdb in a draft folder, and make our database before any server runs."""
    programs, tables, secret = programs_for(user), draft / "tables", draft / "password"
    secret.touch(mode=0o600)
    user.take(secret)
    secret.write_text(password)
    made = user.run(
        *(programs / "initdb", "-D", tables, "--username", OWNER, "--pwfile", secret),
        *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    )
    if made.returncode:
        raise Unavailable(
            "no database can be made in {folder}: {reason}",
            folder=draft.parent,
            reason=words_of(made),
        )
    single = (programs / "postgres", "--single", "-D", tables, "-c", "log_checkpoints=off")
    named = user.run(*single, "postgres", stdin=f"CREATE DATABASE {DATABASE}\n")
    if named.returncode or "ERROR" in named.stderr:
        raise Unavailable(
            "no database can be made in {folder}: {reason}",
            folder=draft.parent,
            reason=words_of(named),
        )


def _is_free(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except OSError:
            return False
        return True
