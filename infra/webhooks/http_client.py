"""One call of a stranger's server: bounded in time and size, and to nowhere inside.

The name is resolved here, every address it has is checked, and the connection goes to one of the
very addresses that were checked: a name server that answers otherwise a moment later is not asked
again. The name still stands in the Host header and in TLS. No redirect is followed, no proxy of
the environment used, and of the answer only its head is read.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from ipaddress import ip_address
from typing import NamedTuple, TypeAlias

import httpcore

from infra.config.egress_policy import Address, AddressBarred, Destination, Outside, place_of

# Gives the addresses that a name has.
LookUp: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]
# One who waits for a slow name server holds up nobody else.
MOST_LOOKUPS = 256
# A name may have many addresses; these are tried, one after another, each for so long.
MOST_TRIED, SECONDS_TO_CONNECT = 3, 3.0
LONGEST_WAIT_ASKED = 3600
SECONDS = re.compile(rb"[0-9]{1,9}")


class CallResult(NamedTuple):
    """What came of a call: a status, or none and why; how long the receiver asks to wait."""

    status: int | None
    said: str
    wait: float = 0.0

    @property
    def good(self) -> bool:
        """Tell whether the receiver has taken it."""
        return self.status is not None and self.status // 100 == HTTPStatus.OK // 100

    @property
    def gone(self) -> bool:
        """Tell whether the receiver wants no more calls."""
        return self.status == HTTPStatus.GONE


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """Connects to the addresses that were checked, whatever name stands in the request."""

    def __init__(self, addresses: Sequence[Address]) -> None:
        """Take the addresses."""
        self._addresses = addresses
        self._sockets = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,  # noqa: ARG002 - it was resolved and checked before
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that answers."""
        failed: Exception = httpcore.ConnectError("no address")
        for address in self._addresses[:MOST_TRIED]:
            try:
                return await self._sockets.connect_tcp(
                    str(address), port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed


class Caller:
    """Calls receivers, each call on a connection of its own."""

    def __init__(self, outside: Outside, *, seconds: float, look_up: LookUp | None = None) -> None:
        """Call what `outside` allows; a call is over after so many seconds, whatever happens."""
        self._outside = outside
        self._seconds = seconds
        self._look_up = look_up or self._resolve
        self._resolving = ThreadPoolExecutor(MOST_LOOKUPS, thread_name_prefix="resolving")
        # Trusts what the system trusts, SSL_CERT_FILE included, and the usual authorities.
        self._tls = httpcore.default_ssl_context()

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> CallResult:
        """Send a body, and return what came of it; only a mistake of ours raises."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._post(place_of(url), headers, body)
        except TimeoutError:
            return CallResult(None, f"no answer within {self._seconds:g} s")
        except AddressBarred as why:
            return CallResult(None, f"not called: {why}")
        except (OSError, ValueError, *TROUBLE) as error:
            return CallResult(None, in_words(error))

    async def _post(
        self, place: Destination, headers: Mapping[str, str], body: bytes
    ) -> CallResult:
        url = httpcore.URL(
            scheme=place.scheme, host=place.host, port=place.port, target=place.target
        )
        said = {"Host": place.authority, "Connection": "close", **headers}
        async with (
            httpcore.AsyncConnectionPool(
                ssl_context=self._tls,
                max_keepalive_connections=0,
                network_backend=PinnedBackend(await self._addresses(place)),
            ) as connections,
            connections.stream(
                "POST",
                url,
                headers=list(said.items()),
                content=body,
                extensions={"timeout": {"connect": SECONDS_TO_CONNECT}},
            ) as response,
        ):
            heads = {name.lower(): value for name, value in response.headers}
            wait = wait_asked(heads.get(b"retry-after", b""))
            return CallResult(response.status, f"HTTP {response.status}", wait)

    async def _addresses(self, place: Destination) -> list[Address]:
        """Return the addresses of a place, all of them such as may be called."""
        if place.address is not None:
            found = [place.address]
        else:
            named = await self._look_up(place.host, place.port)
            found = [ip_address(each) for each in dict.fromkeys(named)]
        self._outside.require(found, place)
        return found

    async def _resolve(self, host: str, port: int) -> list[str]:
        """Ask the system's resolver."""
        found = await asyncio.get_running_loop().run_in_executor(
            self._resolving, resolved, host, port
        )
        return [str(each[4][0]) for each in found]


def resolved(host: str, port: int) -> list[tuple[int, int, int, str, tuple[object, ...]]]:
    """Look a name up, for a connection of TCP."""
    return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP))


TROUBLE = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
)


def in_words(error: Exception) -> str:
    """Say what went wrong, in one printed line of bounded length."""
    text = " ".join(str(error).split())
    if isinstance(error, ssl.SSLError) or "certificate" in text.lower():
        return f"no trust in its certificate: {text}"[:200]
    return f"{type(error).__name__}: {text}".removesuffix(": ")[:200]


def wait_asked(header: bytes) -> float:
    """Read Retry-After in seconds; a date is not read, and more than an hour not waited."""
    return min(int(header), LONGEST_WAIT_ASKED) if SECONDS.fullmatch(header) else 0.0
