"""Print what the README says of accuracy: ``python docs/show_accuracy.py``.

The rows are those of docs/accuracy.md that answer a newcomer's questions, misses included; all the
others stay there.
"""

from __future__ import annotations

from pathlib import Path

#: Title of a row in docs/accuracy.md -> how a newcomer would say it.
HEADLINES = {
    "all clips, exercise given: exact": "real clips, exercise given: counted exactly",
    "all clips, automatic: exact": "the same, exercise found by itself: counted exactly",
    "all clips, automatic: within one": "the same: off by one at most",
    "no exercise, automatic: clips without a repetition": "clips of no exercise: nothing counted",
    "known from unknown (area under the curve)": "known from unknown (area under the curve)",
    "Repsight: within one repetition": "movements of any kind, never named: off by one at most",
    "knee, side on, absolute": "knee angle from the side, degrees off",
    "trunk, side on, absolute": "trunk angle from the side, degrees off",
    "declared faults found": "faults that the digital athlete shows: found",
    "balanced sets with any false flag": "sound sets of varied bodies: wrongly flagged",
    "clip to report and page: wall s per second of video": "a report's time, s per s of video",
    "clip to report and page: processor time / MediaPipe's": "its processor time / MediaPipe's",
    "clip to report and page: peak memory, MB": "its memory, MB",
}
_CELLS = 5


def headlines(text: str) -> list[str]:
    """One table row for each of ``HEADLINES``; KeyError if the page lacks one."""
    rows = {row[0]: row[1:] for row in map(_cells, text.splitlines()) if len(row) == _CELLS}
    return [f"| {said} | {' | '.join(rows[title])} |" for title, said in HEADLINES.items()]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []


def main() -> None:
    """Print the table."""
    page = Path(__file__).with_name("accuracy.md").read_text(encoding="utf-8")
    print("| what | mark | measured | n | 95 % interval |")
    print("| --- | --- | --- | --- | --- |")
    print("\n".join(headlines(page)))


if __name__ == "__main__":
    main()
