"""What CONTRIBUTING promises a newcomer is done here to the letter."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from repsight.core.skeleton import COUNT, Landmark

EXAMPLE = re.compile(r"<!-- example: (?P<path>\S+) -->\n```python\n(?P<code>.*?)```", re.DOTALL)
RATE_HZ = 30
RAISES = 5

#: A person standing side on and facing right: x to the right and height above the ground, in m.
STANDING = {
    "NOSE": (0.08, 1.60), "EYE": (0.06, 1.64), "EYE_INNER": (0.07, 1.64), "EYE_OUTER": (0.05, 1.64),
    "EAR": (-0.01, 1.62), "MOUTH": (0.07, 1.57), "SHOULDER": (0.0, 1.42), "ELBOW": (0.02, 1.12),
    "WRIST": (0.04, 0.88), "PINKY": (0.05, 0.80), "INDEX": (0.06, 0.80), "THUMB": (0.06, 0.83),
    "HIP": (0.0, 0.92), "KNEE": (0.02, 0.49), "ANKLE": (0.0, 0.08), "HEEL": (-0.05, 0.03),
    "FOOT_INDEX": (0.17, 0.02),
}  # fmt: skip
TOE = np.array(STANDING["FOOT_INDEX"])


def _pitch_rad(t_s: np.ndarray) -> np.ndarray:
    """Feet flat, tipped by 30 degrees, and flat again, with two seconds of rest around them."""
    phase = np.clip((t_s - 2.0) / 3.0, 0, RAISES)
    return np.radians(15 * (1 - np.cos(2 * np.pi * phase)))


def _tipped(part: str, pitch: np.ndarray) -> np.ndarray:
    """A point (N, 2) of feet that turn about the toes."""
    x, z = np.array(STANDING[part]) - TOE
    sine, cosine = np.sin(pitch), np.cos(pitch)
    return TOE + np.stack([x * cosine + z * sine, z * cosine - x * sine], axis=-1)


def _write_raises(path: Path) -> None:
    t_s = np.arange(0, 4 + 3 * RAISES, 1 / RATE_HZ)
    metres = np.zeros((len(t_s), COUNT, 2))
    pitch = _pitch_rad(t_s)
    lifted = _tipped("ANKLE", pitch) - STANDING["ANKLE"]
    for landmark in Landmark:
        part = re.sub(r"(LEFT|RIGHT)_|_(LEFT|RIGHT)", "", landmark.name)
        is_foot = part in {"HEEL", "FOOT_INDEX"}
        metres[:, landmark] = _tipped(part, pitch) if is_foot else STANDING[part] + lifted
    noise = np.random.default_rng(7).normal(0, 0.003, metres.shape)
    xy = np.stack([0.9 + metres[..., 0], 1.9 - metres[..., 1]], axis=-1) / 2 + noise / 2
    np.savez(path, t_s=t_s, xy=xy, visibility=np.full(xy.shape[:2], 0.95))


COUNT_WITH_IT = """
import json, sys
import numpy as np
import repsight.exercises
from repsight.app.assess import assess_track
from repsight.core.types import PoseTrack

repsight.exercises.__path__.append(sys.argv[1])  # the package's own folder, one file richer
arrays = np.load(sys.argv[2])
track = PoseTrack(arrays["t_s"], arrays["xy"], arrays["visibility"])
(found,) = assess_track(track, exercise="calf_raise")
automatic = assess_track(track, exercise="auto")
print(json.dumps({
    "count": found.rep_count,
    "name": found.exercise.name,
    "issues": [v.rule for v in found.verdicts if v.outcome == "issue"],
    "automatic": [s.exercise.id for s in automatic],
    "heel": [rep.metrics["heel_at_top"].value for rep in found.reps],
}))
"""


@pytest.fixture(scope="module")
def example(repository: Path) -> re.Match[str]:
    found = EXAMPLE.search((repository / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert found, "CONTRIBUTING.md shows a complete exercise file"
    return found


@pytest.fixture(scope="module")
def counted(example: re.Match[str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the program says of five calf raises once the example's file is in the package."""
    folder = tmp_path_factory.mktemp("exercises")
    (folder / Path(example["path"]).name).write_text(example["code"], encoding="utf-8")
    clip = folder / "raises.npz"
    _write_raises(clip)
    done = subprocess.run(
        [sys.executable, "-c", COUNT_WITH_IT, str(folder), str(clip)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_one_file_is_enough_to_count_a_new_exercise(counted: dict[str, object]) -> None:
    assert counted["name"] == "Calf raise"
    assert counted["count"] == RAISES


def test_the_new_exercise_measures_and_finds_no_fault_in_clean_raises(
    counted: dict[str, object],
) -> None:
    assert counted["issues"] == []
    assert counted["heel"] == pytest.approx([0.54] * RAISES, abs=0.05)


def test_the_new_exercise_is_recognised_without_being_named(counted: dict[str, object]) -> None:
    assert counted["automatic"] == ["calf_raise"]


def test_the_example_passes_the_checks_it_asks_for(example: re.Match[str], tmp_path: Path) -> None:
    file = tmp_path / "calf_raise.py"
    file.write_text(example["code"], encoding="utf-8")
    config = Path(__file__).resolve().parents[2] / "pyproject.toml"
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--config", str(config),
             "--extend-ignore=INP001" if command == ["check"] else "--quiet", str(file)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_example_stays_an_example(repository: Path, example: re.Match[str]) -> None:
    taken = (repository / example["path"]).exists()
    assert not taken, "the example's exercise exists now; show another one in CONTRIBUTING.md"
