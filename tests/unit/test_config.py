from pathlib import Path

import pytest

from repsight.config import read_settings
from repsight.errors import UserMistake


def test_without_an_environment_there_are_defaults() -> None:
    settings = read_settings({})
    assert settings.out == Path("repsight-out")
    assert settings.pose == "full"
    assert 1 <= settings.threads <= 4


def test_the_environment_changes_them() -> None:
    given = {"REPSIGHT_OUT": "gym", "REPSIGHT_POSE": "lite", "REPSIGHT_THREADS": "1"}
    settings = read_settings(given)
    assert (settings.out, settings.pose, settings.threads) == (Path("gym"), "lite", 1)


@pytest.mark.parametrize(
    "given", [{"REPSIGHT_POSE": "huge"}, {"REPSIGHT_THREADS": "0"}, {"REPSIGHT_THREADS": "two"}]
)
def test_a_value_that_cannot_be_meant_is_named(given: dict[str, str]) -> None:
    with pytest.raises(UserMistake, match=next(iter(given))):
        read_settings(given)


def test_the_coach_is_the_template_until_somebody_says_otherwise() -> None:
    assert read_settings({}).coach == "template"
    assert read_settings({"REPSIGHT_COACH_MODEL_DIR": "models/tiny"}).coach == "models/tiny"
    given = {"REPSIGHT_COACH": "http://127.0.0.1:1", "REPSIGHT_COACH_MODEL_DIR": "models/tiny"}
    assert read_settings(given).coach == "http://127.0.0.1:1"
