from __future__ import annotations

import numpy as np
import pytest

from repsight.errors import UnknownName
from repsight.pose.looks import likeness
from repsight.pose.people import (
    Person,
    Sighting,
    Tracklet,
    choose_lifter,
    hidden_spans_s,
    link_tracklets,
)
from repsight.pose.roi import Roi

RED, BLUE = np.zeros((2, 64)), np.zeros((2, 64))
RED[:, 48], BLUE[:, 3] = 1.0, 1.0


def _tracklet(
    times_s: np.ndarray,
    x: float | np.ndarray,
    look: np.ndarray,
    *,
    size: float | np.ndarray = 0.8,
    bob: float = 0.0,
) -> Tracklet:
    """Somebody at ``x`` who moves up and down by ``bob`` every second."""
    tracklet = Tracklet()
    places = np.broadcast_to(x, times_s.shape)
    sizes = np.broadcast_to(size, times_s.shape)
    for t_s, place, side in zip(times_s, places, sizes, strict=True):
        y = 0.5 + bob * np.sin(2 * np.pi * t_s)
        xy = np.tile([place, y], (33, 1))
        tracklet.add(Sighting(float(t_s), Roi(float(place), y, float(side)), xy, look))
    return tracklet


def _people(*tracklets: Tracklet, cut_s: float | None = None) -> tuple[Person, ...]:
    times = {one.t_s for part in tracklets for one in part.sightings}
    cuts_s = np.array([] if cut_s is None else [cut_s])
    return link_tracklets(tracklets, moments=len(times), aspect_ratio=1.78, cuts_s=cuts_s)


def test_people_are_numbered_from_left_to_right() -> None:
    times = np.arange(0, 3, 0.1)
    people = _people(_tracklet(times, 1.4, RED), _tracklet(times, 0.3, BLUE))
    assert [person.sightings[0].roi.x for person in people] == [0.3, 1.4]
    assert [person.index for person in people] == [0, 1]


def test_a_lost_person_is_the_same_person_when_found_again_nearby() -> None:
    people = _people(
        _tracklet(np.arange(0, 2, 0.1), 0.5, RED), _tracklet(np.arange(3, 5, 0.1), 0.6, RED)
    )
    assert len(people) == 1
    assert people[0].handovers == 1
    assert (people[0].first_s, people[0].last_s) == (0.0, pytest.approx(4.9))


def _passed_by() -> list[Tracklet]:
    """A lifter, then whoever passes in front of them with the square, then the lifter again."""
    purple = (RED + BLUE) / 2
    return [
        _tracklet(np.arange(0, 2, 0.1), 0.5, RED, bob=0.1),
        _tracklet(np.arange(2.1, 4, 0.1), np.linspace(0.5, 1.5, 19), purple, size=1.2),
        _tracklet(np.arange(4.1, 6, 0.1), 0.5, RED, bob=0.1),
    ]


def test_who_passes_in_front_of_somebody_is_not_that_somebody() -> None:
    lifter, passer = _people(*_passed_by())
    assert (lifter.first_s, lifter.last_s) == (0.0, pytest.approx(6.0))
    assert (passer.first_s, passer.last_s) == (pytest.approx(2.1), pytest.approx(3.9))


def test_one_who_is_shown_larger_between_two_cuts_is_one_person() -> None:
    before, larger, after = _passed_by()
    assert len(_people(before, larger, cut_s=2.05)) == 1
    assert len(_people(larger, after, cut_s=4.05)) == 1


def test_nobody_is_looked_for_where_somebody_else_stands_in_front() -> None:
    people = _people(*_passed_by())
    spans_s = hidden_spans_s(people[0], people)
    assert spans_s == pytest.approx(np.array([[1.9, 4.1]]))
    assert hidden_spans_s(people[0], people[:1]).shape == (0, 2)


def test_who_is_never_anywhere_else_hides_nobody() -> None:
    before, _, after = _passed_by()
    people = _people(before, _tracklet(np.arange(2.1, 4, 0.1), 0.5, BLUE, size=1.2), after)
    assert len(people) == 2
    assert hidden_spans_s(people[0], people).shape == (0, 2)


def test_two_who_cross_keep_their_clothes() -> None:
    """Both tracks end at the crossing and start again on the other side."""
    early, late = np.arange(0, 2, 0.1), np.arange(2.3, 4, 0.1)
    people = _people(
        _tracklet(early, np.linspace(0.3, 0.8, 20), RED),
        _tracklet(early, np.linspace(1.4, 0.9, 20), BLUE),
        _tracklet(late, np.linspace(0.75, 0.3, 17), BLUE),
        _tracklet(late, np.linspace(0.95, 1.4, 17), RED),
    )
    assert len(people) == 2
    for person in people:
        first, last = person.sightings[0], person.sightings[-1]
        assert likeness(first.look, last.look) == 1.0


