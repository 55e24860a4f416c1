"""The server calls outside only: in whatever form an inside address is written."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.config.egress_policy import (
    STRICT,
    AddressBarred,
    Outside,
    is_outside,
    networks,
    own_addresses,
    place_of,
)

# What IANA's registries of special-purpose addresses list, and multicast; written down here anew.
SPECIAL_4 = (
    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24"
    " 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24"
    " 224.0.0.0/4 240.0.0.0/4 255.255.255.255/32"
)
SPECIAL_6 = (
    "::/128 ::1/128 ::/96 ::ffff:0:0/96 ::ffff:0:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64"
    " 2001::/32 2001:2::/48 2001:10::/28 2001:20::/28 2001:db8::/32 2002::/16 3fff::/20 5f00::/16"
    " fc00::/7 fe80::/10 fec0::/10 ff00::/8"
)
PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "120.24.0.1", "2606:4700::1111", "240e::1"]
LITERALS = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "127.0.0.0x1",
    "127.000.000.001",
    "0",
    "0.0.0.0",  # noqa: S104 - nothing is bound
    "127.0.0.1.",
    "10.0.0.8",
    "169.254.169.254",
    "100.100.100.200",
    "168.63.129.16",
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::10.0.0.1]",
    "[64:ff9b:1::1]",
    "[2002:7f00:1::]",
    "[2002:a00:1::1]",
    "[2001:0:53aa:64c:0:0:80ff:fffe]",
    "[fe80::1]",
    "[fec0::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
    "[2001:db8::1]",
]


@pytest.mark.parametrize("host", LITERALS)
def test_an_inside_address_is_barred_in_every_form(host: str) -> None:
    assert STRICT.barred(f"https://{host}/")
    assert STRICT.barred(f"https://{host.upper()}/")


@given(st.sampled_from(SPECIAL_4.split()), st.integers(0, 2**32 - 1))
def test_no_special_address_of_ipv4_is_outside(network: str, nth: int) -> None:
    special = IPv4Network(network)
    assert not is_outside(special[nth % special.num_addresses])


@given(st.sampled_from(SPECIAL_6.split()), st.integers(0, 2**128 - 1))
def test_no_special_address_of_ipv6_is_outside(network: str, nth: int) -> None:
    special = IPv6Network(network)
    assert not is_outside(special[nth % special.num_addresses])


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_an_address_of_ipv4_in_an_ipv6_one_is_never_outside(address: IPv4Address) -> None:
    for prefix in ("::ffff:0:0", "::", "64:ff9b::"):
        assert not is_outside(IPv6Address(int(IPv6Address(prefix)) + int(address)))
    assert not is_outside(IPv6Address((0x2002 << 112) + (int(address) << 80)))


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_outside(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    assert is_outside(ip_address(address))
    assert STRICT.barred(f"https://{host}/news") is None


@pytest.mark.parametrize(
    "url",
    [
        "http://receiver.example.org/",
        "https://user@receiver.example.org/",
        "https://user:word@receiver.example.org/",
        "https://receiver.example.org@127.0.0.1/",
        "https://127.0.0.1\\@receiver.example.org/",
        "https://receiver.example.org#@127.0.0.1/",
        "https://receiver.example.org/#part",
        "https://receiver.example.org\\.evil.org/",
        "https://receiver.example.org:22/",
        "https://receiver.example.org:5432/",
        "https://receiver.example.org:0/",
        "https://receiver.example.org:99999/",
        "https://receiver.example.org:/",
        "https://receiver..org/",
        "https://.receiver.org/",
        "https://-receiver.org/",
        "https:///path",
        "https://",
        "https://%6c%6f%63alhost/",
        "https://[::1/",
        "https://[fe80::1%25eth0]/",
        "https://localhost/",
        "https://localhost./",
        "https://ledger.localhost/",
        "https://db/",
        "https://db.internal/",
        "https://printer.local/",
        "https://router.home.arpa/",
        "https://1.2.3.4.5/",
        "https://1.2.3/",
        "ftp://receiver.example.org/",
        "HTTPS://receiver.example.org/",
        "https://receiver.example.org/a b",
        "https://receiver.example.org/\r\nHost: db",
        "https://例子.中国/",
        "https://①②⑦.⓪.⓪.①/",
    ],
)
def test_an_address_that_can_be_read_in_two_ways_or_is_no_public_one_is_barred(url: str) -> None:
    assert STRICT.barred(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://receiver.example.org",
        "https://receiver.example.org/",
        "https://receiver.example.org:8443/a/b?c=d&e=%20",
        "https://RECEIVER.example.org./",
        "https://xn--fsqu00a.xn--0zwm56d/",
        "https://1a.example.org/",
        "https://under_score.example.org/",
    ],
)
def test_an_ordinary_address_is_called(url: str) -> None:
    assert STRICT.barred(url) is None
    place = place_of(url)
    assert (place.scheme, place.host) == ("https", place.host.lower())
    assert not place.host.endswith(".")


@pytest.mark.parametrize("url", ["https://receiver.example.org/", "https://receiver.example.org"])
def test_of_the_addresses_of_a_name_each_must_lie_outside(url: str) -> None:
    outside = [ip_address(each) for each in PUBLIC]
    STRICT.require(outside, place_of(url))
    for inside in ("127.0.0.1", "::1", "10.1.2.3", "fd00::1"):
        with pytest.raises(AddressBarred, match="lies inside"):
            STRICT.require([*outside, ip_address(inside)], place_of(url))


def test_an_address_of_this_machine_is_barred_even_if_it_is_public() -> None:
    assert "127.0.0.1" in own_addresses()
    here = Outside(own=lambda: frozenset({"93.184.216.34"}))
    assert "this machine" in str(here.barred("https://93.184.216.34/"))
    assert here.barred("https://93.184.216.35/") is None


def test_what_the_operator_allows_is_called_by_http_and_at_any_port_and_nothing_else_inside() -> (
    None
):
    some = Outside(networks("10.1.0.0/16, ::1/128"))
    assert some.barred("http://10.1.2.3:8080/") is None
    assert some.barred("http://[::1]:8080/") is None
    for url in ("https://10.2.0.1/", "https://127.0.0.1/", "https://[::ffff:10.1.2.3]/"):
        assert some.barred(url)
    assert some.barred("http://8.8.8.8/")
    named = place_of("http://db:5432/")
    assert some.barred("http://db:5432/") is None
    some.require([ip_address("10.1.2.3")], named)
    for address in ("8.8.8.8", "10.2.0.1"):
        with pytest.raises(AddressBarred):
            some.require([ip_address(address)], named)


@pytest.mark.parametrize("said", ["10.0.0.1/8", "loopback", "10.0.0.0/33", "10.0.0.0-10.0.0.9"])
def test_what_names_no_network_allows_nothing(said: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        networks(said)
