"""Read a tflite file into plain arrays and operators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import tflite

_DTYPES = {
    tflite.TensorType.FLOAT32: np.float32,
    tflite.TensorType.FLOAT16: np.float16,
    tflite.TensorType.INT32: np.int32,
}
_INDEX_DTYPES = {1: np.int32, 2: np.uint16, 3: np.uint8}
_INDEX_VECTORS = {1: tflite.Int32Vector, 2: tflite.Uint16Vector, 3: tflite.Uint8Vector}
_OPERATOR_NAMES = {
    code: name for name, code in vars(tflite.BuiltinOperator).items() if isinstance(code, int)
}
_WITHOUT_OPTIONS = frozenset({"DEQUANTIZE", "DENSIFY", "LOGISTIC", "PAD"})


@dataclass(frozen=True)
class Operator:
    """One step; ``options`` is the option table of its kind, or None."""

    kind: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    options: Any


@dataclass(frozen=True)
class Graph:
    """A network: ``shapes`` by tensor number, ``constants`` in the file's own (NHWC) layout."""

    operators: tuple[Operator, ...]
    shapes: dict[int, tuple[int, ...]]
    constants: dict[int, np.ndarray]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]

    def needed_for(self, outputs: tuple[int, ...]) -> tuple[Operator, ...]:
        """The operators that ``outputs`` depend on, in order: everything else is pruned."""
        wanted = set(outputs)
        kept: list[Operator] = []
        for operator in reversed(self.operators):
            if wanted.intersection(operator.outputs):
                wanted.update(operator.inputs)
                kept.append(operator)
        return tuple(reversed(kept))


def read_graph(data: bytes) -> Graph:
    """Parse the only subgraph of a tflite file."""
    model: Any = tflite.Model.GetRootAs(data, 0)
    graph: Any = model.Subgraphs(0)
    tensors = [graph.Tensors(i) for i in range(graph.TensorsLength())]
    return Graph(
        operators=tuple(
            _read_operator(model, graph.Operators(i)) for i in range(graph.OperatorsLength())
        ),
        shapes={i: _shape(tensor) for i, tensor in enumerate(tensors)},
        constants={
            i: _read_constant(model, tensor)
            for i, tensor in enumerate(tensors)
            if model.Buffers(tensor.Buffer()).DataLength()
        },
        inputs=tuple(int(i) for i in graph.InputsAsNumpy()),
        outputs=tuple(int(i) for i in graph.OutputsAsNumpy()),
    )


def _shape(tensor: Any) -> tuple[int, ...]:
    return tuple(int(n) for n in tensor.ShapeAsNumpy()) if tensor.ShapeLength() else ()


def _read_operator(model: Any, operator: Any) -> Operator:
    code = model.OperatorCodes(operator.OpcodeIndex())
    kind = _OPERATOR_NAMES[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
    return Operator(
        kind,
        tuple(int(i) for i in operator.InputsAsNumpy()),
        tuple(int(i) for i in operator.OutputsAsNumpy()),
        None if kind in _WITHOUT_OPTIONS else _read_options(operator),
    )


def _read_options(operator: Any) -> Any:
    table = operator.BuiltinOptions()
    if table is None:
        return None
    names = {code: name for name, code in vars(tflite.BuiltinOptions).items() if name[0] != "_"}
    options = getattr(tflite, names[operator.BuiltinOptionsType()])()
    options.Init(table.Bytes, table.Pos)
    return options


def _read_constant(model: Any, tensor: Any) -> np.ndarray:
    raw = model.Buffers(tensor.Buffer()).DataAsNumpy().tobytes()
    values = np.frombuffer(raw, _DTYPES[tensor.Type()])
    if tensor.Sparsity() is None:
        return values.reshape(_shape(tensor))
    return _dense(values, tensor.Sparsity(), _shape(tensor))


def _dense(values: np.ndarray, sparsity: Any, shape: tuple[int, ...]) -> np.ndarray:
    """Unpack the one sparse form that occurs: rows whose last axis is compressed (CSR)."""
    axes = [sparsity.DimMetadata(i) for i in range(sparsity.DimMetadataLength())]
    formats = [axis.Format() for axis in axes]
    order = list(sparsity.TraversalOrderAsNumpy())
    if formats != [0] * (len(shape) - 1) + [1] or order != sorted(order):
        msg = f"The tensor of shape {shape} is stored in a sparse form this build cannot unpack."
        raise NotImplementedError(msg)
    last = axes[-1]
    segments = _indices(last.ArraySegmentsType(), last.ArraySegments())
    columns = _indices(last.ArrayIndicesType(), last.ArrayIndices())
    rows = np.repeat(np.arange(len(segments) - 1), np.diff(segments))
    dense = np.zeros((len(segments) - 1, shape[-1]), values.dtype)
    dense[rows, columns] = values[: len(columns)]
    return dense.reshape(shape)


def _indices(kind: int, table: Any) -> np.ndarray:
    vector = _INDEX_VECTORS[kind]()
    vector.Init(table.Bytes, table.Pos)
    return vector.ValuesAsNumpy().astype(np.int64)
