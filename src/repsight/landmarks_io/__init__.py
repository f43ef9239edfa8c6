"""Poses made elsewhere: reading landmark files of four layouts, writing ``landmarks.npz``.

``docs/landmark-files.md`` shows the accepted shapes with examples.
"""

from repsight.landmarks_io.load import SUFFIXES, LandmarkFile, load_landmarks
from repsight.landmarks_io.native import save_landmarks
from repsight.landmarks_io.raw import ReadOptions
from repsight.landmarks_io.trc import trc_text

__all__ = [
    "SUFFIXES",
    "LandmarkFile",
    "ReadOptions",
    "load_landmarks",
    "save_landmarks",
    "trc_text",
]
