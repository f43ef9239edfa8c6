"""Small functions, small modules, names that say something."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from statistics import median

from tests.architecture.source import Module

LONGEST_FUNCTION = 60
LONGEST_MODULE = 400
MEDIAN_FUNCTION = 12
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_function_is_longer_than_sixty_lines(modules: list[Module]) -> None:
    long = {
        f"{module.name}.{function.name}": _lines(function)
        for module in modules
        for function in _functions(module.tree)
        if _lines(function) > LONGEST_FUNCTION
    }
    assert not long


def test_no_module_is_longer_than_four_hundred_lines(modules: list[Module]) -> None:
    counts = {module.name: module.text.count("\n") for module in modules}
    assert not {name: count for name, count in counts.items() if count > LONGEST_MODULE}


def test_functions_are_short_at_the_median(modules: list[Module]) -> None:
    lengths = [_lines(function) for module in modules for function in _functions(module.tree)]
    assert median(lengths) <= MEDIAN_FUNCTION


def test_no_module_has_an_empty_name(modules: list[Module]) -> None:
    empty = [m.name for m in modules if EMPTY_NAMES & set(m.name.split(".")[-1].split("_"))]
    assert not empty


def test_every_exception_is_named_and_chained(modules: list[Module]) -> None:
    bare = [
        f"{module.name}:{node.lineno}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert not bare
