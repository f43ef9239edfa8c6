"""Left and right exchanged for a moment."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from repsight.athlete.performance import perform
from repsight.core.skeleton import MIRROR
from repsight.core.swaps import fix_swaps
from repsight.core.types import PoseTrack


def test_a_moment_of_exchanged_sides_is_undone():
    made = perform("squat", reps=2, seed=3)
    track = made.track(made.camera(yaw_deg=0), noise=0)
    xy = track.xy.copy()
    xy[40:46] = xy[40:46][:, MIRROR]
    world = track.world.copy()
    world[40:46] = world[40:46][:, MIRROR]
    swapped = PoseTrack(track.t_s, xy, track.visibility, world, track.aspect_ratio)
    repaired = fix_swaps(swapped)
    assert np.allclose(repaired.xy, track.xy)
    assert np.allclose(repaired.world, track.world)


def test_turning_round_for_good_is_not_taken_for_a_swap():
    track = perform("squat", reps=3, seed=3).track(noise=0)
    xy = track.xy.copy()
    half = len(track) // 2
    xy[half:] = xy[half:][:, MIRROR]
    turned = PoseTrack(track.t_s, xy, track.visibility, track.world, track.aspect_ratio)
    assert np.allclose(fix_swaps(turned).xy, xy)


def test_legs_alone_are_put_right():
    track, low = _lunges()
    repaired = fix_swaps(replace(track, xy=_legs_exchanged(track, slice(low, low + 6))))
    assert np.allclose(repaired.xy, track.xy)


def test_a_frame_halfway_between_both_sides_does_not_exchange_what_follows():
    track, low = _lunges()
    blended = low + 3
    xy = _legs_exchanged(track, slice(low, blended))
    xy[blended] = (track.xy[blended] + track.xy[blended][MIRROR]) / 2
    repaired = fix_swaps(replace(track, xy=xy))
    assert np.allclose(
        np.delete(repaired.xy, blended, axis=0), np.delete(track.xy, blended, axis=0)
    )


def test_limbs_that_pass_each_other_fast_are_not_exchanged():
    made = perform("mountain_climber", reps=6, seed=3)
    track = made.track(made.camera(yaw_deg=90), noise=0)
    slower = track.part(slice(None, None, 2))
    for seen in (track, slower):
        assert np.array_equal(fix_swaps(seen).xy, seen.xy)


def test_frames_without_anybody_stay_as_they_are():
    track = perform("squat", reps=2, seed=3).track(noise=0)
    xy = track.xy.copy()
    xy[30:50] = np.nan
    assert np.array_equal(fix_swaps(replace(track, xy=xy)).xy, xy, equal_nan=True)


def _lunges() -> tuple[PoseTrack, int]:
    """Lunges from the side, and a frame at the bottom of the first."""
    made = perform("lunge", reps=2, seed=3)
    track = made.track(made.camera(yaw_deg=90), noise=0)
    return track, int(np.searchsorted(track.t_s, made.truth.reps[0].turn_s))


def _legs_exchanged(track: PoseTrack, rows: slice) -> np.ndarray:
    xy = track.xy.copy()
    xy[rows, 23:] = track.xy[rows][:, MIRROR[23:]]
    return xy
