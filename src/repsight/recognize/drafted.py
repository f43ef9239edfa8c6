"""An exercise drafted from one demonstration: counted, gated and held against what was shown."""

from __future__ import annotations

from dataclasses import fields, replace
from math import inf
from typing import Final, Literal

import numpy as np

from repsight.core.measure import Scene
from repsight.core.phrases import phrase_of
from repsight.core.posture import gate_value
from repsight.core.reading import default_sigma, unit_of
from repsight.core.sides import spec_for
from repsight.core.signals import Angle, Lean, Signal
from repsight.core.skeleton import BILATERAL
from repsight.core.spec import (
    ExerciseSpec,
    Fixed,
    Gate,
    Metric,
    Moment,
    Rule,
    RuleBook,
    When,
)
from repsight.core.types import FloatArray
from repsight.recognize.demonstration import Drive

__all__ = ["draft"]

_LEAN: Final = Lean("hip", "shoulder")
_HIP: Final = Angle("shoulder", "hip", "knee")
_KNEE: Final = Angle("hip", "knee", "ankle")
#: What tells another movement: how the trunk and the legs are held, and the degrees another
#: lifter may differ from the demonstrator beyond the error (heuristic: legs are placed freely).
_POSTURE: Final = (
    (_LEAN, "trunk leaned", 25.0), (_HIP, "hips bent", 45.0), (_KNEE, "knees bent", 45.0),
)  # fmt: skip
#: What tells how well the demonstration is matched.
_SIGNATURE: Final = (
    _LEAN, _HIP, _KNEE, Angle("shoulder", "elbow", "wrist"), Angle("hip", "shoulder", "elbow"),
)  # fmt: skip
_WHENS: Final[tuple[tuple[When, str], ...]] = (
    ("rest", "at rest"),
    ("turn", "in the turnaround"),
)
#: The same for what tells how well the demonstration is matched.
_SIGNATURE_DEG: Final = 12.0
_SOFT_DEG: Final = 25.0
#: A repetition that stops this share of the demonstrated way short is worth a word (heuristic).
_SHORT_SHARE: Final = 0.15
_END_WORDS: Final = {
    "turn": ("short_turn", "Stops before the turnaround that was shown", "Go all the way"),
    "rest": ("short_rest", "Does not come back to the start", "Come all the way back"),
}
_STRAIGHT_DEG: Final = 180.0
_SOURCE: Final = "heuristic: one demonstration"


def draft(exercise: str, name: str, *, scene: Scene, drive: Drive) -> ExerciseSpec:
    """An exercise with the id ``exercise`` that counts what ``drive`` counts in ``scene``.

    Its posture gates are the demonstrated postures with room for other bodies, in the
    demonstrated view and turned from it; its rules compare both ends of the
    movement with the demonstration. Postures that were not seen make no gate.
    """
    view = scene.view.name
    return ExerciseSpec(
        id=exercise,
        name=name,
        movement=drive.cycle,
        recommended_view="oblique" if view == "unknown" else view,
        posture=_posture(scene, drive),
        signature=_signature(scene, drive),
        book=_book(scene, drive),
    )


def _posture(scene: Scene, drive: Drive) -> tuple[Gate, ...]:
    made = (
        _gate(
            Gate(signal, when, reason=f"the {did} otherwise than demonstrated {words}"),
            scene, drive, room_deg=room_deg,
        )
        for signal, did, room_deg in _POSTURE
        for when, words in _WHENS
    )  # fmt: skip
    return tuple(gate for gate in made if gate)


def _signature(scene: Scene, drive: Drive) -> tuple[Gate, ...]:
    made = (
        _gate(Gate(signal, when), scene, drive, room_deg=_SIGNATURE_DEG)
        for signal in _SIGNATURE
        for when, _ in _WHENS
    )
    return tuple(gate for gate in made if gate)


def _gate(asked: Gate, scene: Scene, drive: Drive, *, room_deg: float) -> Gate | None:
    """``asked`` around what was demonstrated; None where that was not seen or says nothing."""
    values = _shown(asked, scene, drive)
    if not np.isfinite(values).any():
        return None
    room = room_deg + default_sigma(asked.signal, scene.view.name)
    low, high = float(np.nanmin(values)) - room, float(np.nanmax(values)) + room
    if low <= 0 and high >= _STRAIGHT_DEG:
        return None
    return replace(
        asked,
        low=float(round(low)) if low > 0 else -inf,
        high=float(round(high)) if high < _STRAIGHT_DEG else inf,
        soft=_SOFT_DEG,
        views=tuple(dict.fromkeys((scene.view.name, "oblique", "unknown"))),
    )


def _shown(gate: Gate, scene: Scene, drive: Drive) -> FloatArray:
    """(reps,) what a gate looks at in every demonstrated repetition, on its own side."""
    probe = ExerciseSpec("demonstrated", "", drive.cycle, "unknown", posture=(gate,))
    return np.array(
        [
            gate_value(
                spec_for(probe, rep.side).posture[0], rep, scene, drive.cycle.concentric
            )
            for rep in drive.reps
        ]
    )  # fmt: skip


def _book(scene: Scene, drive: Drive) -> RuleBook:
    driver = drive.cycle.driver
    words = phrase_of(driver)
    return RuleBook(
        rules=(_end_rule(scene, drive, "turn"), _end_rule(scene, drive, "rest")),
        moments=(Moment("start", "Start", "start"), Moment("turn", "Turnaround", "turn")),
        metrics=(
            Metric(
                "turn_value", f"{words} in the turnaround".capitalize(), driver, "turn", "median",
                unit_of(driver), default_sigma(driver, scene.view.name),
            ),
        ),
        curves=(("driver", words.capitalize(), driver),),
    )  # fmt: skip


def _end_rule(scene: Scene, drive: Drive, when: Literal["turn", "rest"]) -> Rule:
    """One end of the movement must nearly be reached as it was in the demonstration."""
    driver, view = drive.cycle.driver, scene.view.name
    shown = {end: float(np.nanmedian(_shown(Gate(driver, end), scene, drive))) for end, _ in _WHENS}
    other = shown["rest" if when == "turn" else "turn"]
    limit = _three_digits(shown[when] + _SHORT_SHARE * (other - shown[when]))
    is_high = shown[when] > other
    id_, title, cue = _END_WORDS[when]
    return Rule(
        id=id_,
        title=title,
        signal=driver,
        when=when,
        pick="max" if is_high else "min",
        expected=Fixed(low=limit) if is_high else Fixed(high=limit),
        unit=unit_of(driver),
        sigma=default_sigma(driver, view),
        views=(view,),
        cue=cue,
        source=_SOURCE,
        joints=_joints(driver),
        severity=0.5,
        shoot_from=view,
    )


def _joints(signal: Signal) -> tuple[str, ...]:
    named = (getattr(signal, part.name) for part in fields(signal))
    return tuple(dict.fromkeys(name for name in named if name in BILATERAL))


def _three_digits(value: float) -> float:
    return float(f"{value:.3g}")
