"""Native code opens no socket either: the kernel ends the process that tries."""

from __future__ import annotations

import platform
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.clips import athlete_clip

#: Numbers of the socket call, and of the machine as the kernel names it.
_MACHINES = {"x86_64": (41, 0xC000003E), "aarch64": (198, 0xC00000B7)}

#: A filter of the kernel: another machine's calls and ``socket`` kill, everything else may pass.
_GUARD = """
import ctypes, struct, sys
number, machine = {number}, {machine}
steps = [(0x20, 0, 0, 4), (0x15, 0, 3, machine), (0x20, 0, 0, 0), (0x15, 1, 0, number),
         (0x06, 0, 0, 0x7FFF0000), (0x06, 0, 0, 0x80000000)]
code = b"".join(struct.pack("HBBI", *step) for step in steps)
program = ctypes.create_string_buffer(code)
class Filter(ctypes.Structure):
    _fields_ = [("count", ctypes.c_ushort), ("steps", ctypes.c_void_p)]
libc = ctypes.CDLL(None, use_errno=True)
libc.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
found = Filter(len(steps), ctypes.addressof(program))
if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.addressof(found), 0, 0):
    sys.exit(98)
"""


def guarded(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    number, machine = _MACHINES[platform.machine()]
    text = _GUARD.format(number=number, machine=machine) + code
    done = subprocess.run(
        [sys.executable, "-c", text, *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode == 98:
        pytest.skip("this kernel takes no filters")
    return done


pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in _MACHINES,
    reason="kernel filters are known for Linux on two kinds of machine",
)


def test_the_guard_ends_whoever_opens_a_socket() -> None:
    done = guarded("import _socket; _socket.socket()")
    assert done.returncode == -signal.SIGSYS


def test_analysis_opens_no_socket_even_in_native_code(tmp_path: Path) -> None:
    clip = athlete_clip(tmp_path / "squat.mp4", reps=1)
    run = "from repsight.cli import main; main()"
    out = tmp_path / "out"
    done = guarded(run, "analyze", str(clip), "-e", "squat", "--pose", "lite", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert (out / "squat" / "annotated.mp4").is_file()
