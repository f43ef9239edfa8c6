"""Train the coach's wording: ``python -m training.coach all``, or one step of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from training.coach.bases import BASES, TINY

ROOT = Path(__file__).resolve().parents[2]
STEPS = ("lessons", "finetune", "export", "evaluate", "card")


def main() -> int:
    """Run one step, or all; each reads what the steps before it wrote under ``--build``."""
    options = _options().parse_args()
    for step in STEPS if options.step == "all" else (options.step,):
        _run(step, options)
    return 0


def _run(step: str, options: argparse.Namespace) -> None:
    match step:
        case "lessons":
            _lessons(options)
        case "finetune":
            from training.coach.finetune import finetune

            finetune(_course(options))
        case "export":
            from training.coach.export import export

            export(options.build / "merged", options.build / "coach.gguf", options.converter)
            if (options.build / "base").is_dir():
                export(options.build / "base", options.build / "untrained.gguf", options.converter)
        case "evaluate":
            from training.coach.evaluate import evaluate

            evaluate(options.build, options.sentences, model=options.model)
        case _:
            from training.coach.card import write_card

            write_card(options.build, options.base)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=("all", *STEPS))
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "coach")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--landmarks", type=Path, default=ROOT / "build" / "landmarks")
    parser.add_argument(
        "--reports", type=Path, default=None,
        help="real reports (repsight analyze CLIPS --json FILE) instead of analysing the clips",
    )  # fmt: skip
    parser.add_argument("--fuzz", type=int, default=5000, help="made-up reports")
    parser.add_argument("--hostile", type=int, default=600, help="made-up reports that mislead")
    parser.add_argument("--athlete", type=int, default=960, help="sets of the digital athlete")
    parser.add_argument("--base", choices=sorted(BASES), default=TINY)
    parser.add_argument("--place", default="", help="folder with the base's weights")
    parser.add_argument("--epochs", type=float, default=2.0)
    parser.add_argument("--minutes", type=float, default=60.0, help="of training, at most")
    parser.add_argument(
        "--converter",
        type=Path,
        default=None,
        help="llama.cpp's convert_hf_to_gguf.py, for bases that are not tiny",
    )
    parser.add_argument("--sentences", type=int, default=200, help="test sentences to be worded")
    parser.add_argument(
        "--model",
        type=Path,
        default=None,
        help="a GGUF file or checkpoint to evaluate instead of the build's",
    )
    parser.add_argument("--seed", type=int, default=0)
    return parser


def _lessons(options: argparse.Namespace) -> None:
    from training.coach.lessons import Order, build

    build(Order(options.build, options.shared, options.landmarks, options.fuzz, options.hostile,
                options.athlete, options.seed, options.reports))  # fmt: skip


def _course(options: argparse.Namespace):  # noqa: ANN202 - imported lazily
    from training.coach.finetune import Course

    return Course(options.build, BASES[options.base], options.place, options.epochs,
                  options.minutes, options.seed)  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
