"""The port that every pose backend fills, and how backends are found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

from repsight.core.picture import PictureSource
from repsight.core.quality_input import PictureStats
from repsight.core.types import PoseTrack
from repsight.errors import UnknownName
from repsight.pose.people import Person

__all__ = [
    "DEFAULT",
    "GROUP",
    "OnMoment",
    "PoseBackend",
    "TrackOptions",
    "TrackedPictures",
    "backend_names",
    "load_backend",
]

#: Entry points of this group name a class that fills PoseBackend and is made without arguments.
GROUP: Final = "repsight.pose"

#: The backend that comes with Repsight and is used unless another is named.
DEFAULT: Final = "blazepose"

#: Called with the pass ("look" or "landmarks") and the media time reached.
OnMoment = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class TrackOptions:
    """What a caller may choose.

    ``model`` is a name that the backend knows; ``model_path`` a local file, for backends that
    bring no model (or no poses) of their own. ``rate_hz`` limits the analysed frames per second
    (None: every frame). ``person`` overrides the choice of the lifter. ``seeks_plate`` says that
    the plate of a barbell is worth looking for. The result must not depend on ``threads``.
    """

    model: str = "full"
    model_path: Path | None = None
    rate_hz: float | None = None
    person: int | None = None
    seeks_plate: bool = True
    threads: int = 2
    on_moment: OnMoment | None = None

    def report(self, stage: str, t_s: float) -> None:
        """Tell whoever listens how far a pass has come."""
        if self.on_moment is not None:
            self.on_moment(stage, t_s)


@dataclass(frozen=True, slots=True, eq=False)
class TrackedPictures:
    """The lifter's ``track``, facts about the pictures, everybody seen, and who the lifter is.

    ``lifter`` is an index into ``people``, or None if nobody was seen or the backend does not
    tell people apart.
    """

    track: PoseTrack
    picture: PictureStats
    people: tuple[Person, ...] = ()
    lifter: int | None = None


@runtime_checkable
class PoseBackend(Protocol):
    """Turns the pictures of a clip into the landmarks of one person."""

    def track(self, source: PictureSource, options: TrackOptions) -> TrackedPictures:
        """One PoseFrame per analysed picture, at that picture's time; NaN where nobody is.

        Raises UnknownName for a model or person that does not exist, and MissingExtra if a
        package or model file is not installed.
        """
        ...


def backend_names() -> tuple[str, ...]:
    """Names of the installed backends."""
    return tuple(sorted(entry.name for entry in entry_points(group=GROUP)))


def load_backend(name: str) -> PoseBackend:
    """The backend called ``name``; UnknownName if no installed package offers it."""
    if name == DEFAULT:
        from repsight.pose.blazepose import BlazePoseBackend

        return BlazePoseBackend()
    for entry in entry_points(group=GROUP, name=name):
        backend: PoseBackend = entry.load()()
        return backend
    raise UnknownName(
        f"There is no pose backend {name!r}.",
        wanted=f"Installed are: {', '.join(backend_names()) or 'none'}.",
        next_step="Leave it out to use blazepose.",
    )
