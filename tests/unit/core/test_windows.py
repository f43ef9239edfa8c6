"""Which frames a When means and what a Pick takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from repsight.core.windows import frames_of, pick_at, pick_value, window_of

T_S = np.arange(0.0, 6.0, 0.1)


@dataclass(frozen=True)
class Times:
    """A repetition from 1 to 5 s with a turnaround from 2.9 to 3.1 s."""

    start_s: float = 1.0
    turn_start_s: float = 2.9
    turn_s: float = 3.0
    turn_end_s: float = 3.1
    end_s: float = 5.0
    start_seen: bool = True
    end_seen: bool = True


def _times(when: str, concentric: str = "after") -> tuple[float, float]:
    frames = T_S[frames_of(when, Times(), T_S, concentric=concentric)]
    return round(float(frames[0]), 2), round(float(frames[-1]), 2)


def test_the_concentric_is_the_way_back_after_a_squat_and_the_way_out_of_a_pull():
    assert _times("concentric", "after") == (3.1, 5.0)
    assert _times("concentric", "before") == (1.0, 2.9)
    assert _times("eccentric", "after") == (1.0, 2.9)
    assert _times("eccentric", "before") == (3.1, 5.0)


def test_lift_off_is_the_first_third_of_the_concentric():
    assert _times("lift_off", "after") == (3.1, 3.6)
    assert _times("lift_off", "before") == (1.0, 1.5)


def test_rest_lies_at_both_ends_and_not_in_the_middle():
    frames = T_S[frames_of("rest", Times(), T_S, concentric="after")]
    assert frames.min() == pytest.approx(0.8)
    assert frames.max() == pytest.approx(5.2)
    assert not ((frames > 1.1) & (frames < 4.9)).any()


def test_where_the_recording_cuts_a_repetition_off_is_no_rest():
    cut = T_S[frames_of("rest", Times(end_seen=False), T_S, concentric="before")]
    assert cut.max() < 1.2
    cut = T_S[frames_of("rest", Times(start_seen=False), T_S, concentric="after")]
    assert cut.min() > 4.8
    both = Times(start_seen=False, end_seen=False)
    assert len(T_S[frames_of("rest", both, T_S, concentric="after")]) > len(cut)


def test_set_means_every_frame():
    assert frames_of("set", Times(), T_S, concentric="after").all()
    assert window_of("set", Times(), concentric="after") == ()


def test_a_window_between_two_frames_takes_the_nearest():
    slow = np.array([0.0, 1.0, 2.8, 3.3, 5.0])
    assert slow[frames_of("turn", Times(), slow, concentric="after")].tolist() == [2.8]


def test_a_window_outside_the_clip_is_empty():
    assert not frames_of("turn", Times(), np.array([7.0, 8.0]), concentric="after").any()
    assert not frames_of("turn", Times(), np.empty(0), concentric="after").any()


@pytest.mark.parametrize(
    ("pick", "value", "t_s"),
    [("max", 9.0, 2.0), ("min", 1.0, 0.0), ("range", 8.0, 2.0), ("fall", 0.0, 0.0)],
)
def test_extremes_come_with_their_frame(pick: str, value: float, t_s: float):
    picked = pick_at(np.array([1.0, 3.0, 9.0, 4.0]), np.arange(4.0), pick)
    assert (picked.value, picked.t_s) == (value, t_s)


def test_change_compares_the_ends():
    assert pick_value(np.array([2.0, 5.0, 1.0, 8.0]), "change") == 6.0
    assert np.isnan(pick_value(np.array([2.0]), "change"))


def test_a_fall_counts_when_the_rise_goes_on_beyond_it():
    picked = pick_at(np.array([1.0, 5.0, 3.0, 9.0]), np.arange(4.0), "fall")
    assert (picked.value, picked.t_s) == (2.0, 2.0)
    settling = np.array([1.0, 8.0, 6.0, 8.5])
    assert pick_value(settling, "fall") == 0.5


def test_a_rising_signal_never_falls():
    assert pick_value(np.array([1.0, 2.0, 3.0]), "fall") == 0.0


def test_unknown_values_are_left_out_and_nothing_known_gives_nan():
    assert pick_value(np.array([np.nan, 2.0, np.nan, 4.0]), "mean") == 3.0
    assert np.isnan(pick_value(np.array([np.nan, np.nan]), "median"))
    assert np.isnan(pick_at(np.empty(0), np.empty(0), "max").t_s)


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=30))
def test_every_pick_but_change_lies_within_what_was_seen(values: list[float]):
    seen = np.array(values)
    for pick in ("median", "mean", "max", "min"):
        assert seen.min() - 1e-9 <= pick_value(seen, pick) <= seen.max() + 1e-9
    assert pick_value(seen, "fall") <= np.ptp(seen) + 1e-9
