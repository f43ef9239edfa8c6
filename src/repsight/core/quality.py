"""What a clip can and cannot answer, from the picture's facts and the landmarks' own.

The limits are heuristic: they mark where the landmark models were seen to become unreliable.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from repsight.core.body import measure_body, measure_view
from repsight.core.filters import running_median
from repsight.core.medians import known_median
from repsight.core.quality_input import PictureStats
from repsight.core.report import Quality, QualityNote
from repsight.core.skeleton import Landmark, columns
from repsight.core.spec import ViewName
from repsight.core.types import FloatArray, PoseTrack

__all__ = ["assess_quality"]

_Level = Literal["good", "limited", "bad"]

#: Brightness (0..1) around the lifter below which a picture is dim, and too dark to trust.
_DIM, _DARK, _GLARE = 0.2, 0.1, 0.88
#: Sharpness (see PictureStats) below which a picture is soft, and blurred.
_SOFT, _BLURRED = 0.05, 0.025
#: Height of a standing body in frame heights below which landmarks get coarse.
_SMALL, _TINY = 0.4, 0.22
#: Background movement in frame heights a second of a camera that is not still.
_SHAKY, _MOVING = 0.06, 0.3
#: Share of frames in which a part may be outside the picture.
_CUT_SHARE = 0.25
#: Frames a second below which turnarounds fall between frames.
_SLOW_HZ, _TOO_SLOW_HZ = 14.0, 9.0

#: The nose nearer to the upper edge than this, in this share of the frames: the head is cut.
_EDGE, _EDGE_SHARE = 0.04, 0.05
#: Cuts closer than this follow one swing of the camera; a pair may still be two cuts.
_SWING_S, _SWING_CUTS = 1.0, 3
#: Share of the time with several people tracked at once; a glimpse may be the lifter twice.
_CROWD_SHARE = 0.05
#: Somebody else is in the lifter's place for longer than a glimpse.
_HIDDEN_S = 0.3

_PARTS: dict[str, list[int]] = {
    "feet": columns("ankle", "toe"),
    "head": [Landmark.NOSE, *columns("ear")],
    "shoulders": columns("shoulder"),
    "hips": columns("hip"),
    "hands": columns("wrist"),
}
_ANSWERS: dict[ViewName, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "side": (
        ("depth and lockout", "trunk lean", "path of the load over the feet"),
        ("left and right compared", "knees moving in or out"),
    ),
    "front": (
        ("left and right compared", "stance and knee position"),
        ("exact joint angles", "trunk lean", "path of the load over the feet"),
    ),
    "back": (
        ("left and right compared", "stance"),
        ("exact joint angles", "trunk lean", "path of the load over the feet"),
    ),
    "oblique": (
        ("range compared between repetitions",),
        ("exact joint angles", "left and right compared", "path of the load over the feet"),
    ),
    "unknown": ((), ("anything that needs a known camera angle",)),
}
#: Parts of the body that an answer cannot do without.
_NEEDS: dict[str, tuple[str, ...]] = {
    "depth and lockout": ("hips",),
    "trunk lean": ("shoulders", "hips"),
    "path of the load over the feet": ("feet", "hands"),
    "stance and knee position": ("feet",),
    "stance": ("feet",),
    "range compared between repetitions": ("hips",),
}
_RANK: dict[_Level, int] = {"good": 0, "limited": 1, "bad": 2}


def assess_quality(track: PoseTrack, picture: PictureStats | None) -> Quality:
    """Judge one clip; ``picture`` is None for landmarks that came without their pictures."""
    notes = [*_seen_notes(track, picture)]
    if len(track) and np.isfinite(track.xy).any():
        notes += [*_framing_notes(track), *_edge_notes(track)]
        notes += [*_size_notes(track), *_rate_notes(track)]
    if picture is not None:
        notes += [*_light_notes(picture), *_sharpness_notes(picture), *_camera_notes(picture)]
        notes += [*_people_notes(picture), *_hidden_notes(track, picture)]
    notes.sort(key=lambda note: -_RANK[note.level])
    level: _Level = notes[0].level if notes else "good"
    can, cannot = _answers(track, notes)
    advice = next((note.advice for note in notes if note.advice), "")
    return Quality(level, tuple(notes), can, cannot, advice)


def _answers(track: PoseTrack, notes: list[QualityNote]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if any(note.id == "not_found" and note.level == "bad" for note in notes):
        return (), ("repetitions", "technique")
    view = measure_view(track, measure_body(track)).name
    can, cannot = _ANSWERS[view]
    cut_off = {note.id.removesuffix("_cut_off") for note in notes}
    lost = tuple(answer for answer in can if cut_off.intersection(_NEEDS.get(answer, ())))
    kept = tuple(answer for answer in can if answer not in lost)
    return ("repetitions and tempo", *kept), (*lost, *cannot)


def _note(
    name: str, level: _Level, text: tuple[str, str], value: float, unit: str
) -> Iterator[QualityNote]:
    if level != "good":
        yield QualityNote(name, level, text[0], text[1], value, unit)


def _level(value: float, limited: float, bad: float) -> _Level:
    """Worse below ``limited`` and ``bad``; good for NaN: what was not measured is not blamed."""
    if value < bad:
        return "bad"
    return "limited" if value < limited else "good"


def _seen_notes(track: PoseTrack, picture: PictureStats | None) -> Iterator[QualityNote]:
    known = np.isfinite(track.xy[:, 11:, 0]).any(axis=1)
    share = float(known.mean()) if len(track) else 0.0
    if picture is not None and len(picture.found):
        share = picture.found_share
    text = (
        f"You were found in {share:.0%} of the frames.",
        "Film with your whole body in the picture and nobody walking in front of you.",
    )
    yield from _note("not_found", _level(share, 0.8, 0.3), text, share, "share")


def _framing_notes(track: PoseTrack) -> Iterator[QualityNote]:
    for part, landmarks in _PARTS.items():
        share = _outside_share(track, landmarks)
        level: _Level = "limited" if share > _CUT_SHARE else "good"
        verb = "is" if part == "head" else "are"
        text = (
            f"Your {part} {verb} outside the picture in {share:.0%} of the frames.",
            "Step back or turn the phone so that you stay in the picture from head to feet.",
        )
        yield from _note(f"{part}_cut_off", level, text, share, "share")


def _edge_notes(track: PoseTrack) -> Iterator[QualityNote]:
    """The pose model draws a head that is cut off just inside the picture."""
    nose = track.xy[:, 0, 1]
    nose = nose[np.isfinite(nose)]
    inside = float((nose >= 0).mean()) if len(nose) else 0.0
    share = float((nose < _EDGE).mean()) if len(nose) else 0.0
    level: _Level = "limited" if share >= _EDGE_SHARE and inside > 1 - _CUT_SHARE else "good"
    text = (
        "Your head touches the upper edge of the picture; what is cut off there is guessed.",
        "Step back or tilt the phone up, so that there is room above your head.",
    )
    yield from _note("head_at_edge", level, text, share, "share")


def _outside_share(track: PoseTrack, landmarks: list[int]) -> float:
    """Share of the known frames in which the middle of ``landmarks`` is outside the picture."""
    points = track.xy[:, landmarks]
    points = points[np.isfinite(points).all(axis=(1, 2))].mean(axis=1)
    if not len(points):
        return float("nan")
    x, y = points[:, 0], points[:, 1]
    outside = (x < 0) | (x > track.aspect_ratio) | (y < 0) | (y > 1)
    return float(outside.mean())


def _size_notes(track: PoseTrack) -> Iterator[QualityNote]:
    body = measure_body(track)
    # legs and trunk are about 0.79 of a standing person (0.49 + 0.30, anthropometric tables)
    height = (body.lengths["leg"] + body.lengths["trunk"]) / 0.79
    size = float(height * known_median(body.scale))
    text = (
        f"You fill {size:.0%} of the picture's height.",
        "Put the phone closer, so that you fill most of the picture.",
    )
    yield from _note("far_away", _level(size, _SMALL, _TINY), text, size, "frame heights")


def _rate_notes(track: PoseTrack) -> Iterator[QualityNote]:
    if len(track) < 3:
        return
    rate_hz = float(1.0 / np.median(np.diff(track.t_s)))
    text = (
        f"The clip has {rate_hz:.0f} frames a second; quick turnarounds fall between frames.",
        "Film with 30 frames a second or more.",
    )
    yield from _note("slow_frames", _level(rate_hz, _SLOW_HZ, _TOO_SLOW_HZ), text, rate_hz, "Hz")


def _light_notes(picture: PictureStats) -> Iterator[QualityNote]:
    light = known_median(picture.person_luminance)
    text = (
        f"The picture is dark around you ({light:.0%} of full brightness).",
        "Switch on a light in front of you, or film towards the darker side of the room.",
    )
    yield from _note("dark", _level(light, _DIM, _DARK), text, light, "share")
    glare: _Level = "limited" if light > _GLARE else "good"
    bright = (
        f"The picture is overexposed around you ({light:.0%} of full brightness).",
        "Turn away from the window or lamp behind you.",
    )
    yield from _note("glare", glare, bright, light, "share")


def _sharpness_notes(picture: PictureStats) -> Iterator[QualityNote]:
    sharpness = known_median(picture.sharpness)
    text = (
        "The picture is blurred around you.",
        "Clean the lens, let the camera focus on you, and add light.",
    )
    yield from _note("blurred", _level(sharpness, _SOFT, _BLURRED), text, sharpness, "ratio")


def _camera_notes(picture: PictureStats) -> Iterator[QualityNote]:
    groups = _cut_groups(picture.cuts_s)
    swings = sum(len(group) >= _SWING_CUTS for group in groups)
    speed = float("nan")
    if len(picture.t_s) > 2:
        step_s = float(np.median(np.diff(picture.t_s)))
        shift = np.linalg.norm(picture.background_shift, axis=1)
        speed = _high(running_median(picture.t_s, shift, window_s=0.5)) / max(step_s, 1e-3)
    level = _level(-speed, -_SHAKY, -_MOVING)
    if swings and level == "good":
        level = "limited"
    text = ("The camera moves during the clip.", "Put the phone down on something steady.")
    yield from _note("moving_camera", level, text, speed, "1/s")
    cuts = sum(len(group) for group in groups if len(group) < _SWING_CUTS)
    words = (
        f"The clip is edited: {cuts} cut{'s' if cuts != 1 else ''} to another picture.",
        "Use the uncut clip of one set.",
    )
    yield from _note("edited", "limited" if cuts else "good", words, float(cuts), "cuts")


def _cut_groups(cuts_s: FloatArray) -> list[FloatArray]:
    """Cuts that follow each other quickly, together: a swinging camera looks like many."""
    if not len(cuts_s):
        return []
    return np.split(cuts_s, np.flatnonzero(np.diff(cuts_s) > _SWING_S) + 1)


def _people_notes(picture: PictureStats) -> Iterator[QualityNote]:
    at_once = picture.people_count > 1
    share = float(at_once.mean()) if len(at_once) else 0.0
    count = int(np.median(picture.people_count[at_once])) if at_once.any() else 1
    text = (
        f"{count} people are in the picture; the one who moves most and is largest was judged.",
        "Film alone, or name the lifter with --person.",
    )
    level: _Level = "limited" if share >= _CROWD_SHARE else "good"
    yield from _note("several_people", level, text, float(count), "people")


def _hidden_notes(track: PoseTrack, picture: PictureStats) -> Iterator[QualityNote]:
    """Frames of a clip with several people in which the lifter was not even looked for."""
    looked = np.flatnonzero(np.isfinite(picture.roi[:, 0]))
    steps_s = np.diff(track.t_s[looked])
    hidden_s = float(steps_s[np.diff(looked) > 1].sum())
    is_hidden = picture.people_seen > 1 and hidden_s >= _HIDDEN_S
    text = (
        f"For {hidden_s:.1f} s somebody else was in your place; what you did then was not seen.",
        "Film where nobody walks between you and the camera.",
    )
    yield from _note("hidden", "limited" if is_hidden else "good", text, hidden_s, "s")


def _high(values: FloatArray) -> float:
    known = values[np.isfinite(values)]
    return float(np.percentile(known, 90)) if known.size else 0.0
