"""Print the rows of docs/accuracy.md that have a mark: ``python docs/show_accuracy.py``."""

from __future__ import annotations

from pathlib import Path

COLUMNS = 5


def marked_rows(text: str) -> list[str]:
    """Rows with a mark of the tables that have such a column, with their section before them."""
    rows: list[str] = []
    section = ""
    has_marks = False
    for line in text.splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ")
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        is_row = line.startswith("|") and len(cells) == COLUMNS
        has_marks = is_row and (has_marks or cells[1] == "mark")
        if has_marks and cells[1] != "mark" and set(cells[1]) - set("-: "):
            rows.append(f"| {section} | {' | '.join(cells)} |")
    return rows


def main() -> None:
    """Print one table for the README."""
    rows = marked_rows(Path(__file__).with_name("accuracy.md").read_text(encoding="utf-8"))
    print("| where | what | mark | measured | n | 95 % interval |")
    print("| --- | --- | --- | --- | --- | --- |")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
