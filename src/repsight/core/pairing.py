"""Movements of the left and of the right limb put together into repetitions.

Two that turn together are one repetition of both sides. One alone counts only where the limb
was seen: a pose model draws a hidden arm somewhere, and what it draws must not add repetitions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from repsight.core.excursions import Candidate
from repsight.core.measure import OneSide, Scene
from repsight.core.report import Rejected, Rep
from repsight.core.sides import Limb, same_turn, seen_share, spec_for
from repsight.core.signals import Signal
from repsight.core.spec import ExerciseSpec
from repsight.core.windows import Span

__all__ = ["SEEN_ALONE", "SIDES", "alone", "paired", "seen_by", "unseen_notes"]

SIDES: Final[tuple[OneSide, OneSide]] = ("left", "right")
#: A limb alone makes a repetition when it is visible (0.5) in this share of its frames.
SEEN_ALONE: Final = 0.5
_VISIBLE: Final = 0.5
_OTHER: Final[dict[OneSide, OneSide]] = {"left": "right", "right": "left"}


def seen_by(scene: Scene, driver: Signal, side: OneSide) -> Callable[[Span], float]:
    """How much of a movement the points of ``driver`` on one side can be seen, 0..1."""
    return lambda span: seen_share(span, scene, driver, side=side, least=_VISIBLE)


def paired(
    counted: Mapping[OneSide, Sequence[Candidate]],
    *,
    seen: Mapping[OneSide, Callable[[Span], float]],
) -> list[tuple[Candidate, Limb]]:
    """Repetitions in time order with the side that did them.

    A movement that only a hidden limb shows is dropped.
    """
    partners = _partners(counted["left"], counted["right"])
    done: list[tuple[Candidate, Limb]] = []
    for i, j in partners.items():
        left, right = counted["left"][i], counted["right"][j]
        if max(seen["left"](left), seen["right"](right)) >= SEEN_ALONE:
            done.append((_together(left, right), "both"))
    taken = {"left": set(partners), "right": set(partners.values())}
    for side in SIDES:
        lone = [one for i, one in enumerate(counted[side]) if i not in taken[side]]
        done.extend((one, side) for one in lone if seen[side](one) >= SEEN_ALONE)
    return sorted(done, key=lambda one: one[0].turn_s)


def _partners(left: Sequence[Candidate], right: Sequence[Candidate]) -> dict[int, int]:
    """Index of the left movement -> index of the right one that turns with it, nearest first."""
    close = sorted(
        (abs(a.turn_s - b.turn_s), i, j)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
        if same_turn(a, b)
    )
    partners: dict[int, int] = {}
    for _, i, j in close:
        if i not in partners and j not in partners.values():
            partners[i] = j
    return partners


def _together(left: Candidate, right: Candidate) -> Candidate:
    """One movement of both sides, halfway between them."""

    def mean(name: str) -> float:
        return (getattr(left, name) + getattr(right, name)) / 2

    return replace(
        left,
        start_s=mean("start_s"),
        turn_start_s=mean("turn_start_s"),
        turn_s=mean("turn_s"),
        turn_end_s=mean("turn_end_s"),
        end_s=mean("end_s"),
        before=mean("before"),
        after=mean("after"),
        start_seen=left.start_seen and right.start_seen,
        end_seen=left.end_seen and right.end_seen,
    )


def alone(
    refused: Sequence[tuple[Candidate, Rejected]], reps: Sequence[Rep]
) -> tuple[Rejected, ...]:
    """Refusals in time order, without those of a limb that only went along with a repetition.

    Two that turn together are one refusal of both sides.
    """
    kept: list[tuple[Candidate, Rejected]] = []
    for candidate, refusal in sorted(refused, key=lambda one: one[0].turn_s):
        if any(same_turn(candidate, rep) for rep in reps):
            continue
        if kept and kept[-1][1].side != refusal.side and same_turn(kept[-1][0], candidate):
            kept[-1] = kept[-1][0], replace(kept[-1][1], side="both")
        else:
            kept.append((candidate, refusal))
    return tuple(refusal for _, refusal in kept)


def unseen_notes(scene: Scene, spec: ExerciseSpec, reps: Sequence[Rep]) -> tuple[str, ...]:
    """Says which limb was hidden while the other worked alone."""
    notes: list[str] = []
    for side in SIDES:
        lone = [rep for rep in reps if rep.side == _OTHER[side]]
        seen = seen_by(scene, spec_for(spec, side).cycle.driver, side)
        hidden = [rep for rep in lone if seen(rep) < SEEN_ALONE]
        if lone and len(hidden) * 2 > len(lone):
            notes.append(
                f"Your {side} side could not be seen from here: what it did while the "
                f"{_OTHER[side]} side worked is not known, and it is not counted."
            )
    return tuple(notes)
