"""From the trained models to the committed files: ONNX, plain arrays, and their hashes."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import numpy as np
import torch
from sklearn.ensemble import HistGradientBoostingClassifier

from repsight.recognize.artifacts import NETWORK, TREES, features_mark
from repsight.recognize.features import FEATURES, SAMPLES
from repsight.recognize.trees import Trees
from training.router.network import Router

__all__ = ["as_trees", "network_bytes", "release", "trees_bytes"]

#: Where a class starts that was never seen.
_NEVER = -20.0


def network_bytes(model: Router) -> bytes:
    """The network as ONNX with a free batch axis, input ``windows``, output ``logits``."""
    example = torch.zeros(2, SAMPLES, len(FEATURES) + 4)
    buffer = io.BytesIO()
    torch.onnx.export(
        model.eval(), (example,), buffer, input_names=["windows"], output_names=["logits"],
        dynamic_axes={"windows": {0: "batch"}, "logits": {0: "batch"}}, opset_version=17,
        dynamo=False,
    )  # fmt: skip
    return buffer.getvalue()


def as_trees(model: HistGradientBoostingClassifier, classes: int) -> Trees:
    """The boosted trees of scikit-learn as plain arrays; a class never seen is out of reach."""
    found = [(tree.nodes, number) for row in model._predictors for number, tree in enumerate(row)]  # noqa: SLF001 - scikit-learn has no public way
    size = max(len(nodes) for nodes, _ in found)
    shape = (len(found), size)
    feature, left, right = (np.full(shape, -1, np.int16) for _ in range(3))
    threshold, value = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    nan_left = np.zeros(shape, bool)
    for row, (nodes, _) in enumerate(found):
        here = slice(len(nodes))
        feature[row, here] = np.where(nodes["is_leaf"], -1, nodes["feature_idx"])
        threshold[row, here] = nodes["num_threshold"]
        left[row, here], right[row, here] = nodes["left"], nodes["right"]
        nan_left[row, here] = nodes["missing_go_to_left"].astype(bool)
        value[row, here] = nodes["value"]
    seen = np.asarray(model.classes_, np.int16)
    owner = seen[[number for _, number in found]]
    start = np.full(classes, _NEVER, np.float32)
    start[seen] = np.asarray(model._baseline_prediction).reshape(-1)  # noqa: SLF001 - the same
    return Trees(feature, threshold, left, right, nan_left, value, owner, start)


def trees_bytes(trees: Trees) -> bytes:
    """The arrays as a compressed npz file, the same for the same trees."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **{name: getattr(trees, name) for name in Trees.__slots__})
    return buffer.getvalue()


def release(build: Path, weights: Path, folds: Path) -> None:
    """Copy what was trained to where it is committed, with the list it is checked against."""
    trained = json.loads((build / "folds.json").read_text(encoding="utf-8"))
    heat: dict[str, float] = trained["temperature"]
    final = {name: (build / name).read_bytes() for name in (NETWORK, TREES)}
    classes: list[str] = trained["classes"]
    thin: list[str] = trained["thin"]
    _write(weights, classes, final, heat, thin)
    parts = {path.name: path.read_bytes() for path in sorted((build / "folds").glob("*.onnx"))}
    _write(folds, classes, parts, heat, thin)
    marks = {
        hashlib.sha256(name.encode()).hexdigest()[:12]: k for name, k in trained["fold"].items()
    }
    text = json.dumps(marks, indent=1, sort_keys=True)
    (folds / "clips.json").write_text(text + "\n", encoding="utf-8")


def _write(
    folder: Path, classes: list[str], files: dict[str, bytes], temperature: dict[str, float],
    thin: list[str],
) -> None:  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    manifest = {
        "classes": classes,
        "features": features_mark(),
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        "temperature": {name: round(temperature[name], 4) for name in files},
        "thin": thin,
    }
    text = json.dumps(manifest, indent=1, sort_keys=True)
    (folder / "router.json").write_text(text + "\n", encoding="utf-8")
