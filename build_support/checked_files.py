"""Files whose SHA-256 is written down: compared, taken from npm archives, written whole."""

from __future__ import annotations

import hashlib
import tarfile
from pathlib import Path


def matches(path: Path, sha256: str) -> bool:
    """Whether the file is there and is the one that is meant."""
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def require(data: bytes, sha256: str, name: str) -> bytes:
    """The data; ValueError if it is not what the manifest says."""
    got = hashlib.sha256(data).hexdigest()
    if got != sha256:
        msg = f"{name} has sha256 {got}, but {sha256} is wanted. Nothing was written."
        raise ValueError(msg)
    return data


def read_packed(archive: tarfile.TarFile, source: str, sha256: str) -> bytes:
    """One file of an npm package; ValueError if it is absent or another one."""
    member = archive.extractfile(f"package/{source}")
    return require(member.read() if member else b"", sha256, source)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all."""
    partial = path.with_name(f"{path.name}.partial")
    partial.write_bytes(data)
    partial.replace(path)
