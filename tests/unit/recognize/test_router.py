"""The trained files: checked, replaced by simpler ones when damaged, and honest about it."""

import hashlib
import json

import numpy as np
import pytest

from repsight.athlete.performance import perform
from repsight.core.measure import observe
from repsight.core.types import PoseTrack
from repsight.errors import MissingExtra
from repsight.recognize.artifacts import NETWORK, TREES, features_mark, read_manifest
from repsight.recognize.features import FEATURES
from repsight.recognize.router import Routed, load_network, load_router
from repsight.recognize.trees import Trees

CLASSES = ["squat", "unknown"]


def stump() -> Trees:
    """One tree for each class that looks at one feature."""
    knee = FEATURES.index("knee bend")
    return Trees(
        feature=np.array([[knee, -1, -1], [knee, -1, -1]], np.int16),
        threshold=np.array([[0.6, 0, 0], [0.6, 0, 0]], np.float32),
        left=np.array([[1, -1, -1], [1, -1, -1]], np.int16),
        right=np.array([[2, -1, -1], [2, -1, -1]], np.int16),
        nan_left=np.array([[True, False, False], [False, False, False]]),
        value=np.array([[0, 2, -2], [0, -2, 2]], np.float32),
        owner=np.array([0, 1], np.int16),
        start=np.array([0.5, -0.5], np.float32),
    )


@pytest.fixture
def folder(tmp_path):
    tree = stump()
    np.savez(tmp_path / TREES, **{name: getattr(tree, name) for name in Trees.__slots__})
    (tmp_path / NETWORK).write_bytes(b"a network")
    names = (TREES, NETWORK)
    manifest = {
        "classes": CLASSES,
        "features": features_mark(),
        "temperature": dict.fromkeys(names, 2.0),
        "sha256": {n: hashlib.sha256((tmp_path / n).read_bytes()).hexdigest() for n in names},
    }
    (tmp_path / "router.json").write_text(json.dumps(manifest))
    return tmp_path


class Runtime:
    """Opens anything and is sure of the first class."""

    def __call__(self, model: bytes) -> "Runtime":
        assert model == b"a network"
        return self

    def run(self, _names, feed):
        return [np.tile(np.array([4.0, 0.0], np.float32), (len(feed["windows"]), 1))]


def without_runtime(_model: bytes):
    raise MissingExtra("onnxruntime is not installed.")


def squats() -> PoseTrack:
    return perform("squat", reps=2, seed=1).track()


def test_trees_sum_the_leaves_a_row_falls_into():
    rows = np.zeros((3, 5 * len(FEATURES)), np.float32)
    rows[:, FEATURES.index("knee bend")] = [0.5, 0.7, np.nan]
    assert stump().logits(rows).tolist() == [[2.5, -2.5], [-1.5, 1.5], [2.5, 1.5]]


def test_the_network_is_used_where_there_is_a_runtime(folder):
    router = load_router(folder, open_session=Runtime())
    assert (router.kind, router.notes) == ("network", ())
    routed = router.route(observe(squats()))
    assert len(routed.t_s) > 3
    np.testing.assert_allclose(routed.probability.sum(axis=1), 1.0)
    np.testing.assert_allclose(routed.probability[:, 0], 1 / (1 + np.exp(-2.0)), rtol=1e-6)


@pytest.mark.parametrize("opener", [None, without_runtime])
def test_the_trees_are_used_where_there_is_no_runtime(folder, opener):
    router = load_router(folder, open_session=opener)
    assert router.kind == "trees"
    assert router.route(observe(squats())).probability.shape[1] == len(CLASSES)


def test_a_damaged_network_is_replaced_by_the_trees_and_that_is_said(folder):
    (folder / NETWORK).write_bytes(b"another network")
    router = load_router(folder, open_session=Runtime())
    assert router.kind == "trees"
    assert "damaged or was exchanged" in router.notes[0]
    assert "simpler model" in router.notes[0]
    with pytest.raises(MissingExtra, match="SHA-256"):
        load_network(folder, NETWORK, open_session=Runtime())


def test_without_any_whole_file_nothing_is_known_and_that_is_said(folder):
    (folder / NETWORK).unlink()
    (folder / TREES).write_bytes(b"")
    router = load_router(folder, open_session=Runtime())
    assert router.kind == "none"
    assert "missing" in router.notes[0]
    assert "recognised without it" in router.notes[1]
    assert not len(router.route(observe(squats())).t_s)


def test_files_for_other_features_are_refused(folder, tmp_path):
    stored = json.loads((folder / "router.json").read_text())
    (folder / "router.json").write_text(json.dumps({**stored, "features": "others"}))
    with pytest.raises(MissingExtra, match="other features"):
        read_manifest(folder)
    assert load_router(tmp_path / "nowhere").kind == "none"


def test_a_film_of_nobody_gives_no_windows(folder):
    track = squats()
    empty = PoseTrack(track.t_s, np.full_like(track.xy, np.nan), 0 * track.visibility)
    assert not len(load_router(folder).route(observe(empty)).t_s)


def test_what_has_no_specification_is_unknown():
    routed = Routed(
        ("dance", "squat", "unknown"), np.zeros(1), np.array([[0.5, 0.3, 0.2]]), np.ones(1, bool)
    ).among(["squat"])
    assert routed.classes == ("squat", "unknown")
    np.testing.assert_allclose(routed.probability, [[0.3, 0.7]])


def test_a_class_seen_too_seldom_is_unknown(folder):
    stored = json.loads((folder / "router.json").read_text())
    (folder / "router.json").write_text(json.dumps({**stored, "thin": [CLASSES[0]]}))
    routed = load_router(folder, open_session=Runtime()).route(observe(squats()))
    assert CLASSES[0] not in routed.classes
    np.testing.assert_allclose(routed.probability.sum(axis=1), 1.0)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"classes": 3}', "\x00\xff"])
def test_a_damaged_list_of_files_is_said_and_the_specifications_decide(folder, text):
    (folder / "router.json").write_text(text, encoding="utf-8")
    router = load_router(folder, open_session=Runtime())
    assert router.kind == "none"
    assert "damaged" in router.notes[0]
    assert "recognised without it" in router.notes[0]
