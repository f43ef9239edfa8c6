"""Write a convolutional tflite network as ONNX: channels first, weights kept as float16."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper
from tflite import ActivationFunctionType, Padding

from build_support.tflite_graph import Graph, Operator

OPSET = 17
IR_VERSION = 8


@dataclass(frozen=True)
class Recipe:
    """What to keep of a network and how its picture is scaled.

    ``outputs`` maps names to tensor numbers; the picture (uint8, rows x columns x RGB) becomes
    ``picture * scale + offset``.
    """

    name: str
    outputs: dict[str, int]
    scale: float
    offset: float


@dataclass
class _Writer:
    graph: Graph
    nodes: list[NodeProto] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)

    def name(self, tensor: int) -> str:
        return f"t{tensor}"

    def add(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def constant(self, name: str, values: np.ndarray | np.float32) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name


def convert(graph: Graph, recipe: Recipe) -> ModelProto:
    """The part of ``graph`` that ``recipe`` wants, as an ONNX model with a uint8 picture input."""
    writer = _Writer(graph)
    size = graph.shapes[graph.inputs[0]][1]
    _write_input(writer, recipe)
    weights = _weights(graph)
    for operator in graph.needed_for(tuple(recipe.outputs.values())):
        if operator.outputs[0] not in weights:
            _WRITERS[operator.kind](writer, operator, weights)
    outputs = [_write_output(writer, name, tensor) for name, tensor in recipe.outputs.items()]
    picture = helper.make_tensor_value_info("picture", TensorProto.UINT8, [1, size, size, 3])
    model = helper.make_model(
        helper.make_graph(writer.nodes, recipe.name, [picture], outputs, writer.constants),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="repsight-build",
    )
    model.doc_string = "MediaPipe BlazePose GHUM, Apache-2.0; segmentation removed, converted."
    return model


def _weights(graph: Graph) -> dict[int, np.ndarray]:
    """Constants, also seen through the DENSIFY and DEQUANTIZE steps that only unpack them."""
    weights = dict(graph.constants)
    for operator in graph.operators:
        if operator.kind in {"DENSIFY", "DEQUANTIZE"} and operator.inputs[0] in weights:
            weights[operator.outputs[0]] = weights[operator.inputs[0]]
    return weights


def _write_input(writer: _Writer, recipe: Recipe) -> None:
    scale = writer.constant("scale", np.float32(recipe.scale))
    offset = writer.constant("offset", np.float32(recipe.offset))
    value = writer.add("Cast", ["picture"], "as_float", to=TensorProto.FLOAT)
    value = writer.add("Mul", [value, scale], "scaled")
    value = writer.add("Add", [value, offset], "centred")
    writer.add("Transpose", [value], writer.name(writer.graph.inputs[0]), perm=[0, 3, 1, 2])


def _write_output(writer: _Writer, name: str, tensor: int) -> ValueInfoProto:
    shape = _layout(writer.graph.shapes[tensor])
    writer.add("Identity", [writer.name(tensor)], name)
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def _layout(shape: tuple[int, ...]) -> list[int]:
    if len(shape) != 4:
        return list(shape)
    batch, rows, columns, channels = shape
    return [batch, channels, rows, columns]


def _float_weight(writer: _Writer, name: str, values: np.ndarray) -> str:
    """A weight that stays small on disk; the runtime folds the cast when it loads the model."""
    stored = writer.constant(f"{name}_stored", values)
    if values.dtype == np.float32:
        return stored
    return writer.add("Cast", [stored], name, to=TensorProto.FLOAT)


def _activated(writer: _Writer, value: str, kind: int, output: str) -> None:
    match kind:
        case ActivationFunctionType.NONE:
            writer.add("Identity", [value], output)
        case ActivationFunctionType.RELU:
            writer.add("Relu", [value], output)
        case ActivationFunctionType.RELU6:
            low = writer.constant(f"{output}_low", np.float32(0))
            high = writer.constant(f"{output}_high", np.float32(6))
            writer.add("Clip", [value, low, high], output)
        case _:
            msg = f"Activation {kind} is not known to this build."
            raise NotImplementedError(msg)


def _pads(padding: int, shape: tuple[int, ...], window: list[int], stride: list[int]) -> list[int]:
    """ONNX pads (top, left, bottom, right) that give TensorFlow's SAME or VALID."""
    if padding == Padding.VALID:
        return [0, 0, 0, 0]
    before, after = [], []
    for size, kernel, step in zip(shape[1:3], window, stride, strict=True):
        total = max((-(-size // step) - 1) * step + kernel - size, 0)
        before.append(total // 2)
        after.append(total - total // 2)
    return before + after


def _convolution(writer: _Writer, operator: Operator, weights: dict[int, np.ndarray]) -> None:
    source, kernel_id, bias_id = operator.inputs
    options, output = operator.options, writer.name(operator.outputs[0])
    kernel, groups = weights[kernel_id], 1
    if operator.kind == "DEPTHWISE_CONV_2D":
        kernel, groups = kernel.transpose(3, 1, 2, 0), writer.graph.shapes[source][3]
    window, stride = list(kernel.shape[1:3]), [options.StrideH(), options.StrideW()]
    inputs = [
        writer.name(source),
        _float_weight(writer, f"{output}_kernel", kernel.transpose(0, 3, 1, 2)),
        _float_weight(writer, f"{output}_bias", weights[bias_id]),
    ]
    value = writer.add(
        "Conv", inputs, f"{output}_conv",
        kernel_shape=window, strides=stride, group=groups,
        dilations=[options.DilationHFactor(), options.DilationWFactor()],
        pads=_pads(options.Padding(), writer.graph.shapes[source], window, stride),
    )  # fmt: skip
    _activated(writer, value, options.FusedActivationFunction(), output)


def _max_pool(writer: _Writer, operator: Operator, _: dict[int, np.ndarray]) -> None:
    options, output = operator.options, writer.name(operator.outputs[0])
    window = [options.FilterHeight(), options.FilterWidth()]
    stride = [options.StrideH(), options.StrideW()]
    pads = _pads(options.Padding(), writer.graph.shapes[operator.inputs[0]], window, stride)
    value = writer.add(
        "MaxPool", [writer.name(operator.inputs[0])], f"{output}_pool",
        kernel_shape=window, strides=stride, pads=pads,
    )  # fmt: skip
    _activated(writer, value, options.FusedActivationFunction(), output)


def _add(writer: _Writer, operator: Operator, _: dict[int, np.ndarray]) -> None:
    output = writer.name(operator.outputs[0])
    value = writer.add("Add", [writer.name(i) for i in operator.inputs], f"{output}_sum")
    _activated(writer, value, operator.options.FusedActivationFunction(), output)


def _pad(writer: _Writer, operator: Operator, weights: dict[int, np.ndarray]) -> None:
    output = writer.name(operator.outputs[0])
    rows = weights[operator.inputs[1]][[0, 3, 1, 2]]
    amounts = writer.constant(f"{output}_pads", rows.T.reshape(-1).astype(np.int64))
    writer.add("Pad", [writer.name(operator.inputs[0]), amounts], output, mode="constant")


def _resize(writer: _Writer, operator: Operator, _: dict[int, np.ndarray]) -> None:
    options, tensor = operator.options, operator.outputs[0]
    mode = "asymmetric"
    if options.AlignCorners():
        mode = "align_corners"
    elif options.HalfPixelCenters():
        mode = "half_pixel"
    output = writer.name(tensor)
    sizes = np.array(_layout(writer.graph.shapes[tensor]), np.int64)
    writer.add(
        "Resize",
        [writer.name(operator.inputs[0]), "", "", writer.constant(f"{output}_sizes", sizes)],
        output, mode="linear", coordinate_transformation_mode=mode,
    )  # fmt: skip


def _reshape(writer: _Writer, operator: Operator, _: dict[int, np.ndarray]) -> None:
    tensor = operator.outputs[0]
    output = writer.name(tensor)
    rows_last = writer.add(
        "Transpose", [writer.name(operator.inputs[0])], f"{output}_rows", perm=[0, 2, 3, 1]
    )
    shape = writer.constant(f"{output}_shape", np.array(writer.graph.shapes[tensor], np.int64))
    writer.add("Reshape", [rows_last, shape], output)


def _concatenate(writer: _Writer, operator: Operator, _: dict[int, np.ndarray]) -> None:
    names = [writer.name(i) for i in operator.inputs]
    axis = operator.options.Axis()
    writer.add("Concat", names, writer.name(operator.outputs[0]), axis=axis)


def _depth_to_space(writer: _Writer, operator: Operator, _: dict[int, np.ndarray]) -> None:
    writer.add(
        "DepthToSpace", [writer.name(operator.inputs[0])], writer.name(operator.outputs[0]),
        blocksize=operator.options.BlockSize(), mode="DCR",
    )  # fmt: skip


def _logistic(writer: _Writer, operator: Operator, _: dict[int, np.ndarray]) -> None:
    writer.add("Sigmoid", [writer.name(operator.inputs[0])], writer.name(operator.outputs[0]))


_WRITERS = {
    "ADD": _add,
    "CONCATENATION": _concatenate,
    "CONV_2D": _convolution,
    "DEPTHWISE_CONV_2D": _convolution,
    "DEPTH_TO_SPACE": _depth_to_space,
    "LOGISTIC": _logistic,
    "MAX_POOL_2D": _max_pool,
    "PAD": _pad,
    "RESHAPE": _reshape,
    "RESIZE_BILINEAR": _resize,
}
