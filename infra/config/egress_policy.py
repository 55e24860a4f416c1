"""Which addresses the server may call: those outside, and inside only what its operator allows.

A receiver's address is said by an operator, and found by a name server that is somebody else's.
So it is checked twice: what it says, when it is added, and where it leads, at every call. All that
is not plainly a public address counts as inside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import NamedTuple, TypeAlias

import psutil

from domain.kernel.sentences import Explained, Sentence

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network
PORTS = {"https": 443, "http": 80}
# Where servers of the web listen; any other port may be that of a database.
USUAL = frozenset({443, 8443})
# What does not fit has a user, a fragment, a backslash or something that two readers may read
# in two ways.
URL = re.compile(
    r"(https?)://(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::([0-9]{1,5}))?"
    r"(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*(?:\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?)?"
)
LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
# A resolver may take a name that ends so for an address: 127.1, 2130706433, 0x7f000001.
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
INSIDE_NAMES = frozenset({"arpa", "internal", "intranet", "lan", "local", "localdomain"}) | {
    "localhost"
}
MOST_PORT = 65_535
# Beyond what the standard library calls not global, which differs from one release to the next:
# multicast, reserved, 6to4, Teredo, documentation, carriers' networks, a cloud's own services.
HIDDEN = tuple(
    ip_network(each)
    for each in (
        *("100.64.0.0/10", "168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24", "224.0.0.0/3"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
# All public addresses of IPv6: those that stand for one of IPv4 (mapped, NAT64) lie elsewhere.
GLOBAL_UNICAST = IPv6Network("2000::/3")


class AddressBarred(Explained):
    """The server does not call there; the message says why."""


class Destination(NamedTuple):
    """Where an URL leads: `host` is a name, or an address without brackets."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def address(self) -> Address | None:
        """Return the address that the host is, None if it is a name."""
        try:
            return ip_address(self.host)
        except ValueError:
            return None

    @property
    def authority(self) -> str:
        """Return what the Host header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def place_of(url: str) -> Destination:
    """Take an URL apart; `AddressBarred` if it can be read in two ways, or leads nowhere."""
    read = URL.fullmatch(url)
    if read is None:
        raise AddressBarred(
            "write it as https://name/path, without user, fragment or unusual signs"
        )
    scheme, host, port, target = read.groups()
    place = Destination(
        scheme,
        host.strip("[]").lower().removesuffix("."),
        int(port) if port else PORTS[scheme],
        target or "/",
    )
    if not 0 < place.port <= MOST_PORT:
        raise AddressBarred("there is no port {port}", port=str(place.port))
    if place.address is None:
        require_name(place.host)
    return place


def require_name(host: str) -> None:
    """Refuse what is no name, and what a resolver may take for an address."""
    labels = host.split(".")
    if NUMBER.fullmatch(labels[-1]):
        raise AddressBarred(
            "{host} is an address in an unusual form: write a name, or 1.2.3.4", host=host
        )
    if not all(LABEL.fullmatch(label) for label in labels):
        raise AddressBarred("{host} is no name of a server", host=host)


def networks(said: str) -> tuple[Network, ...]:
    """Read networks, with commas between them; `ValueError` for what is none."""
    return tuple(ip_network(each.strip()) for each in said.split(",") if each.strip())


def is_outside(address: Address) -> bool:
    """Tell whether an address is plainly a public one."""
    if isinstance(address, IPv6Address) and address not in GLOBAL_UNICAST:
        return False
    return address.is_global and not any(address in network for network in HIDDEN)


def own_addresses() -> frozenset[str]:
    """Return the addresses of this machine."""
    return frozenset(
        each.address.partition("%")[0]
        for each_of_one in psutil.net_if_addrs().values()
        for each in each_of_one
    )


@dataclass(frozen=True)
class Outside:
    """What may be called; `allowed` are the networks inside which that holds as well."""

    allowed: tuple[Network, ...] = ()
    own: Callable[[], frozenset[str]] = own_addresses

    def barred(self, url: str) -> Sentence | None:
        """Return why an address may not be called, as far as it says so itself."""
        try:
            place = place_of(url)
            if place.address is not None:
                self.require([place.address], place)
            elif not self.allowed:
                require_public_name(place)
                require_usual(place)
        except AddressBarred as why:
            return why.sentence
        return None

    def require(self, addresses: Iterable[Address], place: Destination) -> None:
        """Refuse a place if one of the addresses that its name has may not be called there."""
        for address in addresses:
            if any(address in network for network in self.allowed):
                continue
            if not is_outside(address):
                raise AddressBarred("{host} lies inside", host=str(address))
            require_usual(place)
            if str(address) in self.own():
                raise AddressBarred("{host} is an address of this machine", host=str(address))


def require_public_name(place: Destination) -> None:
    """Refuse a name that only an inside resolver knows."""
    *above, last = place.host.split(".")
    if not above or last in INSIDE_NAMES:
        raise AddressBarred("{host} is a name inside", host=place.host)


def require_usual(place: Destination) -> None:
    """Refuse what strangers could read on the way, and ports where no web server listens."""
    if place.scheme != "https":
        raise AddressBarred("only https is called")
    if place.port not in USUAL:
        raise AddressBarred(
            "port {port} is not called, only {usual}", port=str(place.port), usual=sorted(USUAL)
        )


STRICT = Outside()
