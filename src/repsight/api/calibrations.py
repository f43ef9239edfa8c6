"""What was learned of the lifter: made from a set, shown, made again, forgotten."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import APIRouter, Depends, HTTPException, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from repsight.api.services import Services, services
from repsight.app.calibrations import Learned, learn_calibration, learned
from repsight.errors import UnknownName
from repsight.exercises import spec_of

__all__ = [
    "CalibrationShown",
    "CalibrationWish",
    "ProportionsShown",
    "RestShown",
    "calibrations",
    "forget_all",
    "forget_calibration",
    "learn",
    "router",
]

router: Final = APIRouter(prefix="/api/calibrations", tags=["calibrations"])
_Wired = Annotated[Services, Depends(services)]
_Exercise = Annotated[str, Path(pattern="^[a-z0-9_]{1,64}$")]


class ProportionsShown(BaseModel):
    """Lengths as shares of trunk and leg together."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    trunk: float
    leg: float
    arm: float


class RestShown(BaseModel):
    """What one rule measures while the lifter rests."""

    model_config = ConfigDict(frozen=True)

    title: str
    value: float
    unit: str
    error: float


class CalibrationShown(BaseModel):
    """One calibration and what it changes.

    A movement of less than ``least`` does not count now; without the calibration that is
    ``usual_least``. All ranges are in ``unit``.
    """

    model_config = ConfigDict(frozen=True)

    exercise: str
    name: str
    made_at: datetime
    view: str
    reps: int
    range: float
    error: float
    unit: str
    least: float
    usual_least: float
    proportions: ProportionsShown | None
    at_rest: list[RestShown]


class CalibrationWish(BaseModel):
    """The clip or live set to learn from, and the exercise that is done in it."""

    model_config = ConfigDict(extra="forbid")

    clip: str = Field(pattern="^[0-9a-f]{32}$")
    exercise: str = Field(pattern="^[a-z0-9_]{1,64}$")


@router.get("")
def calibrations(wired: _Wired) -> list[CalibrationShown]:
    """What is known of the lifter, the newest first."""
    return [_shown(one) for one in learned(wired.library)]


@router.post("", status_code=201)
def learn(wired: _Wired, wish: CalibrationWish) -> list[CalibrationShown]:
    """Learn from a set in which the lifter stands and does two slow repetitions.

    It takes the place of an older one of the same exercise and is used from then on; reports that
    were made before stay as they are.
    """
    try:
        learn_calibration(wired.library, wish.clip, exercise=wish.exercise)
    except UnknownName as error:
        raise HTTPException(404, str(error)) from error
    return calibrations(wired)


@router.delete("", status_code=204)
def forget_all(wired: _Wired) -> Response:
    """Forget everything that was learned."""
    wired.library.remove_calibrations()
    return Response(status_code=204)


@router.delete("/{exercise}", status_code=204)
def forget_calibration(wired: _Wired, exercise: _Exercise) -> Response:
    """Forget what was learned in one exercise."""
    if not wired.library.remove_calibrations(exercise):
        raise HTTPException(404, "There is no calibration for this exercise.")
    return Response(status_code=204)


def _shown(one: Learned) -> CalibrationShown:
    known = one.calibration
    spec = spec_of(known.exercise)
    titles = {rule.id: rule.title for rule in spec.book.rules}
    shares = known.proportions
    return CalibrationShown(
        exercise=known.exercise,
        name=spec.name,
        made_at=one.made_at.astimezone(UTC),
        view=known.view,
        reps=known.reps,
        range=known.own_range.value,
        error=known.own_range.error,
        unit=known.own_range.unit,
        least=one.own_least,
        usual_least=one.usual_least,
        proportions=None if shares is None else ProportionsShown.model_validate(shares),
        at_rest=[
            RestShown(title=titles[rule], value=seen.value, unit=seen.unit, error=seen.error)
            for rule, seen in known.at_rest.items()
            if rule in titles
        ],
    )
