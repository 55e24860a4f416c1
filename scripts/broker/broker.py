"""One Kafka broker in a folder of its own, on free ports, that can be stopped, killed, restarted.

It is its own controller (KRaft, a single node), and leaves with the process that started it.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import TYPE_CHECKING, NamedTuple, Self

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from scripts.broker.programs import class_path, java

if TYPE_CHECKING:
    from types import TracebackType

HOST = "127.0.0.1"
CLUSTER = "MkU3OEVBNTcwNTJENDM2Qk"
SECONDS_TO_START, SECONDS_TO_STOP = 60.0, 20.0
# Below the ports that systems give to outgoing connections: nobody takes one while it is down.
PORTS = range(20_000, 32_000)
# Up in 3 s instead of 7 s; for a broker that lives for minutes.
SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@{host}:{controller}
listeners=PLAINTEXT://{host}:{port},CONTROLLER://{host}:{controller}{more}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,{protocols}
log.dirs={folder}/log
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
group.initial.rebalance.delay.ms=0
broker.heartbeat.interval.ms=500
broker.session.timeout.ms=3000
auto.create.topics.enable=false
"""


class Secured(NamedTuple):
    """Doors of a broker that ask who comes: their protocols, and what makes them."""

    protocols: tuple[str, ...] = ()
    properties: str = ""
    # Further arguments of the program that lays the broker's folder out.
    format: tuple[str, ...] = ()


class Broker:
    """A broker that runs while the block runs: `with Broker() as broker: ... broker.bootstrap`."""

    def __init__(
        self, options: tuple[str, ...] = SHORT_LIVED, secured: Secured | None = None
    ) -> None:
        """Lay out a broker; where it is secured there are other doors beside the open one."""
        secured = secured or Secured()
        port, controller, *more = free_ports(2 + len(secured.protocols))
        self.bootstrap = f"{HOST}:{port}"
        # Where each protocol is spoken.
        self.doors = dict(zip(secured.protocols, (f"{HOST}:{p}" for p in more), strict=True))
        self.port = port
        # Before there is a folder, which nobody would clear away.
        self._java = [java(), "-Xmx512m", *options, "-cp", class_path("broker")]
        self.folder = Path(mkdtemp(prefix="mingzhang-broker-"))
        self._java.append("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
        self._properties = self._written(controller, secured)
        self._process: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None
        form = ("format", "-t", CLUSTER, "-c", self._properties)
        self._run("kafka.tools.StorageTool", *form, *secured.format)

    def _written(self, controller: int, secured: Secured) -> Path:
        """Write the broker's properties, and return where."""
        place = self.folder / "server.properties"
        text = PROPERTIES.format(
            host=HOST,
            port=self.port,
            controller=controller,
            more="".join(f",{protocol}://{place}" for protocol, place in self.doors.items()),
            protocols=",".join(f"{protocol}:{protocol}" for protocol in PROTOCOLS),
            folder=self.folder,
        )
        place.write_text(text + secured.properties, encoding="utf-8")
        return place

    def __enter__(self) -> Self:
        """Start it."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it, and leave nothing behind."""
        self.kill()
        shutil.rmtree(self.folder)

    def runs(self) -> bool:
        """Tell whether its process lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it unless it runs, and wait until it answers."""
        if self.runs():
            return
        with (self.folder / "output").open("ab") as output:
            self._process = subprocess.Popen(
                [*self._java, "kafka.Kafka", str(self._properties)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C is for whoever uses it; he stops it when he is done with it.
                start_new_session=True,
            )
        self._guard = guard(self._process.pid, self.folder)
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.answers():
            if not self.runs() or time.monotonic() > deadline:
                raise RuntimeError(f"the broker does not start:\n{self.said()}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop it tidily."""
        if self._process is not None and self.runs():
            self._process.terminate()
            self._wait()

    def kill(self) -> None:
        """Kill it, as `kill -9` does."""
        if self._process is not None and self.runs():
            self._process.kill()
            self._wait()

    def restart(self) -> None:
        """Stop it tidily if it runs, and start it."""
        self.stop()
        self.start()

    def answers(self) -> bool:
        """Tell whether it serves clients."""
        try:
            socket.create_connection((HOST, self.port), timeout=1).close()
            admin = KafkaAdminClient(
                bootstrap_servers=self.bootstrap, request_timeout_ms=5_000, api_version=(4, 1)
            )
        except (OSError, KafkaError):
            return False
        try:
            return bool(admin.describe_cluster()["brokers"])
        except KafkaError:
            return False
        finally:
            admin.close()

    def said(self) -> str:
        """Return the end of what it has printed."""
        return (self.folder / "output").read_text(encoding="utf-8", errors="replace")[-3000:]

    def _wait(self) -> None:
        if self._process is None or self._guard is None:
            return
        # First, so that it never kills another process that has come by the number.
        self._guard.kill()
        self._guard.wait()
        try:
            self._process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _run(self, *command: str | Path) -> None:
        ended = subprocess.run(
            [*self._java, *map(str, command)], capture_output=True, text=True, check=False
        )
        if ended.returncode != 0:
            raise RuntimeError(f"{command[0]}:\n{ended.stdout}{ended.stderr}")


def guard(pid: int, folder: Path) -> subprocess.Popen[bytes]:
    """End a process and its folder when this one is gone, however it went.

    The guard's input then ends.
    """
    return subprocess.Popen(
        ["/bin/sh", "-c", 'read -r _; kill -9 "$0"; rm -rf "$1"', str(pid), str(folder)],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on."""
    found: list[int] = []
    for port in Random().sample(PORTS, len(PORTS)):
        with socket.socket() as attempt:
            try:
                attempt.bind((HOST, port))
            except OSError:
                continue
        found.append(port)
        if len(found) == count:
            return found
    raise RuntimeError("no port is free")
