"""Fetch the BlazePose models from npm, check them, and write them as ONNX.

``python -m build_support.weights`` does it by hand; the wheel build calls ``make_weights``.
Files that are already there and match ``models.toml`` are kept.
"""

from __future__ import annotations

import sys
import tarfile
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_support.checked_files import matches, read_packed, require, write_whole
from build_support.npm import pack

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "src" / "repsight" / "pose" / "models.toml"
WEIGHTS = MANIFEST.parent / "weights"

_LANDMARK_OUTPUTS = {"landmarks": 0, "score": 1, "heatmap": 3, "world": 4}
_DETECTOR_OUTPUTS = {"boxes": 0, "scores": 1}


@dataclass(frozen=True)
class ModelEntry:
    """One ``[models.NAME]`` table of the manifest."""

    name: str
    source: str
    source_sha256: str
    file: str
    sha256: str


def make_weights(folder: Path = WEIGHTS) -> list[Path]:
    """Write every model of the manifest into ``folder``; return the files."""
    entries = _entries()
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [one for one in entries if not matches(folder / one.file, one.sha256)]
    sources = fetch_sources([entry.name for entry in wanted])
    for entry in wanted:
        converted = convert_model(entry.name, sources[entry.name])
        write_whole(folder / entry.file, require(converted, entry.sha256, entry.file))
    return [folder / entry.file for entry in entries]


def fetch_sources(names: list[str]) -> dict[str, bytes]:
    """The original tflite files of the named models, each checked against the manifest."""
    if not names:
        return {}
    package = _manifest()["package"]
    with tempfile.TemporaryDirectory() as folder:
        archive = pack(f"{package['name']}@{package['version']}", Path(folder))
        with tarfile.open(archive) as files:
            return {
                one.name: read_packed(files, one.source, one.source_sha256)
                for one in _entries()
                if one.name in names
            }


def _manifest() -> dict[str, dict[str, Any]]:
    return tomllib.loads(MANIFEST.read_text(encoding="utf-8"))


def _entries() -> list[ModelEntry]:
    return [ModelEntry(name, **table) for name, table in _manifest()["models"].items()]


def convert_model(name: str, source: bytes) -> bytes:
    """The ONNX bytes of one tflite model; the detector is ``det``, the others are landmarks."""
    # Imported late: with verified files at hand a build needs neither package.
    from build_support.tflite_graph import read_graph
    from build_support.to_onnx import Recipe, convert

    graph = read_graph(source)
    outputs = _DETECTOR_OUTPUTS if name == "det" else _LANDMARK_OUTPUTS
    numbers = {key: graph.outputs[position] for key, position in outputs.items()}
    scale, offset = (1 / 127.5, -1.0) if name == "det" else (1 / 255, 0.0)
    return convert(graph, Recipe(name, numbers, scale, offset)).SerializeToString(
        deterministic=True
    )


if __name__ == "__main__":
    for written in make_weights():
        sys.stdout.write(f"{written.relative_to(ROOT)}  {written.stat().st_size / 1e6:.1f} MB\n")
