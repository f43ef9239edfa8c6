"""Train the exercise router: ``python -m training.router data|train|evaluate|export``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from training.router.windows import gather, save

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Run one step; each reads what the steps before it wrote under ``--build``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=("data", "train", "evaluate", "export"))
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--landmarks", type=Path, default=ROOT / "build" / "landmarks")
    parser.add_argument(
        "--also", type=Path, action="append", default=[],
        help="landmarks of the same clips by another tracker; may be given several times",
    )  # fmt: skip
    parser.add_argument("--copies", type=int, default=0, help="other trackings made of each clip")
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "router")
    parser.add_argument("--sets", type=int, default=40, help="performances of each style")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fresh", action="store_true", help="make windows again that are there")
    options = parser.parse_args()
    if options.step == "data":
        _make_data(options)
    elif options.step == "export":
        from training.router.export import release

        weights = ROOT / "src" / "repsight" / "recognize" / "weights"
        release(options.build, weights, ROOT / "training" / "router" / "folds")
    else:
        from training.router import train

        plan = train.Plan(options.build, options.epochs, options.seed, options.folds)
        (train.train if options.step == "train" else train.evaluate)(plan)
    return 0


def _make_data(options: argparse.Namespace) -> None:
    """Windows of every style, of the real clips and of the public set, each in a file."""
    from repsight.athlete.performance import STYLES
    from training.router.athlete_data import EVERYDAY, RANDOM, athlete_windows
    from training.router.real_data import clip_windows, countix_windows

    seed: int = options.seed
    for name in (*STYLES, RANDOM, EVERYDAY):
        path = options.build / "athlete" / f"{name}.npz"
        if options.fresh or not path.is_file():
            sets = options.sets * (4 if name in (RANDOM, EVERYDAY) else 1)
            save(gather(athlete_windows(name, sets=sets, seed=seed)), path)
            sys.stderr.write(f"{name}\n")
    clips, landmarks = options.shared / "clips", options.shared / "landmarks"
    path = options.build / "clips.npz"
    if (clips / "labels.csv").is_file() and (options.fresh or not path.is_file()):
        found = clip_windows(
            clips, options.landmarks, others=options.also, copies=options.copies, seed=seed
        )
        save(gather(found), path)
    path = options.build / "countix.npz"
    if (landmarks / "countix_fitness.npz").is_file() and (options.fresh or not path.is_file()):
        save(gather(countix_windows(landmarks, seed=seed)), path)


if __name__ == "__main__":
    sys.exit(main())
