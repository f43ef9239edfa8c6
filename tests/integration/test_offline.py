"""Analysis needs no network and never asks for one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from repsight.athlete.encode import save_video
from repsight.athlete.performance import perform
from repsight.athlete.render import Film, render

#: Runs the command line in a process in which making any socket is the end.
GUARDED = """
import os, sys

def guard(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.")):
        os.write(2, f"network: {event} {arguments}".encode())
        os._exit(97)

sys.addaudithook(guard)
sys.argv[0] = "repsight"
from repsight.cli import main
main()
"""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short film of the digital athlete: one squat."""
    performance = perform("squat", reps=1, seed=3)
    camera = performance.camera(yaw_deg=90.0)
    pictures = render(performance, camera, film=Film(size=(240, 320), fps=15.0))
    path = tmp_path_factory.mktemp("film") / "squat.mp4"
    return save_video(path, pictures, fps=15.0)


def _analyze(film: Path, out: Path, *prefix: str) -> subprocess.CompletedProcess[str]:
    command = [*prefix, sys.executable, "-c", GUARDED, "analyze", str(film)]
    options = ["--exercise", "squat", "--pose", "lite", "--out", str(out)]
    return subprocess.run([*command, *options], capture_output=True, text=True, check=False)


def test_analysis_opens_no_socket(film: Path, tmp_path: Path) -> None:
    done = _analyze(film, tmp_path)
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "squat" / "report.json").read_text(encoding="utf-8"))
    assert [one["rep_count"] for one in report["sets"]] == [1]
    for name in ("report.html", "annotated.mp4", "landmarks.npz"):
        assert (tmp_path / "squat" / name).stat().st_size > 0


def test_analysis_works_where_there_is_no_network_at_all(film: Path, tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    if unshare is None or os.geteuid() != 0:
        pytest.skip("a network can only be taken away by root on Linux")
    alone = subprocess.run([unshare, "--net", "true"], capture_output=True, check=False)
    if alone.returncode:
        pytest.skip("this machine does not allow network namespaces")
    done = _analyze(film, tmp_path, unshare, "--net")
    assert done.returncode == 0, done.stderr


def test_the_guard_would_notice(tmp_path: Path) -> None:
    code = GUARDED.replace("from repsight.cli import main", "import socket; socket.socket()")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 97
    assert not list(tmp_path.iterdir())
