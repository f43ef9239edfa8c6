"""For backends that find one person per picture by themselves: one pass, the same facts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from repsight.core.picture import Picture, PictureSource
from repsight.core.quality_input import PictureStats
from repsight.core.types import FloatArray, PoseFrame, PoseTrack
from repsight.pose.picture_facts import PersonFacts, PictureFacts, PictureMeter, measure_person
from repsight.pose.port import TrackedPictures, TrackOptions
from repsight.pose.roi import MARGIN, Roi

__all__ = ["facts_without_pictures", "roi_of", "track_one_by_one"]

_COARSE_S: Final = 0.1


def track_one_by_one(
    source: PictureSource, options: TrackOptions, estimate: Callable[[Picture], PoseFrame]
) -> TrackedPictures:
    """Ask ``estimate`` for a pose in every picture, in order, and measure the pictures."""
    meter = PictureMeter()
    frames: list[PoseFrame] = []
    moments: list[tuple[float, PictureFacts, PersonFacts]] = []
    for picture in source.pictures(rate_hz=options.rate_hz):
        frame = estimate(picture)
        frames.append(frame)
        if not moments or picture.t_s - moments[-1][0] >= _COARSE_S:
            roi = roi_of(frame.xy)
            facts = meter.push(picture, [roi] if roi else [])
            moments.append((picture.t_s, facts, measure_person(picture, roi)))
        options.report("landmarks", picture.t_s)
    return TrackedPictures(PoseTrack.from_frames(frames), _stats(frames, moments))


def facts_without_pictures(track: PoseTrack) -> PictureStats:
    """Facts for a track whose pictures are not at hand: nothing is known about light or camera."""
    return _stats(list(track.frames()), [])


def roi_of(xy: FloatArray) -> Roi | None:
    """The upright square around landmarks (33, 2); None if they are missing."""
    seen = xy[np.isfinite(xy).all(axis=1)]
    if not len(seen):
        return None
    low, high = seen.min(0), seen.max(0)
    middle = (low + high) / 2
    size = float((high - low).max()) * MARGIN
    return Roi(float(middle[0]), float(middle[1]), max(size, 1e-3))


def _stats(
    frames: list[PoseFrame], moments: list[tuple[float, PictureFacts, PersonFacts]]
) -> PictureStats:
    rois = [roi_of(frame.xy) for frame in frames]
    rows = [(np.nan,) * 4 if r is None else (r.x, r.y, r.size, r.angle_rad) for r in rois]
    found = np.array([roi is not None for roi in rois], np.bool_)
    facts = [one for _, one, _ in moments]
    persons = [one for _, _, one in moments]
    times = np.array([t_s for t_s, _, _ in moments])
    seen = ~np.isnan([one.luminance for one in persons])
    return PictureStats(
        t_s=times,
        luminance=np.array([one.luminance for one in facts]),
        contrast=np.array([one.contrast for one in facts]),
        person_luminance=np.array([one.luminance for one in persons]),
        person_contrast=np.array([one.contrast for one in persons]),
        sharpness=np.array([one.sharpness for one in persons]),
        background_shift=np.array([one.shift for one in facts]).reshape(-1, 2),
        people_count=seen.astype(np.intp),
        roi=np.array(rows).reshape(-1, 4),
        presence=found.astype(np.float64),
        found=found,
        cuts_s=times[[one.is_cut for one in facts]] if facts else np.zeros(0),
        people_seen=int(found.any()),
        switches=0,
    )
