"""Print the catalog as Markdown: ``python docs/show_exercises.py``."""

from __future__ import annotations

import math

from repsight.core.spec import Balance, ExerciseSpec, OwnBest, OwnMedian, OwnRest, Rule
from repsight.exercises import catalog


def number(value: float) -> str:
    """Plain figures: no trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def band(low: float, high: float, unit: str) -> str:
    """A band in words."""
    if math.isinf(low) and math.isinf(high):
        return "any value"
    if math.isinf(low):
        return f"at most {number(high)} {unit}"
    if math.isinf(high):
        return f"at least {number(low)} {unit}"
    return f"{number(low)} to {number(high)} {unit}"


def expectation(rule: Rule) -> str:
    """What a rule compares with."""
    limits = band(rule.expected.low, rule.expected.high, rule.unit)
    match rule.expected:
        case OwnRest():
            return f"own value at rest, {limits} off"
        case OwnMedian():
            return f"own median of the set, {limits} off"
        case OwnBest():
            return f"own best value of the set, {limits} off"
        case Balance():
            return f"lean that balances this body, {limits} off"
        case _:
            return limits


def row(*cells: str) -> str:
    """One line of a table."""
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def section(spec: ExerciseSpec) -> list[str]:
    """One exercise."""
    lines = [f"## {spec.name} (`{spec.id}`)", "", f"Film it from: {spec.recommended_view}."]
    if spec.book.rules:
        lines += ["", row("issue", "expected", "cue", "seen from", "source"), row(*["---"] * 5)]
        lines += [
            row(f"{r.title} (`{r.id}`)", expectation(r), r.cue, ", ".join(r.views), r.source)
            for r in spec.book.rules
        ]
    if spec.book.variations:
        names = ", ".join(f"{v.name} (`{v.id}`)" for v in spec.book.variations)
        lines += ["", f"Variations, never faults: {names}."]
    if spec.book.moments:
        lines += ["", f"Key moments: {', '.join(m.name for m in spec.book.moments)}."]
    if spec.book.metrics:
        lines += ["", f"Measured in every rep: {', '.join(m.name for m in spec.book.metrics)}."]
    if spec.book.never_claimed:
        lines += ["", f"Never claimed from one camera: {', '.join(spec.book.never_claimed)}."]
    return lines


def main() -> None:
    """Print every exercise."""
    for spec in catalog().values():
        print("\n".join([*section(spec), ""]))


if __name__ == "__main__":
    main()
