import numpy as np
import pytest

from repsight.core.layouts import (
    BLAZEPOSE_33,
    COCO_17,
    HALPE_26,
    LAYOUTS,
    MHR_70,
    Layout,
    layout_for_names,
    layouts_with,
    spread,
)
from repsight.core.skeleton import Landmark


@pytest.mark.parametrize(
    ("layout", "points"), [(BLAZEPOSE_33, 33), (COCO_17, 17), (HALPE_26, 26), (MHR_70, 70)]
)
def test_each_layout_has_as_many_points_as_its_name_says(layout: Layout, points: int) -> None:
    assert len(layout.points) == points == len(set(layout.points))
    assert layouts_with(points) == (layout,)


def test_blazepose_maps_to_itself() -> None:
    assert BLAZEPOSE_33.columns == tuple((column, column) for column in range(33))
    assert BLAZEPOSE_33.lacks == ()


@pytest.mark.parametrize(
    ("layout", "column", "landmark"),
    [
        (COCO_17, 5, Landmark.LEFT_SHOULDER),
        (COCO_17, 10, Landmark.RIGHT_WRIST),
        (COCO_17, 13, Landmark.LEFT_KNEE),
        (HALPE_26, 16, Landmark.RIGHT_ANKLE),
        (HALPE_26, 20, Landmark.LEFT_FOOT_INDEX),
        (HALPE_26, 25, Landmark.RIGHT_HEEL),
        (MHR_70, 9, Landmark.LEFT_HIP),
        (MHR_70, 14, Landmark.RIGHT_ANKLE),
        (MHR_70, 17, Landmark.LEFT_HEEL),
        (MHR_70, 18, Landmark.RIGHT_FOOT_INDEX),
        (MHR_70, 28, Landmark.RIGHT_INDEX),
        (MHR_70, 41, Landmark.RIGHT_WRIST),
        (MHR_70, 62, Landmark.LEFT_WRIST),
    ],
)
def test_points_of_other_layouts_land_in_their_blazepose_column(
    layout: Layout, column: int, landmark: Landmark
) -> None:
    assert (column, int(landmark)) in layout.columns


def test_coco_has_no_feet_and_no_hands_and_they_stay_missing() -> None:
    block = spread(np.ones((2, 17, 2)), COCO_17)
    missing = np.isnan(block[0, :, 0])
    assert missing[[Landmark.LEFT_HEEL, Landmark.RIGHT_FOOT_INDEX, Landmark.LEFT_INDEX]].all()
    assert not missing[[Landmark.LEFT_ANKLE, Landmark.NOSE, Landmark.RIGHT_HIP]].any()
    assert {"left_heel", "right_foot_index", "left_thumb"} <= set(COCO_17.lacks)


@pytest.mark.parametrize("layout", list(LAYOUTS.values()), ids=list(LAYOUTS))
def test_a_layout_is_found_by_its_names_in_any_spelling(layout: Layout) -> None:
    spoken = tuple(point.replace("_", " ").title() for point in layout.points)
    assert layout_for_names(spoken) == layout


def test_named_points_in_another_order_are_still_found() -> None:
    names = ("right_hip", "left_hip", "left_shoulder", "right_shoulder", "left_knee")
    layout = layout_for_names(names)
    assert layout is not None
    assert (0, int(Landmark.RIGHT_HIP)) in layout.columns


@pytest.mark.parametrize("names", [(), ("left_hip", "right_hip"), ("nose",) * 17, ("a", "b")])
def test_names_without_a_body_are_no_layout(names: tuple[str, ...]) -> None:
    assert layout_for_names(names) is None
