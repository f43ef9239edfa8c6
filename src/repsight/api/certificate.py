"""The certificate with which phones on the same network are served: made here, kept here.

It is signed by itself, so a phone asks once whether to trust it; browsers give the camera only to
pages that came encrypted.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, GeneralName

__all__ = ["LocalCertificate", "local_certificate"]

#: Browsers refuse certificates that are valid for longer than 398 days.
_VALID: Final = timedelta(days=390)
_RENEW_BEFORE: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LocalCertificate:
    """Files for the server, and the fingerprint that a phone shows."""

    certificate: Path
    key: Path
    fingerprint: str


def local_certificate(folder: Path, addresses: Sequence[str]) -> LocalCertificate:
    """The certificate of ``folder`` for these addresses; made anew when it does not fit."""
    from cryptography.hazmat.primitives.hashes import SHA256

    paths = folder / "phones.crt", folder / "phones.key"
    known = _read(paths[0]) if paths[1].is_file() else None
    if known is None or not _fits(known, addresses):
        known = _make(paths, addresses)
    digest = known.fingerprint(SHA256()).hex(":", 1).upper()
    return LocalCertificate(*paths, digest)


def _read(path: Path) -> Certificate | None:
    from cryptography import x509

    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        return None


def _fits(known: Certificate, addresses: Sequence[str]) -> bool:
    from cryptography import x509

    names = known.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    said = {str(one) for one in names.get_values_for_type(x509.IPAddress)}
    is_fresh = known.not_valid_after_utc - datetime.now(UTC) > _RENEW_BEFORE
    return is_fresh and set(addresses) <= said


def _make(paths: tuple[Path, Path], addresses: Sequence[str]) -> Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Repsight on this network")])
    now = datetime.now(UTC)
    names: list[GeneralName] = [x509.DNSName("localhost")]
    names += [x509.IPAddress(ipaddress.ip_address(address)) for address in addresses]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + _VALID)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    _write(paths[1], secret)
    _write(paths[0], made.public_bytes(serialization.Encoding.PEM))
    return made


def _write(path: Path, data: bytes) -> None:
    """Readable by its owner only, from the first byte on."""
    path.unlink(missing_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "wb") as out:
        out.write(data)
