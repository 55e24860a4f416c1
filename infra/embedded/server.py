"""A PostgreSQL of our own in the data folder, shared by all commands that run on that folder.

The first to come starts it and the last to leave stops it. It listens on the loopback address
only, and its owner's password is a key of the data folder.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from infra.config.data_folder import in_plain_words, make_data_folder, require_our_format
from infra.config.errors import Unavailable
from infra.config.settings import Settings
from infra.embedded.cluster import DATABASE, LOOPBACK, OWNER, Cluster
from infra.embedded.leases import Leases, alone, uninterrupted


class EmbeddedPostgres:
    """The server of one data folder, whoever uses it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder = settings.data_folder
        self.cluster = Cluster(self.folder)
        self.leases = Leases(self.folder / "leases")

    @contextmanager
    def lease(self) -> Iterator[str]:
        """Give the owner's address of a running server, for as long as the block runs."""
        lease: int | None = None
        make_data_folder(self.folder)
        try:
            with self._alone():
                lease = self.leases.take()
                port = self._ensure_running()
            yield self._url_at(port)
        finally:
            if lease is not None:
                with uninterrupted(), self._alone():
                    self._leave(lease)

    def url(self) -> str:
        """Give the running server's address for its owner."""
        port = self.cluster.running_port()
        if port is None:
            raise Unavailable("the database in {folder} does not run", folder=self.folder)
        return self._url_at(port)

    def restart_if_dead(self) -> bool:
        """Start the server again, at its old address, if it died under its holders.

        One that was told to go (SIGTERM) would wait for its holders for ever, and let nobody in.
        """
        with self._alone():
            server = self.cluster.postmaster()
            if server is not None and server.status == "stopping":
                self.cluster.stop("fast")
            if self.cluster.running_port() is not None:
                return False
            self.cluster.start(self.cluster.ports()[:1])
            return True

    def stop(self, mode: str = "fast") -> None:
        """Stop the server now, whoever uses it: `fast`, or `immediate` as a power cut would."""
        self.cluster.stop(mode)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with in_plain_words(self.folder), alone(self.folder / "server.lock"), uninterrupted():
            yield

    def _ensure_running(self) -> int:
        require_our_format(self.folder)
        if self.cluster.exists():
            self.settings.saved_secret("owner-password")
        else:
            self.cluster.make(self.settings.secret("owner-password").hex())
        return self.cluster.running_port() or self.cluster.start(self.cluster.ports())

    def _leave(self, lease: int) -> None:
        self.leases.leave(lease)
        if not self.leases.any_left() and self.cluster.postmaster() is not None:
            self.cluster.stop("fast")

    def _url_at(self, port: int) -> str:
        password = self.settings.saved_secret("owner-password").hex()
        return f"postgresql://{OWNER}:{password}@{LOOPBACK}:{port}/{DATABASE}"
