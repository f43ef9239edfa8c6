"""The model files that the build put beside this module, checked by hash, loaded once."""

from __future__ import annotations

import hashlib
import threading
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from repsight.core.picture import ByteArray
from repsight.errors import MissingExtra, UnknownName

__all__ = [
    "POSE_MODELS",
    "AnyArray",
    "Float32Array",
    "ModelFile",
    "Session",
    "check_pose_model",
    "model_file",
    "open_session",
    "read_checked",
    "run_model",
]

Float32Array = NDArray[np.float32]
AnyArray = NDArray[Any]

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


class Session(Protocol):
    """The one method of an ONNX Runtime session that is used here."""

    def run(
        self, output_names: Sequence[str] | None, input_feed: dict[str, AnyArray]
    ) -> list[Float32Array]:
        """Compute the named outputs."""
        ...


@cache
def _open_session(name: str) -> Session:
    return open_session(read_checked(model_file(name)))


def open_session(model: bytes) -> Session:
    """An ONNX model that computes in the calling thread alone."""
    try:
        import onnxruntime  # pyright: ignore[reportMissingTypeStubs] - it has none
    except ImportError as error:
        raise MissingExtra(
            "The pose model needs the package onnxruntime, which is not installed.",
            next_step="Run `pip install 'repsight[analyze]'`.",
        ) from error
    runtime = cast("Any", onnxruntime)
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    session: Session = runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return session


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
