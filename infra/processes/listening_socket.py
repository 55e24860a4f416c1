"""The port that a server listens on, and how many connections it may hold."""

from __future__ import annotations

import resource
import socket

from infra.config.errors import Unavailable

# Readers follow for hours, each on a connection of his own, and more than the usual 1,024.
MOST_FILES = 16_384


def listen(host: str, port: int) -> socket.socket:
    """Bind a port, 0 for any free one; `Unavailable` if it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise Unavailable(
            "{host}:{port}: {reason}; choose another with --port or MINGZHANG_PORT"
            " (0 takes any free one)",
            host=host,
            port=str(port),
            reason=str(error.strerror),
        ) from error
    return listening


def url_of(listening: socket.socket) -> str:
    """Return the address of a server that listens there."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def most_files() -> int:
    """Return how many files and connections may be open at once."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_FILES if soft == resource.RLIM_INFINITY else min(MOST_FILES, soft)


def allow_many_files() -> None:
    """Raise how many files and connections may be open at once, as far as the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
