"""Titles of rules as things that stay open."""

import pytest

from repsight.core.topics import as_topic


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Leans further than balance needs", "leaning further than balance needs"),
        ("Swings with the body", "swinging with the body"),
        ("Stops above the chest", "stopping above the chest"),
        ("Comes back only half way", "coming back only half way"),
        ("Squats instead of hinging", "squatting instead of hinging"),
        ("Pushes with the legs", "pushing with the legs"),
        ("Does not stand up between repetitions", "not standing up between repetitions"),
        ("Hips rise first", "hips rising first"),
        ("Feet hardly go apart", "feet hardly going apart"),
        ("Hips do not come back down", "hips not coming back down"),
        ("Elbows travel forward", "elbows travelling forward"),
        ("Hips not locked out", "hips not locked out"),
        ("Knees moving inwards", "knees moving inwards"),
        ("One elbow lags", "one elbow lagging"),
    ],
)
def test_a_title_that_begins_with_a_verb_becomes_a_topic(title: str, topic: str) -> None:
    assert as_topic(title) == topic
