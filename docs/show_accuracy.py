"""Print the rows of docs/accuracy.md that have a mark: ``python docs/show_accuracy.py``."""

from __future__ import annotations

from pathlib import Path

COLUMNS = 5


def marked_rows(text: str) -> list[str]:
    """Table rows whose second cell, the mark, is not empty."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = {line: [cell.strip() for cell in line.strip("|").split("|")] for line in lines}
    return [
        line
        for line, parts in cells.items()
        if len(parts) == COLUMNS and parts[1] and parts[1] != "mark" and set(parts[1]) - set("-:")
    ]


def main() -> None:
    """Print one table for the README."""
    rows = marked_rows(Path(__file__).with_name("accuracy.md").read_text(encoding="utf-8"))
    print("| what | mark | measured | n | 95 % interval |")
    print("| --- | --- | --- | --- | --- |")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
