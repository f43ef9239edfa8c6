"""Exercise files from a folder: new exercises, and changes to known ones."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from repsight.core.spec import ExerciseSpec
from repsight.core.wording import one_of
from repsight.errors import UnreadableSource, UserMistake
from repsight.spec_files import problems
from repsight.spec_files.lines import line_of, places_of
from repsight.spec_files.plain import LISTS, from_plain, to_plain
from repsight.spec_files.problems import Problem

__all__ = ["BrokenFile", "read_spec", "read_specs", "spec_from_text"]

_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


class BrokenFile(UserMistake):
    """An exercise file with problems; ``lines`` has one ``file:line: what, wanted`` each."""

    def __init__(self, file: str, lines: Sequence[str]) -> None:
        """``file`` is how the user calls it."""
        self.lines = tuple(lines)
        more = f" ({len(lines) - 1} more)" if len(lines) > 1 else ""
        super().__init__(lines[0] + more, next_step=f"See: repsight exercises check {file}")


def read_specs(place: Path, known: Mapping[str, ExerciseSpec]) -> dict[str, ExerciseSpec]:
    """Exercises by id of a TOML file, or of every one in a folder in the order of their names.

    ``known`` is what they may extend; a file may extend an exercise of a file before it. Raises
    UnreadableSource for a missing place, BrokenFile for a file with problems or an id that
    stands in two of them.
    """
    if not place.exists():
        raise UnreadableSource(
            f"There is no '{place}'.",
            wanted="A TOML file with an exercise, or a folder of them.",
            next_step="Make one: repsight exercises export squat --out mine.toml",
        )
    files = sorted(place.glob("*.toml")) if place.is_dir() else [place]
    own: dict[str, ExerciseSpec] = {}
    for file in files:
        spec = read_spec(file, {**known, **own})
        if spec.id in own:
            raise BrokenFile(str(file), (f"{file}:1: {spec.id!r} stands in two files.",))
        own[spec.id] = spec
    return own


def read_spec(file: Path, known: Mapping[str, ExerciseSpec]) -> ExerciseSpec:
    """The exercise of one file; raises UnreadableSource or BrokenFile."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise _unreadable(file, "is not text") from error
    except OSError as error:
        raise _unreadable(file, f"cannot be read ({error.strerror})") from error
    return spec_from_text(text, known, file=str(file))


def _unreadable(file: Path, what: str) -> UnreadableSource:
    return UnreadableSource(
        f"'{file}' {what}.",
        wanted="A TOML file in UTF-8.",
        next_step="Check its name and its permissions.",
    )


def spec_from_text(
    text: str, known: Mapping[str, ExerciseSpec], *, file: str = "the text"
) -> ExerciseSpec:
    """The exercise that a TOML text describes; raises BrokenFile with all its problems."""
    try:
        given = cast("dict[str, object]", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        what = _AT_LINE.sub("", str(error)).strip()
        raise BrokenFile(file, (f"{file}:{line}: this is no TOML: {what}.",)) from error
    places = places_of(text)
    base = given.get("extends")
    if base is not None and (not isinstance(base, str) or base not in known):
        problem = Problem(("extends",), f"there is no exercise {base!r}.", one_of(known, str(base)))
        raise BrokenFile(file, [problem.line(file, line_of(problem.path, places))])
    whole = _extended(given, known)
    spec, found = from_plain(whole.values)
    if spec is None or whole.problems:
        own = [replace(problem, path=whole.own(problem.path)) for problem in found]
        own += whole.problems
        placed = sorted(((line_of(one.path, places), one) for one in own), key=lambda one: one[0])
        lines = dict.fromkeys(problem.line(file, line) for line, problem in placed)
        raise BrokenFile(file, list(lines))
    return spec


@dataclass(frozen=True, slots=True)
class _Whole:
    """Values with what they extend, and where in the user's file an entry of a list stands."""

    values: dict[str, object]
    origins: dict[problems.Path, problems.Path]
    problems: tuple[Problem, ...]
    is_own: bool

    def own(self, path: problems.Path) -> problems.Path:
        """The path in the user's file; that of ``extends`` for what is only in the base."""
        if path[:2] in self.origins:
            return (*self.origins[path[:2]], *path[2:])
        if self.is_own or (path and path[0] not in LISTS):
            return path
        return ("extends",)


def _extended(given: dict[str, object], known: Mapping[str, ExerciseSpec]) -> _Whole:
    """The given values laid over the exercise that they extend."""
    base = given.pop("extends", None)
    if base is None:
        return _Whole(given, {}, (), is_own=True)
    values = cast("dict[str, object]", to_plain(known[str(base)]))
    origins: dict[problems.Path, problems.Path] = {}
    found: list[Problem] = []
    for name, value in given.items():
        if name in LISTS and isinstance(value, list):
            entries = cast("list[object]", value)
            values[name] = _merged(name, values.get(name, []), entries, origins, found)
        elif name in {"cycle", "hold"} and isinstance(value, Mapping):
            other = values.pop("hold" if name == "cycle" else "cycle", None)
            before = cast("Mapping[str, object]", {} if other else values.get(name, {}))
            values[name] = {**before, **cast("Mapping[str, object]", value)}
        else:
            values[name] = value
    return _Whole(values, origins, tuple(found), is_own=False)


def _merged(
    name: str,
    before: object,
    given: list[object],
    origins: dict[problems.Path, problems.Path],
    found: list[Problem],
) -> list[object]:
    """Entries with the same id changed field by field, ``remove = true`` left out, others added."""
    merged = [dict(one) for one in cast("list[dict[str, object]]", before)]
    for j, one in enumerate(given):
        if not isinstance(one, Mapping):
            found.append(Problem((name, j), f"is {one!r}.", f"Wanted tables below [[{name}]]."))
            continue
        entry = dict(cast("Mapping[str, object]", one))
        place = next((i for i, old in enumerate(merged) if old.get("id") == entry.get("id")), None)
        if entry.pop("remove", False):
            if place is None:
                ids = [str(old["id"]) for old in merged]
                what = f"there is no {name} {entry.get('id')!r} to remove."
                found.append(Problem((name, j, "id"), what, one_of(ids, str(entry.get("id")))))
            else:
                merged[place] = {**merged[place], "remove": True}
            continue
        if place is None:
            place = len(merged)
            merged.append({})
        merged[place] = _changed(merged[place], entry)
        origins[name, place] = (name, j)
    return _without_removed(name, merged, origins)


def _changed(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, object]:
    """Fields replaced; a table such as ``expected`` keeps what it does not name, and its kind."""
    changed = {**old, **new}
    for name, value in new.items():
        before = old.get(name)
        if isinstance(before, Mapping) and isinstance(value, Mapping) and "from" not in value:
            table = cast("Mapping[str, object]", before)
            changed[name] = {**table, **cast("Mapping[str, object]", value)}
    return changed


def _without_removed(
    name: str, merged: list[dict[str, object]], origins: dict[problems.Path, problems.Path]
) -> list[object]:
    kept: list[object] = []
    for i, entry in enumerate(merged):
        place = origins.pop((name, i), None)
        if entry.get("remove") is True:
            continue
        if place is not None:
            origins[name, len(kept)] = place
        kept.append(entry)
    return kept
