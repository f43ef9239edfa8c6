"""Fetch the browser libraries of the web app from npm, check them, and put them in place.

``python -m build_support.vendor`` does it by hand; the wheel build calls ``make_vendor``. Files
that are already there and match ``vendor.toml`` are kept.
"""

from __future__ import annotations

import sys
import tarfile
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

from build_support.checked_files import matches, read_packed, write_whole
from build_support.npm import pack

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "src" / "repsight" / "web" / "vendor.toml"
VENDOR = MANIFEST.parent / "vendor"


@dataclass(frozen=True)
class VendorFile:
    """One file of one npm package; ``file`` is its name in the app."""

    package: str
    source: str
    file: str
    sha256: str


def make_vendor(folder: Path = VENDOR) -> list[Path]:
    """Write every file of the manifest into ``folder``; return the files."""
    entries = _entries()
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [one for one in entries if not matches(folder / one.file, one.sha256)]
    for package in sorted({one.package for one in wanted}):
        _unpack(package, [one for one in wanted if one.package == package], folder)
    return [folder / one.file for one in entries]


def _entries() -> list[VendorFile]:
    tables = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))["packages"]
    return [
        VendorFile(f"{name}@{table['version']}", **file)
        for name, table in tables.items()
        for file in table["files"]
    ]


def _unpack(package: str, entries: list[VendorFile], folder: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        archive = pack(package, Path(scratch))
        with tarfile.open(archive) as tar:
            for entry in entries:
                data = read_packed(tar, entry.source, entry.sha256)
                write_whole(folder / entry.file, data)


if __name__ == "__main__":
    for written in make_vendor():
        sys.stdout.write(f"{written.relative_to(ROOT)}  {written.stat().st_size / 1e3:.1f} kB\n")
