"""Pack the tflite models as MediaPipe Tasks bundles for the browser.

``python -m build_support.task_bundle`` does it by hand; the wheel build calls ``make_bundles``.
Bundles that are already there and match ``vendor.toml`` are kept. ``... lite FILE.task`` writes
one elsewhere, for the parity test.

Tasks refuses models that do not say how their input is scaled, so a note with that is added. The
branch that segments the picture is left out: its output takes more than half of the time, and
Tasks, which wants five outputs, gets the heat map in its place.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import tflite

from build_support.flat import Numbers, Old, Scalar, Table, Text, Vector, write_flat
from build_support.tflite_graph import read_graph
from build_support.vendor import MANIFEST, ROOT, VENDOR
from build_support.weights import fetch_sources

_DETECTOR_SCALE = (127.5, 127.5)
_LANDMARK_SCALE = (0.0, 255.0)
_SEGMENTATION, _HEAT_MAP = 2, 3
_MADE = (1980, 1, 1, 0, 0, 0)  # the same bytes on every day


def make_bundles(folder: Path = VENDOR) -> list[Path]:
    """Write every bundle of the manifest into ``folder``; return the files."""
    wanted = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))["bundles"]
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for model, sha256 in wanted.items():
        path = folder / f"pose_{model}.task"
        if not (path.is_file() and _hash(path) == sha256):
            write_bundle(model, path)
        if _hash(path) != sha256:
            msg = f"{path.name} has sha256 {_hash(path)}, but {MANIFEST.name} wants {sha256}."
            path.unlink()
            raise ValueError(msg)
        made.append(path)
    return made


def write_bundle(model: str, path: Path) -> Path:
    """Write the detector and the landmark model ``model`` to ``path``."""
    sources = fetch_sources(["det", model])
    members = {
        "pose_detector.tflite": described(sources["det"], *_DETECTOR_SCALE),
        "pose_landmarks_detector.tflite": described(sources[model], *_LANDMARK_SCALE),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as bundle:
        for name, data in members.items():
            bundle.writestr(zipfile.ZipInfo(name, _MADE), data)
    return path


def described(model: bytes, mean: float, deviation: float) -> bytes:
    """The model, pruned, with metadata that states the scale of its input."""
    old: Any = tflite.Model.GetRootAs(model, 0)
    graph = old.Subgraphs(0)
    outputs = [int(i) for i in graph.OutputsAsNumpy()]
    if len(outputs) > _HEAT_MAP:
        outputs[_SEGMENTATION] = outputs[_HEAT_MAP]
    buffers = [_at(old.Buffers(i)) for i in range(old.BuffersLength())]
    note = list(write_flat(_metadata(mean, deviation, len(outputs)), b"M001"))
    root = Table(
        [
            Scalar("I", old.Version()),
            _old(old, 1),
            Vector([_pruned(model, graph, outputs)]),
            None,
            Vector([*buffers, Table([Numbers("B", note)])]),
            None,
            Vector([Table([Text("TFLITE_METADATA"), Scalar("I", len(buffers))])]),
        ]
    )
    return write_flat(root, b"TFL3", model)


def _pruned(model: bytes, graph: Any, outputs: list[int]) -> Table:
    """The network without the steps that none of ``outputs`` needs."""
    needed = {one.outputs for one in read_graph(model).needed_for(tuple(outputs))}
    steps = [graph.Operators(i) for i in range(graph.OperatorsLength())]
    kept = [_at(step) for step in steps if tuple(int(i) for i in step.OutputsAsNumpy()) in needed]
    return Table([_old(graph, 0), _old(graph, 1), Numbers("i", outputs), Vector(kept)])


def _at(table: Any) -> Old:
    return Old(table._tab.Pos)  # noqa: SLF001 - the only way to a position


def _old(table: Any, slot: int) -> Old:
    """What field ``slot`` of an old table points to."""
    tab = table._tab  # noqa: SLF001 - the only way to a position
    return Old(int(tab.Indirect(tab.Pos + tab.Offset(4 + 2 * slot))))


def _metadata(mean: float, deviation: float, outputs: int) -> Table:
    """ModelMetadata: one RGB picture comes in, scaled; ``outputs`` things come out."""
    scale = Table([Numbers("f", [mean]), Numbers("f", [deviation])])
    unit = Table([Scalar("B", 1), scale])  # NormalizationOptions
    content = Table([Scalar("B", 2), Table([Scalar("b", 1)])])  # ImageProperties: RGB
    picture = Table([Text("picture"), None, None, content, Vector([unit])])
    graph = Table([None, None, Vector([picture]), Vector([Table([]) for _ in range(outputs)])])
    return Table([Text("BlazePose GHUM"), None, None, Vector([graph])])


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(write_bundle(sys.argv[1], Path(sys.argv[2])))
    else:
        for written in make_bundles():
            print(f"{written.relative_to(ROOT)}  {_hash(written)}")
