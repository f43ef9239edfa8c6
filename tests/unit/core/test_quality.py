"""What a clip can answer, on tracks and pictures whose defects are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from repsight.athlete.performance import perform
from repsight.core.quality import assess_quality
from repsight.core.quality_input import PictureStats
from repsight.core.types import PoseFrame, PoseTrack


@pytest.fixture(scope="module")
def track() -> PoseTrack:
    return perform("squat", reps=2, seed=3).track(seed=3)


def _picture(track: PoseTrack, **changes) -> PictureStats:
    t_s = np.arange(0, track.t_s[-1], 0.1)
    m = len(t_s)
    good = PictureStats(
        t_s=t_s,
        luminance=np.full(m, 0.5),
        contrast=np.full(m, 0.5),
        person_luminance=np.full(m, 0.5),
        person_contrast=np.full(m, 0.5),
        sharpness=np.full(m, 0.3),
        background_shift=np.zeros((m, 2)),
        people_count=np.ones(m, dtype=np.intp),
        roi=np.zeros((len(track), 4)),
        presence=np.ones(len(track)),
        found=np.ones(len(track), dtype=bool),
        cuts_s=np.empty(0),
        people_seen=1,
        switches=0,
    )
    return replace(good, **changes)


def _ids(track: PoseTrack, picture: PictureStats | None) -> dict[str, str]:
    return {note.id: note.level for note in assess_quality(track, picture).notes}


def test_a_good_clip_has_nothing_to_complain_about(track: PoseTrack):
    quality = assess_quality(track, _picture(track))
    assert quality.level == "good"
    assert quality.notes == ()
    assert quality.reshoot == ""
    assert "depth and lockout" in quality.can_answer


def test_landmarks_without_pictures_are_not_blamed_for_light(track: PoseTrack):
    assert assess_quality(track, None).level == "good"


@pytest.mark.parametrize(
    ("change", "value", "note", "level"),
    [
        ("person_luminance", 0.15, "dark", "limited"),
        ("person_luminance", 0.05, "dark", "bad"),
        ("person_luminance", 0.95, "glare", "limited"),
        ("sharpness", 0.04, "blurred", "limited"),
        ("sharpness", 0.01, "blurred", "bad"),
    ],
)
def test_light_and_blur_are_named(track, change, value, note, level):
    base = _picture(track)
    picture = replace(base, **{change: np.full(len(base.t_s), value)})
    assert _ids(track, picture)[note] == level


def test_what_was_not_measured_is_not_blamed(track: PoseTrack):
    base = _picture(track)
    unknown = np.full(len(base.t_s), np.nan)
    assert _ids(track, replace(base, person_luminance=unknown, sharpness=unknown)) == {}


def test_a_moving_camera_cuts_and_several_people_are_named(track: PoseTrack):
    base = _picture(track)
    shift = np.tile([0.02, 0.0], (len(base.t_s), 1))
    three = np.full(len(base.t_s), 3)
    changed = replace(base, background_shift=shift, cuts_s=np.array([1.0]), people_count=three)
    seen = _ids(track, changed)
    assert set(seen) == {"moving_camera", "edited", "several_people"}


def test_somebody_in_the_lifters_place_is_named(track: PoseTrack):
    base = _picture(track)
    roi = np.full((len(track), 4), 0.5)
    middle = slice(len(track) // 2, len(track) // 2 + 20)
    roi[middle] = np.nan
    assert _ids(track, replace(base, roi=roi, people_seen=2)) == {"hidden": "limited"}
    assert _ids(track, replace(base, roi=roi, people_seen=1)) == {}
    roi[:] = 0.5
    roi[: len(track) // 4] = np.nan  # not come yet
    assert _ids(track, replace(base, roi=roi, people_seen=2)) == {}


def test_feet_outside_the_picture_are_named_and_the_step_back_advised(track: PoseTrack):
    low = replace(track, xy=track.xy + np.array([0.0, 0.25]))
    quality = assess_quality(low, None)
    assert "feet_cut_off" in {note.id for note in quality.notes}
    assert "Step back" in quality.reshoot


def test_a_lifter_far_away_is_named(track: PoseTrack):
    far = replace(track, xy=0.4 + 0.2 * track.xy)
    assert _ids(far, None)["far_away"] in {"limited", "bad"}


def test_few_frames_a_second_are_named(track: PoseTrack):
    assert _ids(track.part(slice(None, None, 4)), None)["slow_frames"] == "bad"


def test_nobody_can_be_asked_nothing():
    track = PoseTrack.from_frames([PoseFrame.missing(i / 30) for i in range(30)])
    quality = assess_quality(track, None)
    assert quality.level == "bad"
    assert quality.can_answer == ()


def test_the_view_decides_what_can_be_answered():
    performance = perform("squat", reps=2, seed=3)
    answers = [
        set(assess_quality(performance.track(performance.camera(yaw_deg=yaw)), None).can_answer)
        for yaw in (0, 45, 90)
    ]
    assert "left and right compared" in answers[0]
    assert "range compared between repetitions" in answers[1]
    assert "depth and lockout" in answers[2]


def test_an_empty_track_is_bad_and_not_an_error():
    assert assess_quality(PoseTrack.from_frames([]), None).level == "bad"


def test_a_glimpse_of_a_second_person_is_not_a_crowd(track: PoseTrack):
    base = _picture(track)
    count = base.people_count.copy()
    count[0] = 2
    assert _ids(track, replace(base, people_count=count, people_seen=2)) == {}


def test_many_cuts_in_one_second_are_a_swinging_camera(track: PoseTrack):
    swing = replace(_picture(track), cuts_s=np.array([2.0, 2.1, 2.3, 2.4]))
    assert _ids(track, swing) == {"moving_camera": "limited"}


def test_cuts_far_apart_are_counted(track: PoseTrack):
    edited = replace(_picture(track), cuts_s=np.array([1.0, 3.0]))
    (note,) = assess_quality(track, edited).notes
    assert note.message == "The clip is edited: 2 cuts to another picture."


def test_a_head_at_the_upper_edge_is_named(track: PoseTrack):
    lift = float(np.nanmin(track.xy[:, 0, 1])) - 0.01
    notes = _ids(replace(track, xy=track.xy - np.array([0.0, lift])), None)
    assert notes["head_at_edge"] == "limited"
    assert "head_cut_off" not in notes


def test_a_head_outside_the_picture_is_said_once(track: PoseTrack):
    high = float(np.nanmax(track.xy[:, 0, 1])) + 0.1
    notes = _ids(replace(track, xy=track.xy - np.array([0.0, high])), None)
    assert "head_cut_off" in notes
    assert "head_at_edge" not in notes


def test_what_needs_a_part_outside_the_picture_cannot_be_answered(track: PoseTrack):
    low = replace(track, xy=track.xy + np.array([0.0, 0.25]))
    quality = assess_quality(low, None)
    assert "path of the load over the feet" in quality.cannot_answer
    assert "path of the load over the feet" not in quality.can_answer
    assert "depth and lockout" in quality.can_answer
