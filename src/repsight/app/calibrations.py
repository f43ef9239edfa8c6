"""Calibrations of the lifter: learned from a set, kept in the library, stored with results."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, cast

import numpy as np
from numpy.typing import NDArray

from repsight.core.calibration import Calibration, calibrate, calibrated
from repsight.core.measure import observe
from repsight.core.report import Measure
from repsight.core.spec import Cycle, Proportions, ViewName
from repsight.errors import UnknownName
from repsight.exercises import catalog, spec_of
from repsight.landmarks_io import load_landmarks

if TYPE_CHECKING:
    from repsight.app.library import Library

__all__ = [
    "Learned",
    "calibrations_in",
    "kept_calibrations",
    "learn_calibration",
    "learned",
    "stored_calibrations",
    "told",
]

#: Name of the array in ``landmarks.npz``.
_ARRAY: Final = "calibrations"


@dataclass(frozen=True, slots=True)
class Learned:
    """A calibration, when it was made, and the least that counts without and with it."""

    calibration: Calibration
    made_at: datetime
    usual_least: float
    own_least: float


def learn_calibration(library: Library, clip_id: str, *, exercise: str) -> Calibration:
    """Learn from a clip or a live set of one exercise, and keep it in place of an older one.

    UnknownName without such a clip or exercise, UserMistake where the clip does not show enough.
    """
    spec = spec_of(exercise)
    listed = library.find(clip_id)
    if listed is None or "landmarks.npz" not in listed.files:
        raise UnknownName(
            "This clip has no landmarks to learn from.",
            wanted="A clip or a live set that was analysed.",
            next_step="Wait until its report is there.",
        )
    track = load_landmarks(library.result_folder(listed.clip) / "landmarks.npz").track
    found = calibrate(observe(track), spec)
    library.keep_calibration(exercise, _text(found))
    return found


def kept_calibrations(library: Library) -> tuple[Calibration, ...]:
    """What is known of the lifter now, the newest first."""
    return tuple(one.calibration for one in learned(library))


def learned(library: Library) -> list[Learned]:
    """What is known of the lifter and what it changes, the newest first."""
    found: list[Learned] = []
    for _, made_at, body in library.kept_calibrations():
        try:
            known = _from(json.loads(body))
        except (KeyError, TypeError, AttributeError):  # kept by another version
            continue
        spec = catalog().get(known.exercise)  # it may have been the lifter's own, and gone
        if spec is not None and isinstance(spec.movement, Cycle):
            own = calibrated(spec, (known,)).cycle
            least = max(own.floor, own.partial_share * own.own_range)
            found.append(Learned(known, made_at, spec.movement.floor, least))
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def told(calibration: Calibration) -> str:
    """What a report says of the calibration it was made with."""
    name = spec_of(calibration.exercise).name
    return f"Your calibration for {name.lower()} was used: counting follows your own range."


def stored_calibrations(known: Sequence[Calibration]) -> dict[str, NDArray[np.generic]]:
    """The array that goes into a landmark file."""
    return {_ARRAY: np.array([_text(one) for one in known])}


def calibrations_in(extra: Mapping[str, NDArray[np.generic]]) -> tuple[Calibration, ...]:
    """Those that a landmark file was stored with."""
    if _ARRAY not in extra:
        return ()
    return tuple(_from(json.loads(str(text))) for text in extra[_ARRAY].tolist())


def _text(known: Calibration) -> str:
    return json.dumps(asdict(known), allow_nan=False)


def _from(data: Mapping[str, object]) -> Calibration:
    proportions = cast("dict[str, float] | None", data["proportions"])
    return Calibration(
        exercise=cast("str", data["exercise"]),
        view=cast("ViewName", data["view"]),
        reps=cast("int", data["reps"]),
        own_range=_measure(data["own_range"]),
        proportions=None if proportions is None else Proportions(**proportions),
        at_rest=_measures(data["at_rest"]),
        at_turn=_measures(data["at_turn"]),
    )


def _measures(data: object) -> dict[str, Measure]:
    return {name: _measure(one) for name, one in cast("dict[str, object]", data).items()}


def _measure(data: object) -> Measure:
    return Measure(**cast("dict[str, float]", data))  # pyright: ignore[reportArgumentType] - as asdict wrote it
