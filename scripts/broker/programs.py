"""Kafka's programs: fetched by Maven once, kept outside the checkout, shared by all who run."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal, TypeAlias

Part: TypeAlias = Literal["broker", "console"]

# Rises with any change of pom.xml.
VERSION = "4.1.0-1"
POM = Path(__file__).with_name("pom.xml")
JAVA_PACKAGE, MAVEN_PACKAGE = "openjdk-17-jre-headless", "maven"


class ProgramMissing(Exception):
    """A program is missing that only the system can give; the text names its package."""


def java() -> str:
    """Return where Java is."""
    return found("java", JAVA_PACKAGE)


def class_path(part: Part) -> str:
    """Return where Java finds Kafka's classes, fetching them if nobody has before."""
    return f"{programs(part)}/*"


def programs(part: Part) -> Path:
    """Return the folder of Kafka's programs; whoever comes first fetches them, others wait."""
    shelf = cache() / f"kafka-{VERSION}"
    folder = shelf / part
    if not folder.exists():
        shelf.mkdir(parents=True, exist_ok=True)
        with (shelf / f"{part}.lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                fetch(part, folder)
    return folder


def fetch(part: Part, folder: Path) -> None:
    """Let Maven fetch the programs; they are seen whole, or not at all."""
    maven = found("mvn", MAVEN_PACKAGE)
    draft = Path(mkdtemp(dir=folder.parent, prefix=f".{part}-"))
    profile = ["-P", part] if part != "broker" else []
    output = f"-DoutputDirectory={draft / 'lib'}"
    try:
        # Its working folder is the draft: Maven leaves nothing beside the pom.
        ended = subprocess.run(
            [maven, "-q", "-B", "-f", POM, *profile, "dependency:copy-dependencies", output],
            cwd=draft,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if ended.returncode != 0:
            raise ProgramMissing(f"Maven could not fetch Kafka:\n{ended.stdout[-2000:]}")
        (draft / "lib").rename(folder)
    finally:
        shutil.rmtree(draft)


def cache() -> Path:
    """Return the folder of what may be fetched again."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(home) if home.startswith("/") else Path.home() / ".cache") / "mingzhang"


def found(program: str, package: str) -> str:
    """Return where a program is, or say which package brings it."""
    place = shutil.which(program)
    if place is None:
        raise ProgramMissing(f"{program} is missing: install the system package {package}")
    return place
