"""What a report says at each moment of the clip: running count, phase, messages.

Everything the video writes comes from here, and everything here comes from the report, so the
video cannot contradict it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf, isfinite
from typing import Final, Literal

from repsight.core.acts import act_noun
from repsight.core.report import ClipReport, Rep, SetReport, Verdict
from repsight.core.spec import ExerciseSpec
from repsight.core.subjects import subject_of
from repsight.video.wording import (
    finding_text,
    phase_names,
    plain,
    rejection_title,
    sentence,
)

__all__ = ["Message", "Shown", "Timeline", "counted_at_s"]

_SHORTEST_S: Final = 2.2
_LONGEST_S: Final = 4.5
_WORDS_PER_S: Final = 4.0
#: Joints are marked for as long as the posture is about the one that was found.
_MARKED_S: Final = 0.7
#: No more than this many messages at once; the newest stay, and all of one moment.
_MOST: Final = 2
_MOMENT_S: Final = 0.15


@dataclass(frozen=True, slots=True)
class Message:
    """Something to read from ``from_s`` until ``until_s``.

    ``joints`` are the names of landmarks to be marked until ``marked_until_s``, as in a verdict;
    ``about`` says which verdicts or movements replace each other.
    """

    kind: Literal["issue", "rejected"]
    title: str
    detail: str
    cue: str
    from_s: float
    until_s: float
    about: str
    joints: tuple[str, ...] = ()
    side: str = ""
    marked_until_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Shown:
    """All that is written into the picture at one moment.

    ``set_number`` counts from 1; 0 means that the clip has no set and there is no counter. Where
    a position is held, ``is_held``, the count is that of the seconds in it.
    """

    set_number: int
    set_count: int
    count: int
    rejected: int
    phase: str
    messages: tuple[Message, ...]
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class _SetTimes:
    """The moments of one set at which something changes, each sorted."""

    start_s: float
    end_s: float
    counted_s: tuple[float, ...]
    rejected_s: tuple[float, ...]
    phases: tuple[tuple[float, str], ...]
    held: tuple[tuple[float, float], ...]
    is_held: bool

    def count_at(self, t_s: float) -> int:
        """Repetitions, or full seconds in position, until then."""
        if self.is_held:
            times = (max(0.0, min(t_s, end_s) - start_s) for start_s, end_s in self.held)
            return int(sum(times) + 1e-6)
        return bisect_right(self.counted_s, t_s)


def counted_at_s(rep: Rep, spec: ExerciseSpec | None) -> float:
    """When a repetition counts: where its work is done.

    For movements whose work comes first (deadlift, press, curl) that is the turnaround, such as
    the lockout; for all others the end of the repetition.
    """
    if spec is not None and spec.concentric == "before":
        return rep.turn_s
    return rep.end_s


class Timeline:
    """A report by the clock of its clip, whose last frame is at ``last_s``."""

    def __init__(
        self,
        report: ClipReport,
        *,
        spec_of: Callable[[str], ExerciseSpec | None],
        last_s: float,
        half_frame_s: float = 0.0,
    ) -> None:
        self._sets: list[_SetTimes] = []
        messages: list[Message] = []
        for one in report.sets:
            spec = spec_of(one.exercise.id)
            self._sets.append(_set_times(one, spec, last_s))
            messages += _messages(one, spec, last_s=last_s, early_s=half_frame_s)
        self._messages = sorted(messages, key=lambda message: message.from_s)

    @property
    def phases(self) -> frozenset[str]:
        """Every phase name of the clip."""
        return frozenset(name for one in self._sets for _, name in one.phases)

    @property
    def messages(self) -> Sequence[Message]:
        """Every message of the clip in order of time."""
        return self._messages

    def at(self, t_s: float) -> Shown:
        """What is shown on the frame at ``t_s``."""
        live = [m for m in self._messages if m.from_s <= t_s <= m.until_s]
        number = max(1, bisect_right([one.start_s for one in self._sets], t_s))
        if not self._sets:
            return Shown(0, 0, 0, 0, "", ())
        current = self._sets[number - 1]
        return Shown(
            set_number=number,
            set_count=len(self._sets),
            count=current.count_at(t_s),
            rejected=bisect_right(current.rejected_s, t_s),
            phase=_phase(current, t_s),
            messages=_newest(live),
            is_held=current.is_held,
        )


def _newest(live: Sequence[Message]) -> tuple[Message, ...]:
    """The newest message about each thing, newest last, and never more than fit."""
    latest: dict[str, Message] = {}
    for message in live:
        latest.pop(message.about, None)
        latest[message.about] = message
    kept = list(latest.values())
    started = kept[-1].from_s if kept else 0.0
    together = sum(message.from_s >= started - _MOMENT_S for message in kept)
    return tuple(kept[-max(_MOST, together) :])


def _phase(current: _SetTimes, t_s: float) -> str:
    place = bisect_right([from_s for from_s, _ in current.phases], t_s)
    return current.phases[place - 1][1] if place else ""


def _set_times(one: SetReport, spec: ExerciseSpec | None, last_s: float) -> _SetTimes:
    return _SetTimes(
        one.start_s,
        one.end_s,
        tuple(sorted(min(counted_at_s(rep, spec), last_s) for rep in one.reps)),
        tuple(sorted(min(rejected.end_s, last_s) for rejected in one.rejected)),
        _spells(one) if one.counts == "holds" else _phases(one, phase_names(spec)),
        tuple((held.start_s, held.end_s) for held in one.holds),
        one.counts == "holds",
    )


def _phases(one: SetReport, names: tuple[str, str, str, str]) -> tuple[tuple[float, str], ...]:
    """When each phase begins; before the set the lifter is at rest."""
    rest, out, turn, back = names
    marks: list[tuple[float, str]] = [(-inf, rest)]
    for rep in sorted(one.reps, key=lambda rep: rep.start_s):
        marks += [
            (rep.start_s, out), (rep.turn_start_s, turn), (rep.turn_end_s, back), (rep.end_s, rest),
        ]  # fmt: skip
    return tuple(sorted(marks, key=lambda mark: mark[0]))


def _spells(one: SetReport) -> tuple[tuple[float, str], ...]:
    """In position, and the breaks between."""
    marks: list[tuple[float, str]] = [(-inf, "Ready")]
    for held in one.holds:
        marks += [(held.start_s, "Hold"), (held.end_s, "Break")]
    if one.holds:
        marks[-1] = (one.holds[-1].end_s, "Done")
    return tuple(marks)


def _messages(
    one: SetReport, spec: ExerciseSpec | None, *, last_s: float, early_s: float
) -> list[Message]:
    issues = [v for v in one.verdicts if v.outcome == "issue" and isfinite(v.t_s)]
    noun = act_noun(one).capitalize()
    found = [
        _issue(v, subject_of(v.rule, spec), noun=noun, last_s=last_s, early_s=early_s)
        for v in issues
    ]
    for rejected in one.rejected:
        title = plain(rejection_title(rejected))
        detail = sentence(rejected.explanation)
        from_s = min(rejected.end_s, last_s)
        until_s = from_s + _reading_s(title, detail)
        found.append(Message("rejected", title, detail, "", from_s, until_s, "rejected"))
    return found


def _issue(verdict: Verdict, subject: str, *, noun: str, last_s: float, early_s: float) -> Message:
    """A frame of a slow camera may lie just before the moment it shows: half a frame early."""
    title = plain(f"{noun} {verdict.rep}: {verdict.title}" if verdict.rep else verdict.title)
    detail, cue = plain(finding_text(verdict, subject)), plain(verdict.cue)
    from_s = min(verdict.t_s - early_s, last_s)
    until_s = verdict.t_s + _reading_s(title, detail, cue)
    about = f"{verdict.rule} {verdict.side} {'rep' if verdict.rep else 'set'}"
    return Message(
        "issue", title, detail, cue, from_s, until_s, about, verdict.joints, verdict.side,
        verdict.t_s + _MARKED_S,
    )  # fmt: skip


def _reading_s(*texts: str) -> float:
    words = sum(len(text.split()) for text in texts)
    return min(max(_SHORTEST_S, words / _WORDS_PER_S), _LONGEST_S)
