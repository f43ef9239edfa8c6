"""Who may import whom: the contracts of pyproject.toml, and the finer rules beside them."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import Module

PURE = {"core", "exercises"}
IMPURE = {
    "PIL", "asyncio", "av", "cv2", "datetime", "io", "jinja2", "logging", "onnxruntime", "os",
    "pathlib", "pydantic", "random", "rich", "socket", "subprocess", "tempfile", "threading",
    "time", "torch", "typer",
}  # fmt: skip
WITHOUT_PIXELS = {"coach", "events_io", "live", "readiness", "store"}
PIXELS = {"PIL", "av", "cv2", "repsight.video", "repsight.pages"}
MAY_DRAW_THE_ATHLETE = {
    "repsight.app.demo",
    "repsight.app.still_figure", "repsight.app.technique",
    "repsight.app.own_rep",
}  # fmt: skip
#: Opens the port that the web app listens on; it calls nobody.
LISTENS = {"repsight.cli.phones", "repsight.cli.serve"}
#: Asks the language model that somebody chose, on this machine unless they agreed to another.
ASKS_A_MODEL = {"repsight.coach.writers.http_chat"}
TELEMETRY_SWITCH = "ORT_DISABLE_TELEMETRY"
DYNAMIC = {"__import__", "eval", "exec", "open"}


def _imports_any(module: Module, roots: set[str]) -> set[str]:
    return {
        name
        for name in module.imports()
        if any(name == root or name.startswith(f"{root}.") for root in roots)
    }


def _offenders(modules: list[Module], roots: set[str]) -> dict[str, set[str]]:
    found = {module.name: _imports_any(module, roots) for module in modules}
    return {name: imports for name, imports in found.items() if imports}


def test_the_import_contracts_are_kept(repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=repository, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_core_and_exercises_never_import_anything_with_effects(
    modules: list[Module],
) -> None:
    assert not _offenders([m for m in modules if m.package in PURE], IMPURE)


def test_core_and_exercises_open_and_evaluate_nothing(modules: list[Module]) -> None:
    calls = [
        f"{module.name}:{node.lineno} {node.func.id}"
        for module in modules
        if module.package in PURE
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in DYNAMIC
    ]
    assert not calls


def test_modules_that_store_or_send_cannot_reach_pixels(modules: list[Module]) -> None:
    assert not _offenders([m for m in modules if m.package in WITHOUT_PIXELS], PIXELS)


def test_only_the_demo_and_the_loops_use_the_athlete(modules: list[Module]) -> None:
    others = [
        module
        for module in modules
        if module.package not in {"athlete", "testing"} and module.name not in MAY_DRAW_THE_ATHLETE
    ]
    assert not _offenders(others, {"repsight.athlete", "repsight.testing"})


def test_only_the_command_line_knows_typer_and_rich(modules: list[Module]) -> None:
    others = [m for m in modules if m.package != "cli" and m.name != "repsight.__main__"]
    assert not _offenders(others, {"typer", "rich", "click"})


def test_nothing_in_the_package_speaks_to_a_network(modules: list[Module]) -> None:
    network = {"aiohttp", "ftplib", "http", "httpx", "requests", "socket", "urllib.request"}
    others = [module for module in modules if module.name not in LISTENS | ASKS_A_MODEL]
    assert not _offenders(others, network)


def test_only_config_reads_the_environment(modules: list[Module]) -> None:
    readers = [
        f"{module.name}:{node.lineno}"
        for module in modules
        if module.name != "repsight.config"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
        # Setting a switch of a library before it is imported is not reading.
        if f'os.environ["{TELEMETRY_SWITCH}"] =' not in module.text.splitlines()[node.lineno - 1]
    ]
    assert not readers


def test_nothing_in_the_package_prints(modules: list[Module]) -> None:
    prints = [
        f"{module.name}:{node.lineno}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert not prints
