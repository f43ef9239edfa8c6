"""The documents are complete, current, and their links lead somewhere."""

from __future__ import annotations

import ast
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from repsight.exercises import catalog

LINK = re.compile(r"(?<!\!)\[[^\]]*\]\((?P<target>[^)\s]+)\)")
PICTURE = re.compile(r"!\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)")
PYTHON = re.compile(r"```python\n(?P<code>.*?)```", re.DOTALL)
GENERATED = re.compile(r"<!-- begin generated: (?P<command>[^\n]+?) -->")


@pytest.fixture(scope="module")
def documents(repository: Path) -> dict[str, str]:
    """Every Markdown document of the project by its path."""
    paths = [*repository.glob("*.md"), *(repository / "docs").rglob("*.md")]
    return {p.relative_to(repository).as_posix(): p.read_text(encoding="utf-8") for p in paths}


def _heading_ids(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


def test_every_link_leads_somewhere(documents: dict[str, str], repository: Path) -> None:
    broken: list[str] = []
    for name, text in documents.items():
        for match in [*LINK.finditer(text), *PICTURE.finditer(text)]:
            target, _, heading = match["target"].partition("#")
            if "://" in target:
                continue
            file = (repository / name).parent / target if target else repository / name
            if not file.exists() or (
                heading and heading not in _heading_ids(file.read_text(encoding="utf-8"))
            ):
                broken.append(f"{name}: {match['target']}")
    assert not broken


def test_every_picture_is_described(documents: dict[str, str]) -> None:
    for name, text in documents.items():
        assert all(match["text"].strip() for match in PICTURE.finditer(text)), name


def test_generated_pages_are_current(repository: Path) -> None:
    pages = [*(f"docs/{name}.md" for name in ("cli", "exercises", "report")), "README.md"]
    done = subprocess.run(
        [sys.executable, "docs/refresh.py", *pages, "--only", "docs/show_", "--check"],
        cwd=repository, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"run: python docs/refresh.py {' '.join(pages)}\n{done.stderr}"


def test_every_generated_block_is_closed_and_names_a_command_that_exists(
    documents: dict[str, str], repository: Path
) -> None:
    for name, text in documents.items():
        if name == "CONTRIBUTING.md":
            continue
        assert text.count("begin generated: ") == text.count("end generated -->"), name
        for match in GENERATED.finditer(text):
            words = match["command"].split()
            file = Path(words[2].replace(".", "/") + ".py") if words[1] == "-m" else Path(words[1])
            assert (repository / file).is_file(), f"{name}: {match['command']}"


def test_every_exercise_and_every_rule_is_documented(documents: dict[str, str]) -> None:
    page = documents["docs/exercises.md"]
    for spec in catalog().values():
        wanted = [spec.id, *(rule.id for rule in spec.book.rules)]
        assert not [name for name in wanted if f"`{name}`" not in page]


def test_every_option_of_the_command_line_is_documented(
    documents: dict[str, str], repository: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "repsight", "analyze", "--help"],
        cwd=repository, capture_output=True, text=True, check=True,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200"},
    )  # fmt: skip
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", done.stdout))
    assert {"--exercise", "--out", "--pose"} <= options
    assert not {option for option in options if option not in documents["docs/cli.md"]} - {"--help"}


def test_python_in_documents_imports_what_exists(documents: dict[str, str]) -> None:
    for name, text in documents.items():
        for block in PYTHON.finditer(text):
            for node in ast.walk(ast.parse(block["code"])):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("repsight"):
                    module = importlib.import_module(node.module or "")
                    missing = [a.name for a in node.names if not hasattr(module, a.name)]
                    assert not missing, f"{name}: {node.module}"


def test_every_document_is_in_the_index(documents: dict[str, str]) -> None:
    index = documents["docs/index.md"]
    pages = [Path(name).name for name in documents if Path(name).parent == Path("docs")]
    assert not [page for page in pages if page != "index.md" and f"({page})" not in index]


def test_decisions_are_numbered_without_holes(repository: Path) -> None:
    records = sorted(path.name for path in (repository / "docs" / "adr").glob("*.md"))
    assert [int(name[:4]) for name in records] == list(range(1, len(records) + 1))


def test_every_setting_of_the_environment_is_documented(repository: Path) -> None:
    config = (repository / "src/repsight/config.py").read_text(encoding="utf-8")
    read = re.findall(r'"(REPSIGHT_\w+)"', config)
    told = (repository / "docs" / "cli.md").read_text(encoding="utf-8")
    assert sorted(set(read)) == sorted(re.findall(r"^\| `(REPSIGHT_\w+)`", told, re.MULTILINE))
