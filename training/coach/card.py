"""The model card: what was trained from what, on what, and how well it keeps the contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from training.coach.bases import BASES, Base

__all__ = ["write_card"]

_CARD: Final = """# Model card: wording of the coach's sentences

**What it does.** It rewords one planned sentence of a training summary at a time, as JSON with
the ids of the facts it uses. Numbers are placeholders that code fills. A verifier holds every
sentence against its facts; what it refuses is said by the template.

**What it is not for.** Judging technique, health, pain, injuries, or anything that the planned
sentence does not say.

**Base.** {base}

**Training.** LoRA of rank {rank} on all linear layers{words}, learning rate {rate:g}, completions
only, merged into the base.

**Data.** Made, not collected: reports that are made up, sets of the digital athlete through the
engine, hostile input, and labelled clips through the engine where they are at hand (facts only: no
picture, no name). The teacher is the planner with a phrase grammar; what the verifier refused did
not enter. Splits are by pattern of evidence.

| what | number |
| --- | --- |
{counts}

**Evaluation.** Sentences of evidence whose pattern was in no lesson; 95 % intervals in brackets.

{evaluation}

**Limits.** English only. The verifier decides what is shown, so a weak model costs variety and
time, not truth.
"""


def write_card(build: Path, name: str) -> None:
    """Write ``MODEL_CARD.md`` from what the other steps left in ``build``."""
    base = BASES[name]
    counts = json.loads((build / "counts.json").read_text(encoding="utf-8"))
    evaluation = build / "evaluation.md"
    text = _CARD.format(
        base=_base(name, base),
        rank=base.rank,
        words=" and on the tables of words" if base.trains_words else "",
        rate=base.learning_rate,
        counts="\n".join(f"| {what} | {number} |" for what, number in counts.items()),
        evaluation=evaluation.read_text("utf-8").strip() if evaluation.is_file() else "Not yet.",
    )
    (build / "MODEL_CARD.md").write_text(text, encoding="utf-8")


def _base(name: str, base: Base) -> str:
    if base.shape is None:
        return f"{name} ({base.place}), under its own licence."
    shape = base.shape
    return (
        f"{name}: {shape.layers} layers of width {shape.width} with random weights and "
        f"{shape.vocabulary} tokens of its own. It proves the way and is no product."
    )
