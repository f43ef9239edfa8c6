"""Stills as data URIs, small enough that the page can be sent by mail."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["BUDGET_BYTES", "Album", "Still", "album_of"]

#: Bytes of all stills together before base64, which adds a third.
BUDGET_BYTES = 3_300_000
#: Longest side of an evidence still and of a key moment.
EVIDENCE_PX, MOMENT_PX = 960, 560
_QUALITY = 82


@dataclass(frozen=True, slots=True)
class Still:
    """A picture for the page: its data URI and size (0 where the size is unknown)."""

    uri: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Album:
    """Stills by file name. ``left_out`` lie in the folder but would make the page too large."""

    stills: Mapping[str, Still] = field(default_factory=dict[str, Still])
    left_out: tuple[str, ...] = ()

    def get(self, name: str) -> Still | None:
        """The still of that name, or None."""
        return self.stills.get(name)


def album_of(
    source: Mapping[str, bytes] | Path | None,
    *,
    evidence: Iterable[str],
    moments: Iterable[str],
    budget_bytes: int = BUDGET_BYTES,
) -> Album:
    """The named stills found in ``source`` (bytes by name, or a folder), evidence first."""
    wanted = dict.fromkeys(evidence, EVIDENCE_PX)
    wanted |= {name: MOMENT_PX for name in moments if name not in wanted}
    stills: dict[str, Still] = {}
    left_out: list[str] = []
    spent = 0
    for name, longest_px in wanted.items():
        data = _bytes_of(source, name)
        if data is None:
            continue
        try:
            data, width_px, height_px = _shrunk(data, longest_px)
        except OSError:  # half-written when the disk was full: the page does without
            continue
        if spent + len(data) > budget_bytes:
            left_out.append(name)
            continue
        spent += len(data)
        stills[name] = Still(_data_uri(data), width_px, height_px)
    return Album(stills, tuple(left_out))


def _bytes_of(source: Mapping[str, bytes] | Path | None, name: str) -> bytes | None:
    if source is None:
        return None
    if isinstance(source, Path):
        file = source / name
        return file.read_bytes() if file.is_file() else None
    return source.get(name)


def _shrunk(data: bytes, longest_px: int) -> tuple[bytes, int, int]:
    """JPEG of at most ``longest_px``; the bytes as they are where Pillow is not installed."""
    try:
        from PIL import Image
    except ImportError:
        return data, 0, 0
    with Image.open(io.BytesIO(data)) as picture:
        if max(picture.size) <= longest_px and picture.format == "JPEG":
            return data, *picture.size
        picture.thumbnail((longest_px, longest_px), Image.Resampling.BICUBIC, reducing_gap=2.0)
        small = picture.convert("RGB")
    out = io.BytesIO()
    small.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue(), *small.size


def _data_uri(data: bytes) -> str:
    kind = "png" if data.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"
