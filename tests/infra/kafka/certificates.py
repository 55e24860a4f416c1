"""An authority that lives for a test, and the certificates that it gives."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

LOOPBACK = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
IS_AUTHORITY = x509.BasicConstraints(ca=True, path_length=None)


class Authority:
    """Signs certificates for 127.0.0.1; its own is in `certificate`, in PEM."""

    def __init__(self, folder: Path) -> None:
        """Sign its own certificate."""
        self._folder = folder
        folder.mkdir()
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = named("authority")
        signed = self._signed(self._name, self._key.public_key(), IS_AUTHORITY)
        self.certificate = folder / "authority.pem"
        self.certificate.write_bytes(signed)

    def give(self, who: str) -> Path:
        """Write a file with a new key and the certificate for it."""
        key = ec.generate_private_key(ec.SECP256R1())
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        names = x509.SubjectAlternativeName([LOOPBACK])
        place = self._folder / f"{who}.pem"
        place.write_bytes(private + self._signed(named(who), key.public_key(), names))
        return place

    def _signed(
        self, who: x509.Name, key: ec.EllipticCurvePublicKey, extension: x509.ExtensionType
    ) -> bytes:
        now = datetime.now(UTC)
        built = (
            x509.CertificateBuilder()
            .subject_name(who)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(hours=1))
            .add_extension(extension, critical=False)
        )
        signed = built.sign(self._key, hashes.SHA256())
        return signed.public_bytes(serialization.Encoding.PEM)


def named(who: str) -> x509.Name:
    """Write a name as certificates do."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, who)])
