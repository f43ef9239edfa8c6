from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from repsight.video.layout import choose_places, overlap, scale_of

sides = st.integers(200, 1280)
parts = st.floats(0.08, 0.42)


@given(sides, sides, parts, parts, parts, parts, st.integers(0, 10_000))
def test_cards_lie_inside_the_picture_and_apart(
    width: int, height: int, a: float, b: float, c: float, d: float, seed: int
) -> None:
    counter = round(width * a), round(height * b / 1.5)
    message = round(width * c * 2), round(height * d / 1.5)
    rng = np.random.default_rng(seed)
    points = rng.uniform(0, 1, (20, 12, 2)) * [width, height]
    first, second = choose_places(
        points, (width, height), counter=counter, message=message, margin=6
    )
    boxes = [
        (*place.corner(size, (width, height)), *size)
        for place, size in ((first, counter), (second, message))
    ]
    for x, y, w, h in boxes:
        assert 0 <= x <= width - w
        assert 0 <= y <= height - h
    assert not overlap(boxes[0], boxes[1])


@pytest.mark.parametrize(
    ("where", "side", "edge"),
    [((0.2, 0.2), "right", "top"), ((0.8, 0.2), "left", "top"), ((0.5, 0.8), "left", "top")],
)
def test_the_counter_goes_where_the_lifter_is_not(
    where: tuple[float, float], side: str, edge: str
) -> None:
    points = np.array(where) * [800, 600] + np.random.default_rng(1).normal(0, 30, (40, 10, 2))
    place, _ = choose_places(points, (800, 600), counter=(200, 150), message=(260, 120), margin=10)
    assert (place.side, place.edge) == (side, edge)


def test_without_a_lifter_the_upper_left_corner_is_taken() -> None:
    points = np.full((3, 5, 2), np.nan)
    place, _ = choose_places(points, (800, 600), counter=(200, 150), message=(260, 120), margin=10)
    assert (place.side, place.edge) == ("left", "top")


@pytest.mark.parametrize("size", [(426, 240), (360, 640), (1280, 720), (3840, 2160), (720, 1280)])
def test_text_is_legible_in_every_size(size: tuple[int, int]) -> None:
    scale = scale_of(*size)
    assert scale.small >= 11
    assert 0.03 <= scale.text / min(size) <= 0.06
    assert scale.number > 2 * scale.text
