"""The catalog: one file per exercise, each with a ``SPEC``.

A file in this package, or an object behind an entry point of the group ``repsight.exercises``,
is all that a new exercise needs.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from repsight.core.spec import ExerciseSpec
from repsight.errors import BrokenSpec, UnknownName

__all__ = ["catalog", "spec_of"]


@cache
def catalog() -> dict[str, ExerciseSpec]:
    """Every known exercise by id, built-in ones first; BrokenSpec if two share an id."""
    specs = [import_module(f"{__name__}.{m.name}").SPEC for m in pkgutil.iter_modules(__path__)]
    specs += [entry.load() for entry in entry_points(group="repsight.exercises")]
    known: dict[str, ExerciseSpec] = {}
    for spec in specs:
        if not isinstance(spec, ExerciseSpec):
            raise BrokenSpec(f"{spec!r} is not an ExerciseSpec.", wanted="SPEC = ExerciseSpec(...)")
        if spec.id in known:
            raise BrokenSpec(f"Two exercises are called {spec.id!r}.", wanted="One id each.")
        known[spec.id] = spec
    return known


def spec_of(exercise: str) -> ExerciseSpec:
    """The specification of one exercise; UnknownName lists what there is."""
    known = catalog()
    if exercise not in known:
        raise UnknownName(
            f"There is no exercise called {exercise!r}.",
            wanted=f"One of: {', '.join(sorted(known))}, unknown or auto.",
            next_step="Use --exercise auto to let Repsight choose.",
        )
    return known[exercise]
