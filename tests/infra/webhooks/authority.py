"""A certificate authority made for a test, and a server that it certifies."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path


class Trust(NamedTuple):
    """An authority that was made for a test, and a server with its certificate."""

    authority: Path
    server: ssl.SSLContext


def an_authority(folder: Path, *names: str, addresses: tuple[str, ...] = ("127.0.0.1",)) -> Trust:
    """Make an authority, and let it certify a server under some names."""
    key, name = ec.generate_private_key(ec.SECP256R1()), named("authority of a test")
    root = certificate(name, name, key.public_key(), constraint=True).sign(key, hashes.SHA256())
    own = ec.generate_private_key(ec.SECP256R1())
    alternative = x509.SubjectAlternativeName(
        [*map(x509.DNSName, names), *(x509.IPAddress(ip_address(each)) for each in addresses)]
    )
    leaf = (
        certificate(named("receiver"), name, own.public_key(), constraint=False)
        .add_extension(alternative, critical=False)
        .sign(key, hashes.SHA256())
    )
    authority, chain = folder / "authority.pem", folder / "receiver.pem"
    authority.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    chain.write_bytes(
        leaf.public_bytes(serialization.Encoding.PEM)
        + own.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(chain)
    return Trust(authority, server)


def named(common: str) -> x509.Name:
    """Return a name."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, *, constraint: bool
) -> x509.CertificateBuilder:
    """Begin a certificate that holds for an hour."""
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.BasicConstraints(ca=constraint, path_length=None), critical=True)
    )
