"""The final models, from everything there is; and models that never saw some sources."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.wording import tell
from repsight.exercises import catalog
from repsight.recognize.artifacts import NETWORK, TREES
from repsight.recognize.features import summary_input
from training.router.export import as_trees, network_bytes, trees_bytes
from training.router.fit import fit_network, fit_trees, logits_of, temperature_of, weights_of
from training.router.network import parameter_count
from training.router.windows import UNKNOWN, Labelled, class_numbers, gather, load

__all__ = ["Plan", "classes_of", "evaluate", "folds_of", "train"]


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the windows are, how long and from which seed to train, into how many folds."""

    build: Path
    epochs: int
    seed: int
    folds: int


def train(plan: Plan) -> None:
    """Write the network and the trees, fitted to all windows, beside the data."""
    everything = gather(_read(plan.build))
    classes = classes_of(everything)
    network = fit_network(everything, classes, epochs=plan.epochs, seed=plan.seed)
    tell(
        f"{parameter_count(network)} parameters, {len(everything)} windows, {len(classes)} classes"
    )
    (plan.build / NETWORK).write_bytes(network_bytes(network))
    trees = as_trees(fit_trees(everything, classes, seed=plan.seed), len(classes))
    (plan.build / TREES).write_bytes(trees_bytes(trees))


def evaluate(plan: Plan) -> None:
    """One network for each fold of sources, and the temperatures that fit what they never saw."""
    athlete, clips, countix = _read(plan.build)
    classes = classes_of(gather([athlete, clips, countix]))
    fold = folds_of(clips, plan.folds)
    number = np.array([fold[str(name)] for name in clips.clip])
    logits = np.zeros((len(clips), len(classes)), np.float32)
    folder = plan.build / "folds"
    folder.mkdir(exist_ok=True)
    for k in range(plan.folds):
        seen = gather([athlete, clips.part(number != k), countix])
        network = fit_network(seen, classes, epochs=plan.epochs, seed=plan.seed)
        logits[number == k] = logits_of(network, clips.values[number == k])
        (folder / f"fold{k}.onnx").write_bytes(network_bytes(network))
        tell(f"fold {k}: {_right(logits, clips, classes, number == k):.3f} of its windows right")
    truth = class_numbers(clips.label, classes)
    weight = weights_of(clips, truth)
    heat = {
        NETWORK: temperature_of(logits, truth, weight),
        TREES: _heat_of_trees((athlete, clips, countix), classes, number, plan.seed),
        # each fold is calibrated on what the others never saw
        **{
            f"fold{k}.onnx": temperature_of(
                logits[number != k], truth[number != k], weight[number != k]
            )
            for k in range(plan.folds)
        },
    }
    thin = sorted(set(classes) - {str(name) for name in np.unique(athlete.label)} - {UNKNOWN})
    text = json.dumps(
        {"classes": classes, "temperature": heat, "fold": fold, "thin": thin},
        indent=1, sort_keys=True,
    )  # fmt: skip
    (plan.build / "folds.json").write_text(text + "\n", encoding="utf-8")


def _heat_of_trees(
    parts: tuple[Labelled, Labelled, Labelled], classes: tuple[str, ...],
    number: NDArray[np.intp], seed: int,
) -> float:  # fmt: skip
    """The trees' temperature, on the sources of the first fold."""
    athlete, clips, countix = parts
    held = clips.part(number == 0)
    seen = gather([athlete, clips.part(number != 0), countix])
    trees = as_trees(fit_trees(seen, classes, seed=seed), len(classes))
    logits = trees.logits(summary_input(held.values.astype(np.float32)))
    truth = class_numbers(held.label, classes)
    tell(f"trees: {np.mean(logits.argmax(axis=1) == truth):.3f} of the windows of fold 0 right")
    return temperature_of(logits, truth, weights_of(held, truth))


def folds_of(clips: Labelled, count: int) -> dict[str, int]:
    """Clip -> fold; clips of a source or a person stay together, folds are about alike in size."""
    members = {str(s): np.unique(clips.clip[clips.source == s]) for s in np.unique(clips.source)}
    sizes = [0] * count
    fold: dict[str, int] = {}
    for source in sorted(members, key=lambda name: (-len(members[name]), name)):
        smallest = int(np.argmin(sizes))
        sizes[smallest] += len(members[source])
        fold |= {str(clip): smallest for clip in members[source]}
    return fold


def classes_of(windows: Labelled) -> tuple[str, ...]:
    """What is told apart: the catalog as far as there is data, and unknown."""
    seen = {str(name) for name in np.unique(windows.label)}
    return (*sorted(set(catalog()) & seen), UNKNOWN)


def _read(build: Path) -> tuple[Labelled, Labelled, Labelled]:
    """Windows of the athlete, of the clips and of the public set; empty where there are none."""
    athlete = gather(load(path) for path in sorted((build / "athlete").glob("*.npz")))
    real = [build / "clips.npz", build / "countix.npz"]
    clips, countix = (load(path) if path.is_file() else gather([]) for path in real)
    return athlete, clips, countix


def _right(
    logits: NDArray[np.float32], clips: Labelled, classes: tuple[str, ...], mask: NDArray[np.bool_]
) -> float:
    return float(np.mean(logits[mask].argmax(axis=1) == class_numbers(clips.label[mask], classes)))
