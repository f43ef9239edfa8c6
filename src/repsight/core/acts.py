"""What a set is made of, whether repeated or held, in one shape and with the right word for it."""

from __future__ import annotations

from math import nan

from repsight.core.report import Held, Rep, SetReport

__all__ = ["act_noun", "acts_of", "count_words", "has_phases", "side_words"]


def acts_of(seen: SetReport) -> tuple[Rep, ...]:
    """The repetitions, or the holds as repetitions that are all turnaround."""
    return seen.reps or tuple(_as_rep(held) for held in seen.holds)


def _as_rep(held: Held) -> Rep:
    return Rep(
        number=held.number,
        start_s=held.start_s,
        turn_s=(held.start_s + held.end_s) / 2,
        end_s=held.end_s,
        turn_start_s=held.start_s,
        turn_end_s=held.end_s,
        eccentric_s=nan,
        pause_s=held.end_s - held.start_s,
        concentric_s=nan,
        range_share=nan,
        start_seen=True,
        end_seen=True,
        metrics=held.metrics,
        moments=held.moments,
    )


def has_phases(seen: SetReport) -> bool:
    """Whether lowering, pause and lifting can be told apart: repetitions of a known exercise."""
    return seen.exercise.is_known and seen.counts == "reps"


def act_noun(seen: SetReport) -> str:
    """``rep`` or ``hold``: what the numbers in the verdicts of this set count."""
    return "hold" if seen.counts == "holds" else "rep"


def count_words(seen: SetReport) -> str:
    """``8 reps``, ``8 reps (4 left, 4 right)``, ``31 s in 2 holds``, ``no hold``."""
    if seen.counts == "holds":
        many = len(seen.holds)
        where = f" in {many} holds" if many > 1 else ""
        return f"{seen.held_s:.0f} s{where}" if many else "no hold"
    sides = side_words(seen)
    reps = "1 rep" if seen.rep_count == 1 else f"{seen.rep_count} reps"
    return f"{reps} ({sides})" if sides else reps


def side_words(seen: SetReport) -> str:
    """``4 left, 3 right and 1 with both``; empty where no side can be told from the other."""
    left, right = (seen.side_counts.get(side, 0) for side in ("left", "right"))
    both = seen.side_counts.get("both", 0)
    if not left + right:
        return ""
    text = ", ".join(f"{n} {side}" for n, side in ((left, "left"), (right, "right")) if n)
    return f"{text} and {both} with both" if both else text
