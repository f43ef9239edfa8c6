"""The model files that the build put beside this module, checked by hash, loaded once."""

from __future__ import annotations

import hashlib
import threading
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from repsight.errors import MissingExtra, UnknownName

if TYPE_CHECKING:
    import onnxruntime

__all__ = ["POSE_MODELS", "ModelFile", "check_pose_model", "load_session", "model_file"]

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


def load_session(name: str) -> onnxruntime.InferenceSession:
    """The inference session of a model, shared by the whole process and safe between threads."""
    with _LOADING:
        return _open_session(name)


@cache
def _open_session(name: str) -> onnxruntime.InferenceSession:
    return open_session(read_checked(model_file(name)))


def open_session(model: bytes | str) -> onnxruntime.InferenceSession:
    """A session that computes in the calling thread alone, so that results never depend on it."""
    try:
        import onnxruntime
    except ImportError as error:
        raise MissingExtra(
            "The pose model needs the package onnxruntime, which is not installed.",
            next_step="Run `pip install onnxruntime`.",
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


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
