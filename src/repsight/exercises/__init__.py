"""The catalog: one file per exercise, each with a ``SPEC``.

A file in this package, or an object behind an entry point of the group ``repsight.exercises``,
is all that a new exercise needs.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from repsight.core.spec import ExerciseSpec
from repsight.core.wording import one_of
from repsight.errors import BrokenSpec, UnknownName

__all__ = ["catalog", "install", "spec_of"]

#: The user's own exercises, which stand before built-in ones of the same id.
_OWN: dict[str, ExerciseSpec] = {}


def install(specs: Iterable[ExerciseSpec]) -> None:
    """Make the user's own exercises part of the catalog, in place of those installed before.

    One with the id of a known exercise replaces it. Called by the front doors, once, before
    anything asks for the catalog.
    """
    _OWN.clear()
    _OWN.update({spec.id: spec for spec in specs})
    catalog.cache_clear()


@cache
def catalog() -> dict[str, ExerciseSpec]:
    """Every known exercise by id, built-in ones first; BrokenSpec if two share an id.

    The user's own ones, see ``install``, replace or follow them.
    """
    specs = [import_module(f"{__name__}.{m.name}").SPEC for m in pkgutil.iter_modules(__path__)]
    specs += [entry.load() for entry in entry_points(group="repsight.exercises")]
    known: dict[str, ExerciseSpec] = {}
    for spec in specs:
        if not isinstance(spec, ExerciseSpec):
            raise BrokenSpec(f"{spec!r} is not an ExerciseSpec.", wanted="SPEC = ExerciseSpec(...)")
        if spec.id in known:
            raise BrokenSpec(f"Two exercises are called {spec.id!r}.", wanted="One id each.")
        known[spec.id] = spec
    return known | _OWN


def spec_of(exercise: str) -> ExerciseSpec:
    """The specification of one exercise; UnknownName names what may have been meant."""
    known = catalog()
    if exercise not in known:
        raise UnknownName(
            f"There is no exercise called {exercise!r}.",
            wanted=one_of(known, exercise),
            next_step="See: repsight exercises list",
        )
    return known[exercise]
