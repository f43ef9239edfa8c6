"""The repository speaks of the project only, and its locks say what its metadata says."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

TEXT = {
    "", ".cfg", ".css", ".csv", ".html", ".j2", ".js", ".json", ".md", ".py", ".sh", ".svg",
    ".toml", ".txt", ".yaml", ".yml",
}  # fmt: skip
MACHINE_PATH = re.compile(r"(?<![\w.~<])/(?:home|root|tmp|work|Users|opt)/\w")
ELSEWHERE = re.compile(r"\b(?:FIELD|STYLE|DESIGN|PEERS|PLATFORM|DATA|POSE)(?:\.md| \d+\.\d)")
REGISTRY = re.compile(r"(?:pypi\.org|pythonhosted\.org|registry\.npmjs|npmjs\.com|deb\.debian)")
# The lookbehind keeps `noqa` in prose and in this pattern from matching itself.
BARE_IGNORE = re.compile(
    r"(?:[#]\s*noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?"
    r"|[#]\s*(?:type|pyright):\s*ignore(?:\[[\w, -]+\])?)\s*$"
)


@pytest.fixture(scope="module")
def tracked(repository: Path) -> list[Path]:
    """Text files under version control."""
    if not (repository / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=repository, capture_output=True, text=True, check=True
    )
    paths = [repository / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.suffix in TEXT and path.is_file()]


def _matches(paths: list[Path], pattern: re.Pattern[str], root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)}:{number} {line.strip()[:80]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_path_of_somebodys_machine(tracked: list[Path], repository: Path) -> None:
    assert not _matches(tracked, MACHINE_PATH, repository)


def test_no_file_points_at_papers_that_are_not_here(tracked: list[Path], repository: Path) -> None:
    here = Path(__file__)
    assert not _matches([p for p in tracked if p != here], ELSEWHERE, repository)


def test_no_file_names_a_package_registry(tracked: list[Path], repository: Path) -> None:
    here = Path(__file__)
    assert not _matches([p for p in tracked if p != here], REGISTRY, repository)


def test_every_silenced_check_says_why(tracked: list[Path], repository: Path) -> None:
    assert not _matches([p for p in tracked if p.suffix == ".py"], BARE_IGNORE, repository)


def test_large_files_and_clips_stay_outside(tracked: list[Path], repository: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=repository, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    own = ("src/repsight/recognize/weights/", "training/router/folds/")  # trained here, and small
    outside = {".mp4", ".mov", ".webm", ".onnx", ".task"}
    clips = [n for n in listed if Path(n).suffix in outside and not n.startswith(own)]
    large = [n for n in listed if (repository / n).is_file()
             and (repository / n).stat().st_size > 600_000]  # fmt: skip
    assert tracked
    assert not clips + large


def _names(requirements: list[str]) -> set[str]:
    found = {re.match(r"[\w.-]+", text) for text in requirements}
    return {match.group().lower().replace("_", "-") for match in found if match}


def test_the_locks_hold_everything_the_metadata_asks_for(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    run = project["project"]["dependencies"]
    for extra in ("analyze", "web"):
        run += project["project"]["optional-dependencies"][extra]
    groups = project["dependency-groups"]
    test = run + [r for name in ("build", "test") for r in groups[name] if isinstance(r, str)]
    for lock, asked in (("run.txt", run), ("test.txt", test)):
        text = (repository / "requirements" / lock).read_text(encoding="utf-8")
        pinned = _names(re.findall(r"^[\w.-]+(?===)", text, re.MULTILINE))
        assert _names(asked) <= pinned, f"run bin/lock: requirements/{lock} is behind"


def test_every_lock_line_is_pinned_by_hash(repository: Path) -> None:
    for lock in (repository / "requirements").glob("*.txt"):
        text = lock.read_text(encoding="utf-8")
        entries = re.findall(r"^[\w.-]+==[^\n]*\n(?:    [^\n]*\n)*", text, re.MULTILINE)
        assert entries
        assert all("--hash=sha256:" in entry for entry in entries)
        assert "://" not in text


def test_ci_runs_the_readme_command(repository: Path) -> None:
    assert 'exec "$(dirname "$0")/../bin/test"' in (repository / ".ci/run").read_text()
    readme = (repository / "README.md").read_text(encoding="utf-8")
    assert "bin/test" in readme
    assert "bin/repsight analyze" in readme


@pytest.mark.parametrize("command", ["bin/repsight", "bin/test", "bin/lock", ".ci/run"])
def test_commands_are_executable_and_plain_shell(repository: Path, command: str) -> None:
    script = repository / command
    assert script.stat().st_mode & 0o100
    checked = subprocess.run(["sh", "-n", str(script)], capture_output=True, check=False)
    assert checked.returncode == 0
