"""The trained files beside this module: checked by hash, read without unpickling."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from repsight.errors import MissingExtra
from repsight.recognize.features import FEATURES
from repsight.recognize.trees import Trees

__all__ = [
    "NETWORK",
    "TREES",
    "WEIGHTS",
    "Manifest",
    "OpenSession",
    "Session",
    "features_mark",
    "read_checked",
    "read_manifest",
    "read_trees",
]

#: Where the released files lie.
WEIGHTS: Final = Path(__file__).parent / "weights"
NETWORK: Final = "router.onnx"
TREES: Final = "router_trees.npz"


class Session(Protocol):
    """An opened ONNX model."""

    def run(
        self, output_names: list[str] | None, input_feed: dict[str, NDArray[np.float32]]
    ) -> list[NDArray[np.float32]]:
        """Compute the outputs."""
        ...


#: Opens the bytes of an ONNX model; whoever composes the program says with what.
OpenSession = Callable[[bytes], Session]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the files are: classes in order; temperature and SHA-256 by file name.

    ``thin`` classes were seen too seldom in training to be believed.
    """

    classes: tuple[str, ...]
    temperature: dict[str, float]
    sha256: dict[str, str]
    thin: tuple[str, ...] = ()


def read_manifest(folder: Path) -> Manifest:
    """The list of files; MissingExtra if it is absent, damaged or for other features."""
    path = folder / "router.json"
    again = "Install Repsight anew, or train them with `python -m training.router`."
    if not path.is_file():
        raise MissingExtra("The exercise router has no model files.", next_step=again)
    try:
        stored = cast("dict[str, object]", json.loads(path.read_text(encoding="utf-8")))
        if stored["features"] != features_mark():
            raise MissingExtra(
                "The exercise router's model files were made for other features.",
                wanted="Files of this version.",
                next_step=again,
            )
        return Manifest(
            tuple(cast("list[str]", stored["classes"])),
            cast("dict[str, float]", stored["temperature"]),
            cast("dict[str, str]", stored["sha256"]),
            tuple(cast("list[str]", stored.get("thin", []))),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MissingExtra(
            "The list of the exercise router's model files, router.json, is damaged.",
            next_step="Install Repsight anew.",
        ) from error


def features_mark() -> str:
    """Short hash of the features' names and order."""
    return hashlib.sha256("\n".join(FEATURES).encode()).hexdigest()[:16]


def read_checked(folder: Path, name: str, manifest: Manifest) -> bytes:
    """The bytes of one file; MissingExtra if it is absent or not the one that was released."""
    path = folder / name
    data = path.read_bytes() if path.is_file() else b""
    found = hashlib.sha256(data).hexdigest()
    if found != manifest.sha256.get(name):
        raise MissingExtra(
            f"The model file {name} of the exercise router is "
            + ("damaged or was exchanged." if data else "missing."),
            wanted=f"SHA-256 {manifest.sha256.get(name, 'unknown')[:12]}..., got {found[:12]}...",
            next_step="Install Repsight anew.",
        )
    return data


def read_trees(data: bytes) -> Trees:
    """Trees from the bytes of an npz file."""
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        return Trees(**{name: stored[name] for name in Trees.__slots__})
