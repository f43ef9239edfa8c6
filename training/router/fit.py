"""Fitting of the network and of the boosted trees to labelled windows."""

from __future__ import annotations

import sys

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from torch import nn

from repsight.recognize.features import FEATURES, model_input, summary_input
from training.router.network import Router
from training.router.windows import UNKNOWN, Labelled, class_numbers

__all__ = ["fit_network", "fit_trees", "logits_of", "temperature_of", "weights_of"]

#: How much of a class's weight each origin gets where all are present.
_ORIGIN_SHARE = {"athlete": 0.4, "clips": 0.35, "countix": 0.25}
_UNKNOWN_SHARE = 3.0  # unknown is many things
_DRAWS = 7000  # windows an epoch
_BATCH = 128
_RATE = 3e-3
_PLACED = [i for i, name in enumerate(FEATURES) if name.endswith((" rise", " travel"))]
_ALONG = [i for i, name in enumerate(FEATURES) if name.endswith((" along", " travel"))]
_SOLID = [i for i, name in enumerate(FEATURES) if name.split(",")[0].endswith(
    (" forward", " up", " out"))]  # fmt: skip


def weights_of(windows: Labelled, numbers: NDArray[np.intp]) -> NDArray[np.float64]:
    """How often each window is drawn: classes alike, within them origins, sources and clips."""
    weight = np.zeros(len(windows))
    unknown = np.asarray(windows.label == UNKNOWN)
    for number in np.unique(numbers):
        mine = numbers == number
        for origin, share in _ORIGIN_SHARE.items():
            here = mine & (windows.origin == origin)
            if not here.any():
                continue
            _, clip, sizes = np.unique(windows.clip[here], return_inverse=True, return_counts=True)
            # a long clip says more than a short one, but not as much as it is longer
            weight[here] = share / sizes[clip] ** 0.5
            weight[here] *= share / weight[here].sum()
        size = _UNKNOWN_SHARE if unknown[mine].any() else 1.0
        weight[mine] *= size / weight[mine].sum()
    return weight / weight.sum()


def fit_network(windows: Labelled, classes: tuple[str, ...], *, epochs: int, seed: int) -> Router:
    """Train from scratch; the same arguments give the same network on the same machine."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = np.random.default_rng([seed, 0xF17])
    numbers = class_numbers(windows.label, classes)
    weight = weights_of(windows, numbers)
    model = Router(len(classes), *_scales(windows, weight, rng))
    steps = epochs * (_DRAWS // _BATCH)
    optimiser = torch.optim.AdamW(model.parameters(), lr=_RATE, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=_RATE, total_steps=steps)
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.05)
    model.train()
    total = 0.0
    for step in range(steps):
        chosen = rng.choice(len(windows), _BATCH, p=weight)
        values = _disturbed(windows.values[chosen].astype(np.float32), rng)
        loss = loss_of(
            model(torch.from_numpy(model_input(values))), torch.from_numpy(numbers[chosen])
        )
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        total = 0.98 * total + 0.02 * float(loss.detach())
        if step % 400 == 399:
            sys.stderr.write(f"step {step + 1} of {steps}: loss {total:.3f}\n")
    return model.eval()


def _scales(
    windows: Labelled, weight: NDArray[np.float64], rng: np.random.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean and standard deviation of each input over windows as they will be drawn."""
    chosen = rng.choice(len(windows), 2000, p=weight)
    values = model_input(windows.values[chosen].astype(np.float32))
    middle, spread = values.mean(axis=(0, 1)), values.std(axis=(0, 1))
    middle[len(FEATURES) :], spread[len(FEATURES) :] = 0.0, 1.0
    return torch.from_numpy(middle), torch.from_numpy(np.maximum(spread, 0.02))


def _disturbed(values: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """A batch (B, 30, F) with what real clips do to features: errors, gaps, unknown depth."""
    count = len(values)
    values = values * rng.uniform(0.92, 1.08, (count, 1, 1)).astype(np.float32)
    values += rng.normal(0.0, 0.02, (count, 1, values.shape[2])).astype(np.float32)
    values += rng.normal(0.0, 0.008, values.shape).astype(np.float32)
    turned = np.flatnonzero(rng.random(count) < 0.15)
    values[np.ix_(turned, range(values.shape[1]), _ALONG)] *= -1
    for columns, often in ((_PLACED, 0.3), (_SOLID, 0.08)):
        gone = np.flatnonzero(rng.random(count) < often)
        values[np.ix_(gone, range(values.shape[1]), columns)] = np.nan
    for row in np.flatnonzero(rng.random(count) < 0.15):
        first = rng.integers(0, values.shape[1])
        values[row, first : first + rng.integers(2, 8)] = np.nan
    return values


def logits_of(model: Router, values: NDArray[np.float16]) -> NDArray[np.float32]:
    """(M, classes) of windows (M, 30, F)."""
    out: list[NDArray[np.float32]] = []
    with torch.no_grad():
        for first in range(0, len(values), 512):
            part = model_input(values[first : first + 512].astype(np.float32))
            out.append(model(torch.from_numpy(part)).numpy())
    return np.concatenate(out) if out else np.empty((0, model.leave[1].out_features), np.float32)


def temperature_of(
    logits: NDArray[np.floating], numbers: NDArray[np.intp], weight: NDArray[np.floating]
) -> float:
    """The temperature at which held-out labels are likeliest."""
    grid = np.geomspace(0.4, 6.0, 60)
    losses = [_loss(logits / heat, numbers, weight) for heat in grid]
    return float(grid[int(np.argmin(losses))])


def _loss(
    logits: NDArray[np.floating], numbers: NDArray[np.intp], weight: NDArray[np.floating]
) -> float:
    top = logits.max(axis=1, keepdims=True)
    log_p = logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
    return float(-(weight * log_p[np.arange(len(numbers)), numbers]).sum() / weight.sum())


def fit_trees(
    windows: Labelled, classes: tuple[str, ...], *, seed: int
) -> HistGradientBoostingClassifier:
    """Boosted trees on summaries of the windows."""
    numbers = class_numbers(windows.label, classes)
    weight = weights_of(windows, numbers)
    trees = HistGradientBoostingClassifier(
        max_iter=40, max_leaf_nodes=12, learning_rate=0.15, min_samples_leaf=15,
        l2_regularization=1.0, max_bins=63, max_features=0.3, random_state=seed,
    )  # fmt: skip
    values = windows.values.astype(np.float32).copy()
    hidden = np.random.default_rng([seed, 0x7E]).random(len(values)) < 0.25
    values[np.ix_(np.flatnonzero(hidden), range(values.shape[1]), _PLACED)] = np.nan
    trees.fit(summary_input(values), numbers, sample_weight=weight * len(windows))
    return trees
