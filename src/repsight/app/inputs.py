"""Which files are meant by the names a person typed, and where each one's results go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

from repsight.errors import UnreadableSource
from repsight.landmarks_io import SUFFIXES as LANDMARK_SUFFIXES

__all__ = ["VIDEO_SUFFIXES", "find_sources", "kind_of", "result_folders"]

#: Endings by which clips are found in a folder; a file that is named is read whatever its ending.
VIDEO_SUFFIXES: Final = frozenset(
    {".3gp", ".avi", ".m2ts", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".mts", ".ogv",
     ".ts", ".webm", ".wmv"}
)  # fmt: skip
#: Tables and JSON in a folder are as likely something else; they are read when they are named.
_IN_FOLDERS: Final = VIDEO_SUFFIXES | {".npz", ".npy"}
#: What Repsight itself writes into a result folder.
_OWN: Final = frozenset({"annotated.mp4"})


def kind_of(path: Path) -> Literal["video", "landmarks"]:
    """Whether a file is read as a clip or as landmarks made elsewhere."""
    return "landmarks" if path.suffix.lower() in LANDMARK_SUFFIXES else "video"


def find_sources(names: Sequence[Path]) -> list[Path]:
    """The files meant by ``names``: files as they are, folders by what they hold, sorted.

    A file named twice counts once; files that do not exist stay, so that reading them can say
    so. UnreadableSource if a folder holds nothing to analyse.
    """
    found: dict[Path, None] = {}
    for name in names:
        for path in _in_folder(name) if name.is_dir() else [name]:
            found.setdefault(path)
    return list(found)


def _in_folder(folder: Path) -> list[Path]:
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise UnreadableSource(
            f"The folder {folder} cannot be read.",
            wanted="A folder of clips.",
            next_step="Check its permissions.",
        ) from error
    clips = [
        path
        for path in inside
        if path.suffix.lower() in _IN_FOLDERS
        and not path.name.startswith(".")
        and path.name not in _OWN
        and path.is_file()
    ]
    if not clips:
        raise UnreadableSource(
            f"The folder {folder} holds no clips.",
            wanted="Videos, or landmark files that end in .npz or .npy.",
            next_step="Name other files (.csv, .json) themselves, or another folder.",
        )
    return clips


def result_folders(sources: Sequence[Path], out: Path) -> list[Path]:
    """One folder in ``out`` per source, named after it; a second ``set.mp4`` gets ``set-2``."""
    taken: set[str] = set()
    folders: list[Path] = []
    for source in sources:
        name, number = source.stem or "clip", 1
        while name.casefold() in taken:
            number += 1
            name = f"{source.stem}-{number}"
        taken.add(name.casefold())
        folders.append(out / name)
    return folders
