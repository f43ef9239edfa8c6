"""Count while the poses come in: ``live_counting.py landmarks.npz squat``.

The poses of a file stand in for a camera here; a live source pushes its own, one by one.
"""

from __future__ import annotations

import sys

from repsight import SetEngine
from repsight.core.events import RepEnded, RepRejected
from repsight.exercises import spec_of
from repsight.landmarks_io import load_landmarks


def main() -> None:
    """Print a line for every repetition, at the moment it is certain."""
    path, exercise = sys.argv[1:3]
    engine = SetEngine(spec_of(exercise))
    for frame in load_landmarks(path).track.frames():
        for event in engine.push(frame):
            match event:
                case RepEnded(number=number):
                    print(f"{event.t_s:6.2f} s  rep {number}")
                case RepRejected(reason=reason):
                    print(f"{event.t_s:6.2f} s  not counted: {reason}")
                case _:
                    pass
    engine.finish()


if __name__ == "__main__":
    main()
