"""What the package offers is what it says it offers."""

from __future__ import annotations

import ast
import json
import subprocess
import sys

from tests.architecture.source import Module


def _declared(module: Module) -> list[str] | None:
    for node in module.tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(t, ast.Name) and t.id == "__all__" for t in targets) and node.value:
                return [str(name) for name in ast.literal_eval(node.value)]
    return None


def _defined(module: Module) -> set[str]:
    """Public names that a reader would find defined in the file."""
    names: set[str] = set()
    for node in module.tree.body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names.add(node.name)
            case ast.Assign():
                names.update(t.id for t in node.targets if isinstance(t, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case _:
                pass
    return {name for name in names if not name.startswith("_")}


def _definitions(module: Module) -> dict[str, ast.AST]:
    return {
        node.name: node
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }


def _is_package(module: Module) -> bool:
    return module.path.name == "__init__.py"


def test_all_names_exactly_what_a_module_defines_for_others(modules: list[Module]) -> None:
    wrong = {
        module.name: sorted(set(_declared(module) or []) ^ _defined(module))
        for module in modules
        if module.is_public and not _is_package(module) and module.name != "repsight.__main__"
        if set(_declared(module) or []) != _defined(module)
    }
    assert not wrong


def test_all_has_no_doubles(modules: list[Module]) -> None:
    declared = {module.name: _declared(module) or [] for module in modules}
    assert not [name for name, names in declared.items() if len(names) != len(set(names))]


def test_every_public_module_and_name_has_a_docstring(modules: list[Module]) -> None:
    missing = [m.name for m in modules if m.is_public and not ast.get_docstring(m.tree)]
    for module in modules:
        declared = set(_declared(module) or []) if module.is_public else set()
        missing += [
            f"{module.name}.{name}"
            for name, node in _definitions(module).items()
            if name in declared and not ast.get_docstring(node)  # pyright: ignore[reportArgumentType] - the three kinds have docstrings
        ]
    assert not missing


def _fresh_python(code: str) -> list[list[str]]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_importing_repsight_brings_numpy_and_nothing_else_from_outside() -> None:
    code = """
import json, sys
before = set(sys.modules)
import numpy
numpy_brings = set(sys.modules)
import repsight
new = {name.partition(".")[0] for name in set(sys.modules) - before - numpy_brings}
print(json.dumps([sorted(new - set(sys.stdlib_module_names) - {"numpy", "repsight"})]))
"""
    assert _fresh_python(code) == [[]]


def test_the_package_offers_what_all_says() -> None:
    code = """
import json, repsight
names = {name for name in dir(repsight) if not name.startswith("_")}
import types
modules = {n for n in names if isinstance(getattr(repsight, n), types.ModuleType)}
print(json.dumps([sorted(repsight.__all__), sorted(names - modules)]))
"""
    offered, visible = _fresh_python(code)
    assert {"ExerciseSpec", "SetEngine", "__version__", "analyze"} <= set(offered)
    assert not set(visible) - set(offered) - {"annotations", "TYPE_CHECKING"}


def _dataclass_of(node: ast.ClassDef) -> str:
    return next((d for d in map(ast.unparse, node.decorator_list) if "dataclass" in d), "")


def _has_methods(node: ast.ClassDef) -> bool:
    return any(isinstance(part, ast.FunctionDef) and part.name[0] != "_" for part in node.body)


def test_values_of_the_core_are_frozen_and_slotted(modules: list[Module]) -> None:
    classes = [
        (f"{module.name}.{node.name}", _dataclass_of(node), _has_methods(node))
        for module in modules
        if module.package in {"core", "exercises"}
        for node in module.tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    # A machine with methods may have state; a value may not.
    assert not [
        name
        for name, decorator, has_methods in classes
        if decorator
        if "slots=True" not in decorator or not (has_methods or "frozen=True" in decorator)
    ]
