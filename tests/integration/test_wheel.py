"""The wheel holds what a user needs, and nothing else."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

BUILD_TOOLS = ("hatchling", "onnx", "tflite")
IGNORED = shutil.ignore_patterns(".git", ".venv*", "build", "dist", "__pycache__", ".*_cache")


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of the checkout with the build tools at hand."""
    if not all(importlib.util.find_spec(tool) for tool in BUILD_TOOLS):
        pytest.skip("the build tools are not installed (requirements/test.txt)")
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    shutil.copytree(repository, source, ignore=IGNORED)
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
         "-w", str(folder), str(source)],
        check=True,
    )  # fmt: skip
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_carries_the_pose_models(names: set[str]) -> None:
    for model in ("det", "lite", "full", "heavy"):
        assert f"repsight/pose/weights/{model}.onnx" in names


def test_the_wheel_carries_licence_notice_and_type_marker(names: set[str]) -> None:
    assert "repsight/py.typed" in names
    assert {"LICENSE", "NOTICE"} <= {Path(name).name for name in names if ".dist-info/" in name}


def test_the_wheel_carries_the_templates_of_the_page(names: set[str], repository: Path) -> None:
    pages = repository / "src" / "repsight" / "pages"
    other = [path for path in pages.rglob("*") if path.suffix not in {".py", ".pyc", ""}]
    for path in other:
        assert path.relative_to(repository / "src").as_posix() in names


def test_the_wheel_holds_the_package_and_nothing_beside_it(names: set[str]) -> None:
    roots = {name.split("/")[0] for name in names}
    assert {root for root in roots if not root.endswith(".dist-info")} == {"repsight"}


def test_every_module_of_the_checkout_is_in_the_wheel(names: set[str], repository: Path) -> None:
    source = repository / "src"
    modules = {path.relative_to(source).as_posix() for path in source.rglob("*.py")}
    assert modules <= names


def test_core_dependencies_stay_light(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(archive.read(name).decode())
    required = [r for r in metadata.get_all("Requires-Dist", []) if "extra ==" not in r]
    assert {r.split(">")[0].strip() for r in required} == {"jinja2", "numpy", "rich", "typer"}
    assert metadata["License-Expression"] == "Apache-2.0"


def test_the_pose_backends_are_found_as_plug_ins() -> None:
    found = {point.name for point in importlib.metadata.entry_points(group="repsight.pose")}
    assert {"blazepose", "mediapipe", "replay", "rtmpose"} <= found
