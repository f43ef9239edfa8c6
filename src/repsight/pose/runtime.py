"""ONNX Runtime, quiet and reproducible; the only place that imports it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from repsight.errors import MissingExtra

__all__ = ["AnyArray", "Float32Array", "Session", "import_onnxruntime", "open_session"]

Float32Array = NDArray[np.float32]
AnyArray = NDArray[Any]


class Session(Protocol):
    """The one method of an ONNX Runtime session that is used here."""

    def run(
        self, output_names: Sequence[str] | None, input_feed: dict[str, AnyArray]
    ) -> list[Float32Array]:
        """Compute the named outputs."""
        ...


def import_onnxruntime() -> Any:  # noqa: ANN401 - the package has no types
    """The package, with its telemetry off; MissingExtra if it is not installed.

    Its wheels contact a logging host some seconds after a model is loaded. Only this variable,
    set before the import, prevents that; the call after it serves programs that had imported the
    package already.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime  # pyright: ignore[reportMissingTypeStubs] - it has none
    except ImportError as error:
        raise MissingExtra(
            "The pose model needs the package onnxruntime, which is not installed.",
            next_step="Run `pip install 'repsight[analyze]'`.",
        ) from error
    runtime = cast("Any", onnxruntime)
    runtime.disable_telemetry_events()
    return runtime


def open_session(model: bytes) -> Session:
    """An ONNX model that computes in the calling thread alone.

    Threads may share it; the result never depends on how many do.
    """
    runtime = import_onnxruntime()
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    session: Session = runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return session
