"""Measure the pictures themselves on the coarse pass: light, sharpness, cuts, camera motion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from repsight.core.picture import ByteArray, Picture
from repsight.core.types import FloatArray
from repsight.pose.crop import crop
from repsight.pose.roi import Roi

__all__ = [
    "PersonFacts",
    "PictureFacts",
    "PictureMeter",
    "measure_person",
    "measure_sharpness",
]

_ROWS: Final = 72
_FEATURELESS: Final = 1e-3
_PERSON_PX: Final = 128
_CUT_LIKENESS: Final = 0.6
_CUT_DROP: Final = 0.3
_CUT_DIFFERENCE: Final = 0.03
_RED, _GREEN, _BLUE = (np.float32(share / 255) for share in (0.299, 0.587, 0.114))
_TEXTURE: Final = 0.02
_BODY_RADIUS: Final = 0.35  # of the square around somebody
_PEAK: Final = 0.15
_PAN: Final = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class PictureFacts:
    """One coarse moment; the fields are those of PictureStats, ``shift`` is (2,)."""

    luminance: float
    contrast: float
    shift: FloatArray
    is_cut: bool


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """The surroundings of one person at one moment; NaN where nobody is."""

    luminance: float = float("nan")
    contrast: float = float("nan")
    sharpness: float = float("nan")


class PictureMeter:
    """Compares each picture with the one before; push them in order."""

    def __init__(self) -> None:
        self._before: FloatArray | None = None
        self._usual_likeness = 1.0

    def push(self, picture: Picture, rois: list[Roi]) -> PictureFacts:
        """Measure one picture; ``rois`` are the people, who do not count as background."""
        small = _thumbnail(picture.rgb)
        low, high = _range(small)
        is_cut, shift = self._compare(small, rois)
        self._before = small
        return PictureFacts(float(small.mean()), high - low, shift, is_cut)

    def _compare(self, small: FloatArray, rois: list[Roi]) -> tuple[bool, FloatArray]:
        nothing = np.full(2, np.nan)
        if self._before is None or self._before.shape != small.shape:
            return False, nothing
        shift = _background_shift(self._before, small, rois)
        likeness = _likeness(self._before, small)
        least = min(_CUT_LIKENESS, self._usual_likeness - _CUT_DROP)
        changed = likeness < least and np.abs(small - self._before).mean() > _CUT_DIFFERENCE
        # A fast pan changes every pixel too, but it moves the picture; after a cut only a
        # caption or a logo may have stayed, where it was.
        panned = bool(np.linalg.norm(shift) > _PAN)
        if changed and not panned:
            self._usual_likeness = 1.0
            return True, nothing
        self._usual_likeness += 0.1 * (likeness - self._usual_likeness)
        return False, shift


def _thumbnail(rgb: ByteArray) -> FloatArray:
    """Brightness (about 72 rows) from every few pixels, each averaged with its neighbours."""
    step = max(rgb.shape[0] // (2 * _ROWS), 1)
    thin = _brightness(rgb[::step, ::step])
    rows, columns = thin.shape[0] // 2 * 2, thin.shape[1] // 2 * 2
    thin = thin[:rows, :columns]
    return (thin[::2, ::2] + thin[1::2, ::2] + thin[::2, 1::2] + thin[1::2, 1::2]) / 4


def _brightness(rgb: ByteArray) -> FloatArray:
    """Perceived brightness 0..1 of pixels (..., 3); single precision is ample for bytes."""
    return rgb[..., 0] * _RED + rgb[..., 1] * _GREEN + rgb[..., 2] * _BLUE


def _range(grey: FloatArray) -> tuple[float, float]:
    """The 5th and the 95th percentile, to the nearest pixel."""
    last = grey.size - 1
    low, high = round(0.05 * last), round(0.95 * last)
    ordered = np.partition(grey, (low, high), axis=None)
    return float(ordered[low]), float(ordered[high])


def _likeness(before: FloatArray, after: FloatArray) -> float:
    """Correlation of two pictures; 1 if either is featureless."""
    first, second = before - before.mean(), after - after.mean()
    scale = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return float((first * second).sum()) / scale if scale > 1e-6 else 1.0


def _background_shift(before: FloatArray, after: FloatArray, rois: list[Roi]) -> FloatArray:
    """Shift (x, y) of the background in frame heights by phase correlation, or NaN."""
    rows, columns = before.shape
    weight = np.outer(_taper(rows), _taper(columns))
    y, x = np.arange(float(rows))[:, None] / rows, np.arange(float(columns)) / rows
    for roi in rois:
        away = (x - roi.x) ** 2 + (y - roi.y) ** 2
        weight[away < (roi.size * _BODY_RADIUS) ** 2] = 0
    if weight.sum() < 0.05 * weight.size:
        return np.full(2, np.nan)
    first, second = (_centred(picture, weight) for picture in (before, after))
    if min(first.std(), second.std()) < _TEXTURE * np.sqrt(weight.mean()):
        return np.full(2, np.nan)
    spectrum = np.conj(np.fft.rfft2(first)) * np.fft.rfft2(second)
    spectrum /= np.abs(spectrum) + 1e-9
    surface = np.fft.irfft2(spectrum, s=before.shape)
    return _peak(surface) / rows


def _taper(count: int) -> FloatArray:
    """1 in the middle, falling smoothly to 0 over a sixth at either end."""
    place = (np.arange(count) + 0.5) / count
    edge = np.minimum(np.minimum(place, 1 - place) * 6, 1)
    return np.sin(edge * np.pi / 2) ** 2


def _centred(picture: FloatArray, weight: FloatArray) -> FloatArray:
    mean = float((picture * weight).sum() / weight.sum())
    return (picture - mean) * weight


def _peak(surface: FloatArray) -> FloatArray:
    """Place (x, y) of the highest point to a fraction of a pixel; NaN if it hardly stands out."""
    row, column = np.unravel_index(int(np.argmax(surface)), surface.shape)
    if surface[row, column] < _PEAK:
        return np.full(2, np.nan)
    place: list[float] = []
    for line, at in ((surface[row], int(column)), (surface[:, column], int(row))):
        below, top, above = (float(line[(at + offset) % len(line)]) for offset in (-1, 0, 1))
        bend = below - 2 * top + above
        centre = at + (0.5 * (below - above) / bend if bend else 0.0)
        place.append(centre - len(line) if at > len(line) // 2 else centre)
    return np.array(place)


def measure_sharpness(pixels: ByteArray) -> float:
    """Fine detail over coarse detail of a crop: contrast of neighbours at full and quarter size.

    0 for a blurred or featureless crop, about 1 for as much contrast at both sizes.
    """
    return _sharpness(_brightness(pixels))


def _sharpness(grey: FloatArray) -> float:
    quarter = grey.reshape(grey.shape[0] // 4, 4, grey.shape[1] // 4, 4).mean((1, 3))
    coarse = _slope(quarter)
    if coarse <= _FEATURELESS:
        return 0.0
    # A smooth ramp rises a quarter as much from pixel to pixel as from block to block.
    return max((4 * _slope(grey) / coarse - 1) / 3, 0.0)


def _slope(grey: FloatArray) -> float:
    return float(np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean())


def measure_person(picture: Picture, roi: Roi | None) -> PersonFacts:
    """Light and sharpness in the upright square around a person."""
    if roi is None:
        return PersonFacts()
    upright = Roi(roi.x, roi.y, roi.size)
    pixels = crop(picture, upright, size_px=_PERSON_PX, replicate=True)
    grey = _brightness(pixels)
    quarter = _PERSON_PX // 4
    middle = grey[quarter:-quarter, quarter:-quarter]
    low, high = _range(middle)
    return PersonFacts(float(middle.mean()), high - low, _sharpness(grey))
