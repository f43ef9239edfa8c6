"""Opening a landmark file: size limits first, then the reader for its ending."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from repsight.core.layouts import Layout
from repsight.core.types import PoseTrack
from repsight.errors import UnreadableSource
from repsight.landmarks_io.convert import to_track
from repsight.landmarks_io.fields import from_array, from_fields
from repsight.landmarks_io.frames import from_frames
from repsight.landmarks_io.raw import MAX_FILE_BYTES, RawLandmarks, ReadOptions, wrong_shape
from repsight.landmarks_io.table import from_table

__all__ = ["SUFFIXES", "LandmarkFile", "load_landmarks"]

_NPY_MAGIC: Final = b"\x93NUMPY"
#: Arrays of an npz together, unpacked.
_MAX_UNPACKED_BYTES: Final = 2 * 1024**3


@dataclass(frozen=True, slots=True, eq=False)
class LandmarkFile:
    """A landmark file in our terms.

    ``size_px`` is None if the file does not tell; ``extra`` holds arrays that Repsight stored
    beside its own landmarks; ``notes`` say in sentences what was assumed or left out.
    """

    track: PoseTrack
    layout: Layout
    size_px: tuple[int, int] | None
    notes: tuple[str, ...]
    extra: Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    raw: RawLandmarks
    extra: Mapping[str, NDArray[np.generic]]


def load_landmarks(path: str | Path, options: ReadOptions | None = None) -> LandmarkFile:
    """Read npz, npy, csv or json; see docs/landmark-files.md.

    UnreadableSource with the reason if the file is missing, empty, too large, damaged or of a
    wrong shape.
    """
    options = options or ReadOptions()
    path = Path(path)
    _check_file(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableSource(
            f"{path.name}: '{path.suffix}' is not the ending of a landmark file.",
            wanted=f"One of {', '.join(sorted(SUFFIXES))}.",
            next_step="Export the landmarks in one of these forms.",
        )
    read = reader(path, options)
    converted = to_track(path.name, read.raw, options)
    track = _with_plate(path.name, converted.track, read.extra)
    return LandmarkFile(track, converted.layout, converted.size_px, converted.notes, read.extra)


def _with_plate(name: str, track: PoseTrack, extra: Mapping[str, NDArray[np.generic]]) -> PoseTrack:
    """The track with the path of the plate that Repsight stored beside it, if it did."""
    if "plate" not in extra:
        return track
    plate = extra["plate"]
    if plate.shape != (len(track), 3) or plate.dtype.kind != "f":
        raise wrong_shape(name, "its plate is not centre x, y and radius for every frame.")
    return replace(track, plate=np.asarray(plate, np.float64))


def _check_file(path: Path) -> None:
    try:
        size = path.stat().st_size
        is_file = path.is_file()
    except OSError as error:
        raise UnreadableSource(
            f"There is no file {path}.",
            wanted="A landmark file.",
            next_step="Check the name and the folder.",
        ) from error
    if not is_file:
        what = "is not a file."
    elif size == 0:
        what = "is empty (0 bytes)."
    elif size > MAX_FILE_BYTES:
        what = f"has {size / 1024**2:.0f} MB, more than {MAX_FILE_BYTES // 1024**2}."
    else:
        return
    raise UnreadableSource(
        f"{path.name} {what}", wanted="A landmark file.", next_step="Export it again."
    )


def _damaged(path: Path, error: Exception) -> UnreadableSource:
    return UnreadableSource(
        f"{path.name} cannot be read as {path.suffix.lower().lstrip('.')}: "
        f"{str(error).splitlines()[0] if str(error) else type(error).__name__}.",
        wanted="A whole file, without pickled objects.",
        next_step="Export or copy it again.",
    )


def _read_npz(path: Path, options: ReadOptions) -> _Read:
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
        if unpacked > _MAX_UNPACKED_BYTES:
            raise wrong_shape(path.name, f"it unpacks to {unpacked / 1024**3:.1f} GB.")
        with np.load(path, allow_pickle=False) as opened:
            fields = {key: opened[key] for key in opened.files}
    except (ValueError, OSError, zipfile.BadZipFile, EOFError, MemoryError) as error:
        raise _damaged(path, error) from error
    raw = from_fields(path.name, cast("dict[str, object]", fields), person=options.person)
    return _Read(raw, fields if "repsight_landmarks" in fields else {})


def _read_npy(path: Path, options: ReadOptions) -> _Read:
    try:
        with path.open("rb") as file:
            if file.read(len(_NPY_MAGIC)) != _NPY_MAGIC:
                raise _damaged(path, ValueError("it does not begin like one"))
        # Mapped, a header that claims more than the file holds is an error and no allocation.
        block = np.load(path, allow_pickle=False, mmap_mode="r")
        whole = np.array(block, dtype=np.float64)
    except (ValueError, TypeError, OSError, EOFError, MemoryError) as error:
        raise _damaged(path, error) from error
    split = from_array(path.name, whole, person=options.person)
    return _Read(RawLandmarks(split.points, split.confidence, notes=split.notes), {})


def _read_csv(path: Path, options: ReadOptions) -> _Read:
    del options
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, OSError) as error:
        raise _damaged(path, error) from error
    return _Read(from_table(path.name, text), {})


def _read_json(path: Path, options: ReadOptions) -> _Read:
    try:
        content: object = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError, RecursionError) as error:
        raise _damaged(path, error) from error
    fields = cast("dict[str, object]", content) if isinstance(content, dict) else {}
    if not fields or "frames" in fields:
        return _Read(from_frames(path.name, cast("object", content)), {})
    return _Read(from_fields(path.name, fields, person=options.person), {})


_READERS: Final[dict[str, Callable[[Path, ReadOptions], _Read]]] = {
    ".npz": _read_npz,
    ".npy": _read_npy,
    ".csv": _read_csv,
    ".json": _read_json,
}

#: Endings of files that hold landmarks.
SUFFIXES: Final = frozenset(_READERS)
