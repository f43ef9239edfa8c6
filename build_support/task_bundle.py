"""Pack the tflite models as a MediaPipe Tasks bundle, for the parity test and the plug-in.

``python -m build_support.task_bundle full FILE.task`` needs the package mediapipe, whose schema
it uses: Tasks refuses models that do not say how their input is scaled.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import flatbuffers

from build_support.weights import fetch_sources

_DETECTOR_SCALE = (127.5, 127.5, 2)
_LANDMARK_SCALE = (0.0, 255.0, 5)


def write_bundle(model: str, path: Path) -> Path:
    """Write the detector and the landmark model ``model`` to ``path``."""
    sources = fetch_sources(["det", model])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as bundle:
        bundle.writestr("pose_detector.tflite", _described(sources["det"], *_DETECTOR_SCALE))
        landmarks = _described(sources[model], *_LANDMARK_SCALE)
        bundle.writestr("pose_landmarks_detector.tflite", landmarks)
    return path


def _described(model: bytes, mean: float, deviation: float, outputs: int) -> bytes:
    """The model with metadata that states the scale of its input."""
    from mediapipe.tasks.metadata import (  # pyright: ignore[reportMissingImports] - optional
        schema_py_generated as schema,
    )

    tree = schema.ModelT.InitFromPackedBuf(model, 0)
    metadata = schema.BufferT()
    metadata.data = list(_metadata(mean, deviation, outputs))
    tree.buffers.append(metadata)
    entry = schema.MetadataT()
    entry.name, entry.buffer = "TFLITE_METADATA", len(tree.buffers) - 1
    tree.metadata = [*(tree.metadata or []), entry]
    builder = flatbuffers.Builder(len(model))
    builder.Finish(tree.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def _metadata(mean: float, deviation: float, outputs: int) -> bytes:
    from mediapipe.tasks.metadata import (  # pyright: ignore[reportMissingImports] - optional
        metadata_schema_py_generated as schema,
    )

    scale = schema.NormalizationOptionsT()
    scale.mean, scale.std = [mean], [deviation]
    unit = schema.ProcessUnitT()
    unit.optionsType = schema.ProcessUnitOptions.NormalizationOptions
    unit.options = scale
    colours = schema.ImagePropertiesT()
    colours.colorSpace = schema.ColorSpaceType.RGB
    picture = schema.TensorMetadataT()
    picture.name, picture.processUnits, picture.content = "picture", [unit], schema.ContentT()
    picture.content.contentPropertiesType = schema.ContentProperties.ImageProperties
    picture.content.contentProperties = colours
    graph = schema.SubGraphMetadataT()
    graph.inputTensorMetadata = [picture]
    graph.outputTensorMetadata = [schema.TensorMetadataT() for _ in range(outputs)]
    model = schema.ModelMetadataT()
    model.name, model.subgraphMetadata = "BlazePose GHUM", [graph]
    builder = flatbuffers.Builder(0)
    builder.Finish(model.Pack(builder), b"M001")
    return bytes(builder.Output())


if __name__ == "__main__":
    print(write_bundle(sys.argv[1], Path(sys.argv[2])))