def test_different_clothes_elsewhere_are_another_person() -> None:
    people = _people(
        _tracklet(np.arange(0, 2, 0.1), 0.3, RED), _tracklet(np.arange(2.2, 4, 0.1), 1.5, BLUE)
    )
    assert len(people) == 2


def test_somebody_glimpsed_once_is_nobody() -> None:
    people = _people(
        _tracklet(np.arange(0, 4, 0.1), 0.5, RED), _tracklet(np.array([1.0, 1.1]), 1.5, BLUE)
    )
    assert len(people) == 1


def test_a_thing_that_keeps_changing_its_size_is_nobody() -> None:
    times = np.arange(0, 3, 0.1)
    bending = 0.8 * np.exp(0.25 * np.sin(2 * np.pi * times / 2))
    rocks = 0.8 * np.exp(0.8 * np.sin(2 * np.pi * times))
    assert len(_people(_tracklet(times, 0.5, RED, size=bending))) == 1
    assert not _people(_tracklet(times, 0.5, RED, size=rocks))


def test_the_one_who_moves_is_the_lifter() -> None:
    times = np.arange(0, 6, 0.1)
    people = _people(
        _tracklet(times, 0.6, RED, size=0.9), _tracklet(times, 1.2, BLUE, size=0.8, bob=0.15)
    )
    assert choose_lifter(people) is people[1]


def test_of_two_alike_the_larger_one_is_the_lifter() -> None:
    times = np.arange(0, 6, 0.1)
    people = _people(
        _tracklet(times, 0.6, RED, size=0.4, bob=0.1),
        _tracklet(times, 1.2, BLUE, size=0.9, bob=0.1),
    )
    assert choose_lifter(people) is people[1]


def test_somebody_walking_through_does_not_become_the_lifter() -> None:
    times = np.arange(0, 6, 0.1)
    people = _people(
        _tracklet(times, np.linspace(0, 1.7, 60), RED, size=0.9),
        _tracklet(times, 0.9, BLUE, bob=0.1),
    )
    lifter = choose_lifter(people)
    assert lifter is not None
    assert likeness(lifter.sightings[0].look, BLUE) == 1.0


def test_the_choice_can_be_overridden() -> None:
    times = np.arange(0, 3, 0.1)
    people = _people(_tracklet(times, 0.3, RED), _tracklet(times, 1.0, BLUE, bob=0.1))
    assert choose_lifter(people, 0) is people[0]


def test_a_person_who_is_not_there_cannot_be_chosen() -> None:
    people = _people(_tracklet(np.arange(0, 3, 0.1), 0.3, RED))
    with pytest.raises(UnknownName, match="no person 3"):
        choose_lifter(people, 3)


def test_nobody_is_the_lifter_of_an_empty_room() -> None:
    assert choose_lifter(()) is None


def test_a_part_of_the_body_out_of_the_picture_is_not_compared() -> None:
    half = RED.copy()
    half[1] = np.nan
    assert likeness(half, RED) == 1.0
    assert np.isnan(likeness(half, np.stack([np.full(64, np.nan), RED[1]])))


def test_one_body_followed_twice_for_a_moment_is_one_person() -> None:
    people = _people(
        _tracklet(np.arange(0, 48) / 10, 0.74, RED), _tracklet(np.arange(45, 102) / 10, 0.8, RED)
    )
    assert len(people) == 1
    assert (people[0].first_s, people[0].last_s) == (0.0, pytest.approx(10.1))


def test_one_body_in_the_same_clothes_may_be_followed_twice_for_longer() -> None:
    early, late = np.arange(0, 48) / 10, np.arange(37, 102) / 10
    assert len(_people(_tracklet(early, 0.74, RED), _tracklet(late, 0.8, RED))) == 1
    assert len(_people(_tracklet(early, 0.74, RED), _tracklet(late, 0.8, BLUE))) == 2


def test_two_alike_who_are_seen_apart_for_a_moment_are_two_people() -> None:
    people = _people(
        _tracklet(np.arange(0, 48) / 10, 0.4, RED), _tracklet(np.arange(43, 102) / 10, 1.2, RED)
    )
    assert len(people) == 2
