"""The model files that the build put beside this module, checked by hash, loaded once."""

from __future__ import annotations

import hashlib
import threading
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from repsight.core.picture import ByteArray
from repsight.errors import MissingExtra, UnknownName
from repsight.pose.runtime import Float32Array, Session, open_session

__all__ = [
    "POSE_MODELS",
    "ModelFile",
    "check_pose_model",
    "model_file",
    "read_checked",
    "run_model",
]


#: The landmark models, cheapest first.
POSE_MODELS: Final = ("lite", "full", "heavy")

_HERE = Path(__file__).parent
_LOADING = threading.Lock()


@dataclass(frozen=True, slots=True)
class ModelFile:
    """Where a model lies and what its bytes must hash to."""

    path: Path
    sha256: str


def check_pose_model(name: str) -> str:
    """``name`` itself; UnknownName unless it is one of POSE_MODELS."""
    if name not in POSE_MODELS:
        raise UnknownName(
            f"There is no pose model {name!r}.",
            wanted=f"The models are {', '.join(POSE_MODELS)}.",
            next_step="Use `full` if in doubt.",
        )
    return name


@cache
def _manifest() -> dict[str, ModelFile]:
    tables = tomllib.loads((_HERE / "models.toml").read_text(encoding="utf-8"))["models"]
    return {
        name: ModelFile(_HERE / "weights" / table["file"], table["sha256"])
        for name, table in tables.items()
    }


def model_file(name: str) -> ModelFile:
    """The file of ``det``, ``lite``, ``full`` or ``heavy``."""
    return _manifest()[name]


def run_model(name: str, outputs: tuple[str, ...], pixels: ByteArray) -> list[Float32Array]:
    """The named outputs of a model for one picture (H, W, 3).

    The model is loaded once for the whole process; threads may call this at the same time, and
    the result never depends on how many do.
    """
    with _LOADING:
        session = _open_session(name)
    return session.run(outputs, {"picture": pixels[None]})


@cache
def _open_session(name: str) -> Session:
    return open_session(read_checked(model_file(name)))


def read_checked(file: ModelFile) -> bytes:
    """The bytes of a model; MissingExtra if they are absent or not what the manifest says."""
    try:
        data = file.path.read_bytes()
    except OSError as error:
        raise MissingExtra(
            f"The pose model {file.path.name} is missing.",
            wanted="It is put into the package when the package is built.",
            next_step="Install Repsight again, or run `python -m build_support.weights`"
            " in a checkout.",
        ) from error
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise MissingExtra(
            f"The pose model {file.path.name} is damaged: its checksum is wrong.",
            next_step="Install Repsight again, or run `python -m build_support.weights`"
            " in a checkout.",
        )
    return data
