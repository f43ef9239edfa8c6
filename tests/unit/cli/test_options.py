"""The words of the options are those of the parts that read them."""

from __future__ import annotations

from typing import get_args

import pytest

from repsight.cli.options import LayoutName, PoseModel, UnitsName
from repsight.config import read_settings
from repsight.core.layouts import LAYOUTS
from repsight.landmarks_io.raw import Units
from repsight.pose.weights import POSE_MODELS


def test_every_layout_can_be_named_and_no_other():
    assert set(get_args(LayoutName)) == {"auto", *LAYOUTS}


def test_every_unit_can_be_named_and_no_other():
    assert get_args(UnitsName) == get_args(Units)


def test_every_pose_model_can_be_named_and_no_other():
    assert set(get_args(PoseModel)) == set(POSE_MODELS)


@pytest.mark.parametrize("model", get_args(PoseModel))
def test_a_model_of_the_option_may_stand_in_the_environment(model: str):
    assert read_settings({"REPSIGHT_POSE": model}).pose == model
