"""Poses of your own model as a landmark file, analysed: ``own_pose_model.py``.

The digital athlete stands in for the model; its points go out in the COCO layout, in pixels.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from repsight import analyze
from repsight.athlete.performance import perform
from repsight.core.layouts import COCO_17

WIDTH_PX, HEIGHT_PX = 1080, 1440


def main() -> None:
    """Write keypoints as any model could, and print what Repsight makes of them."""
    track = perform("squat", reps=3).track(fps=30)
    columns = [target for _, target in COCO_17.columns]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "keypoints.npz"
        np.savez(
            path,
            keypoints=track.xy[:, columns] * HEIGHT_PX,
            confidence=track.visibility[:, columns],
            t_s=track.t_s,
            size_px=[WIDTH_PX, HEIGHT_PX],
            layout=COCO_17.id,
        )
        report = analyze(path, exercise="squat")
    print(report.summary)
    for note in report.source.notes:
        print(note)


if __name__ == "__main__":
    main()
