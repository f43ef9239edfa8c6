"""Every pose backend keeps the contract of the port."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import numpy as np
import pytest

from repsight.core.skeleton import COUNT
from repsight.core.types import PoseTrack
from repsight.errors import MissingExtra
from repsight.pose.blazepose import BlazePoseBackend
from repsight.pose.mediapipe_tasks import MediaPipeBackend
from repsight.pose.port import PoseBackend, TrackOptions, backend_names, load_backend
from repsight.pose.replay import ReplayBackend
from repsight.pose.rtmpose import RtmPoseBackend
from repsight.testing.pictures import squatting_athlete
from repsight.testing.pose_contract import PoseBackendContract


def _needs(package: str) -> None:
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"the optional package {package} is not installed")


class TestBlazePose(PoseBackendContract):
    def make_backend(self) -> PoseBackend:
        return BlazePoseBackend()


class TestReplay(PoseBackendContract):
    sees_pictures = False

    def make_backend(self) -> PoseBackend:
        times = np.array([picture.t_s for picture in squatting_athlete().pictures()])
        rng = np.random.default_rng(0)
        xy = rng.uniform(0, 0.7, (len(times), COUNT, 2))
        return ReplayBackend(PoseTrack(times, xy, np.ones((len(times), COUNT)), None, 0.75))


class TestMediaPipe(PoseBackendContract):
    def make_backend(self) -> PoseBackend:
        _needs("mediapipe")
        return MediaPipeBackend()

    def make_options(self) -> TrackOptions:
        bundle = os.environ.get("REPSIGHT_TEST_POSE_TASK", "")
        if not Path(bundle).is_file():
            pytest.skip("REPSIGHT_TEST_POSE_TASK names no Pose Landmarker bundle (.task)")
        return TrackOptions(model_path=Path(bundle))


class TestRtmPose(PoseBackendContract):
    def make_backend(self) -> PoseBackend:
        _needs("rtmlib")
        return RtmPoseBackend()

    @pytest.fixture(autouse=True)
    def _model(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        self._path = tmp_path_factory.mktemp("rtmpose") / "body.onnx"

    def make_options(self) -> TrackOptions:
        _needs("onnx")
        if not self._path.exists():
            self._path.write_bytes(_body_model())
        return TrackOptions(model_path=self._path)


def _body_model() -> bytes:
    """A network with RTMPose's inputs and outputs that always points into the middle."""
    from onnx import TensorProto, helper, numpy_helper

    points, width, height = 17, 192, 256
    axes = {"simcc_x": width * 2, "simcc_y": height * 2}
    constants = {}
    for name, length in axes.items():
        values = np.zeros((1, points, length), np.float32)
        values[:, np.arange(points), length // 2 + np.arange(points) * 5] = 0.9
        constants[name] = values
    nodes = [helper.make_node("ReduceSum", ["input"], ["sum"], keepdims=0)]
    nodes.append(helper.make_node("Mul", ["sum", "zero"], ["nothing"]))
    nodes += [helper.make_node("Add", [f"{name}_const", "nothing"], [name]) for name in axes]
    initial = [
        numpy_helper.from_array(values, f"{name}_const") for name, values in constants.items()
    ]
    initial.append(numpy_helper.from_array(np.float32(0), "zero"))
    graph = helper.make_graph(
        nodes,
        "body",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, height, width])],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, points, length])
            for name, length in axes.items()
        ],
        initial,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return model.SerializeToString()


def test_the_backends_of_the_package_are_found_by_entry_point() -> None:
    assert {"blazepose", "mediapipe", "replay", "rtmpose"} <= set(backend_names())


@pytest.mark.parametrize("name", ["blazepose", "mediapipe", "replay", "rtmpose"])
def test_a_backend_is_made_without_arguments(name: str) -> None:
    assert isinstance(load_backend(name), PoseBackend)


@pytest.mark.parametrize("name", ["mediapipe", "replay", "rtmpose"])
def test_a_backend_without_its_file_says_what_is_missing(name: str) -> None:
    with pytest.raises(MissingExtra, match=r"(given no|needs the package)"):
        load_backend(name).track(squatting_athlete(), TrackOptions())
