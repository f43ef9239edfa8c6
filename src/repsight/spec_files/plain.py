"""An exercise as plain values, as they stand in TOML, and back with every problem at once.

Both ways follow the dataclasses of ``repsight.core.spec`` field by field, so a new field needs
no change here. Signals are text, expectations say ``from``, defaults are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from typing import Any, Final, Literal, TypeAlias, cast, get_args, get_origin, get_type_hints

from repsight.core.signals import Signal
from repsight.core.spec import (
    Balance,
    Crossing,
    Cycle,
    ExerciseSpec,
    Expectation,
    Fixed,
    Hold,
    OwnBest,
    OwnMedian,
    OwnRest,
    PhaseShare,
    RuleBook,
)
from repsight.core.wording import listed, one_of
from repsight.spec_files.contradictions import contradictions, reference_problems
from repsight.spec_files.problems import Path, Problem
from repsight.spec_files.signal_text import NotASignal, signal_from_text, signal_text

__all__ = ["LISTS", "Plain", "from_plain", "to_plain"]

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain]"

#: Name in a file -> field of the rule book; each entry of these lists has an id.
LISTS: Final = {
    "rule": "rules", "variation": "variations", "moment": "moments", "metric": "metrics",
    "curve": "curves",
}  # fmt: skip
_EXPECTATIONS: Final[dict[str, type[object]]] = {
    "fixed": Fixed, "own_rest": OwnRest, "own_median": OwnMedian, "own_best": OwnBest,
    "balance": Balance,
}  # fmt: skip
_FROM: Final = {kind: name for name, kind in _EXPECTATIONS.items()}
_SIGNALS: Final = get_args(Signal)
_TOP: Final = ("id", "name", "recommended_view", "bar")
_CURVE: Final = ("id", "name", "signal")


def to_plain(spec: ExerciseSpec) -> dict[str, Plain]:
    """The exercise as TOML values, in the order in which it reads best."""
    book = spec.book
    kind = "cycle" if isinstance(spec.movement, Cycle) else "hold"
    whole = _fields_of(spec)
    plain: dict[str, Plain] = {name: whole[name] for name in _TOP if name in whole}
    plain |= {"never_claimed": list(book.never_claimed)} if book.never_claimed else {}
    plain[kind] = _encode(spec.movement)
    plain |= {name: whole[name] for name in ("posture", "signature") if name in whole}
    parts = _fields_of(book)
    plain |= {name: parts[part] for name, part in LISTS.items() if part in parts}
    if book.curves:
        plain["curve"] = [
            {"id": id_, "name": name, "signal": signal_text(signal)}
            for id_, name, signal in book.curves
        ]
    return plain


def _fields_of(value: object) -> dict[str, Plain]:
    """Fields that are not at their default."""
    return {
        one.name: _encode(getattr(value, one.name), one.name)
        for one in fields(cast("Any", value))
        if one.name not in {"curves", "movement", "book"}
        and not (one.default is not MISSING and getattr(value, one.name) == one.default)
    }


def _encode(value: object, name: str = "") -> Plain:
    if isinstance(value, _SIGNALS):
        return signal_text(cast("Signal", value))
    if type(value) in _FROM:
        return {"from": _FROM[type(value)], **_fields_of(value)}
    if is_dataclass(value):
        return _fields_of(value)
    if name == "view_sigma":
        return dict(cast("tuple[tuple[str, float], ...]", value))
    if isinstance(value, tuple):
        return [_encode(part) for part in cast("tuple[object, ...]", value)]
    return cast("Plain", value)


def from_plain(data: Mapping[str, object]) -> tuple[ExerciseSpec | None, list[Problem]]:
    """The exercise, or None with everything that is wrong with it."""
    reader = _Reader()
    values = dict(data)
    movement = reader.movement(values)
    lists = {name: reader.entries(name, values.pop(name, [])) for name in LISTS}
    never = reader.value(tuple[str, ...], values.pop("never_claimed", []), ("never_claimed",))
    head = reader.fields_of(ExerciseSpec, values, (), skip=frozenset({"movement", "book"}))
    problems = [*reader.problems, *reference_problems(data)]
    if problems or head is None:
        return None, problems
    book = RuleBook(
        **cast("Any", {part: tuple(lists[name]) for name, part in LISTS.items()}),
        never_claimed=cast("tuple[str, ...]", never),
    )
    return ExerciseSpec(**cast("Any", head), movement=cast("Any", movement), book=book), []


@dataclass(slots=True)
class _Reader:
    """Collects problems; what could not be read is None and read no further."""

    problems: list[Problem] = field(default_factory=list[Problem])

    def wrong(self, path: Path, what: str, wanted: str) -> None:
        self.problems.append(Problem(path, what, wanted))

    def movement(self, values: dict[str, object]) -> object:
        """The one of ``cycle`` and ``hold`` that is there."""
        given = [name for name in ("cycle", "hold") if name in values]
        if len(given) != 1:
            self.wrong((), f"it has {len(given) or 'no'} [cycle] or [hold].", "Wanted one of them.")
        kinds: dict[str, type[object]] = {"cycle": Cycle, "hold": Hold}
        read = [self.value(kinds[name], values.pop(name), (name,)) for name in given]
        return read[0] if read else None

    def entries(self, name: str, data: object) -> list[object]:
        """A list of tables, one of LISTS."""
        if not isinstance(data, list):
            self.wrong((name,), f"is {data!r}.", f"Wanted tables, each below [[{name}]].")
            return []
        parts = cast("list[object]", data)
        if name == "curve":
            return [self.curve(part, (name, i)) for i, part in enumerate(parts)]
        hints = get_type_hints(RuleBook)
        kind = get_args(hints[LISTS[name]])[0]
        return [self.value(kind, part, (name, i)) for i, part in enumerate(parts)]

    def curve(self, data: object, path: Path) -> object:
        table = self.table(data, path)
        if table is None:
            return None
        self.unknown(table, _CURVE, path)
        kinds: tuple[object, ...] = (str, str, Signal)
        return tuple(
            self.needed(kind, table, (*path, name))
            for kind, name in zip(kinds, _CURVE, strict=True)
        )

    def needed(self, kind: object, table: Mapping[str, object], path: Path) -> object:
        name = str(path[-1])
        if name in table:
            return self.value(kind, table[name], path)
        self.wrong(path[:-1], f"it has no {name}.", f"Wanted a line {name} = ...")
        return None

    def value(self, kind: object, data: object, path: Path) -> object:
        """``data`` read as one annotation of the specification."""
        if reader := _READERS.get(kind):
            return reader(self, data, path)
        if is_dataclass(kind):
            return self.instance(cast("type[object]", kind), data, path)
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is Literal:
            return self.literal(arguments, data, path)
        if origin is tuple:
            return self.sequence(arguments, data, path)
        return self.moment_at(data, path)

    def instance(self, kind: type[object], data: object, path: Path) -> object:
        table = self.table(data, path)
        values = None if table is None else self.fields_of(kind, table, path)
        if values is None:
            return None
        made = kind(**values)
        found = [Problem((*path, *p.path), p.what, p.wanted) for p in contradictions(made)]
        self.problems += found
        return made

    def fields_of(
        self,
        kind: type[object],
        table: Mapping[str, object],
        path: Path,
        *,
        skip: frozenset[str] = frozenset(),
    ) -> dict[str, object] | None:
        hints = get_type_hints(kind)
        known = [one for one in fields(cast("Any", kind)) if one.name not in skip]
        names = [one.name for one in known]
        self.unknown(table, (*names, *LISTS, "never_claimed") if not path else names, path)
        before = len(self.problems)
        values: dict[str, object] = {}
        missing: list[str] = []
        for one in known:
            if one.name in table:
                values[one.name] = self.value(hints[one.name], table[one.name], (*path, one.name))
            elif one.default is MISSING and one.default_factory is MISSING:
                missing.append(one.name)
        if missing:
            lines = ", ".join(f"{name} = ..." for name in missing)
            self.wrong(path, f"it has no {listed(missing)}.", f"Wanted: {lines}")
        return values if len(self.problems) == before else None

    def unknown(self, table: Mapping[str, object], known: Sequence[str], path: Path) -> None:
        for name in table:
            if name not in known:
                self.wrong((*path, name), f"there is no {name!r} here.", one_of(known, name))

    def table(self, data: object, path: Path) -> Mapping[str, object] | None:
        if isinstance(data, Mapping):
            return cast("Mapping[str, object]", data)
        self.wrong(path, f"is {data!r}.", "Wanted a table of name = value.")
        return None

    def signal(self, data: object, path: Path) -> object:
        text = self.text(data, path)
        if text is None:
            return None
        try:
            return signal_from_text(text)
        except NotASignal as problem:
            self.wrong(path, str(problem), "")
            return None

    def expectation(self, data: object, path: Path) -> object:
        table = self.table(data, path)
        if table is None:
            return None
        name = str(table.get("from", "fixed"))
        if name not in _EXPECTATIONS:
            self.wrong((*path, "from"), f"is {name!r}.", one_of(_EXPECTATIONS, name))
            return None
        rest = {key: value for key, value in table.items() if key != "from"}
        return self.instance(_EXPECTATIONS[name], rest, path)

    def moment_at(self, data: object, path: Path) -> object:
        """``turn``, a share of a phase, or a signal that crosses a level."""
        if isinstance(data, Mapping):
            table = cast("Mapping[str, object]", data)
            return self.instance(PhaseShare if "share" in table else Crossing, table, path)
        return self.literal(("start", "turn", "end"), data, path)

    def sequence(self, arguments: tuple[object, ...], data: object, path: Path) -> object:
        if get_origin(arguments[0]) is tuple:  # view_sigma: a table of numbers
            kinds = get_args(arguments[0])
            table = self.table(data, path) or {}
            return tuple(
                (self.literal(get_args(kinds[0]), key, (*path, key)),
                 self.number(value, (*path, key)))
                for key, value in table.items()
            )  # fmt: skip
        if not isinstance(data, list):
            self.wrong(path, f"is {data!r}.", "Wanted a list in [ ].")
            return None
        parts = cast("list[object]", data)
        if arguments[-1] is Ellipsis:
            return tuple(self.value(arguments[0], p, (*path, i)) for i, p in enumerate(parts))
        if len(parts) != len(arguments):
            self.wrong(path, f"has {len(parts)} values.", f"Wanted {len(arguments)}.")
            return None
        return tuple(self.number(p, (*path, i)) for i, p in enumerate(parts))

    def literal(self, allowed: tuple[object, ...], data: object, path: Path) -> object:
        if isinstance(data, str) and data in allowed:
            return data
        wanted = one_of([str(one) for one in allowed], str(data))
        self.wrong(path, f"is {data!r}.", wanted)
        return None

    def number(self, data: object, path: Path) -> float | None:
        if isinstance(data, int | float) and not isinstance(data, bool) and data == data:  # noqa: PLR0124 - NaN
            return float(data)
        self.wrong(path, f"is {data!r}.", "Wanted a number.")
        return None

    def text(self, data: object, path: Path) -> str | None:
        if isinstance(data, str):
            return data
        self.wrong(path, f"is {data!r}.", 'Wanted a text in "quotes".')
        return None

    def flag(self, data: object, path: Path) -> bool | None:
        if isinstance(data, bool):
            return data
        self.wrong(path, f"is {data!r}.", "Wanted true or false.")
        return None


_READERS: Final[dict[object, Callable[[_Reader, object, Path], object]]] = {
    Signal: _Reader.signal,
    Signal | None: _Reader.signal,
    Expectation: _Reader.expectation,
    float: _Reader.number,
    str: _Reader.text,
    bool: _Reader.flag,
}
