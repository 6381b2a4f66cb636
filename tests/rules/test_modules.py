"""Modules: small, documented, well named, and without effects when imported."""

import ast
import importlib
import pkgutil

import narwhals as nw
import pandas as pd
import pytest

import dashboard
from tests.rules.sources import PACKAGE, ROOT, modules, walk

pytestmark = pytest.mark.rules

LINES = 300
VAGUE = {"df", "data", "tmp", "temp", "util", "utils", "helper", "helpers", "manager"}
# What a module may hold at its top: imports, definitions, constants, its docstring.
PLAIN = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
# Calls that read, connect or build something heavy: not while a module is imported.
EFFECTS = {
    *("open", "read_text", "read_bytes", "read_csv", "read_parquet", "load", "environ", "getenv"),
    *("DataFrame", "Series", "Dash", "create_app", "connect", "Thread", "urlopen", "print"),
}


def test_no_module_is_longer_than_one_sitting():
    lengths = {
        path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in modules()
    }
    assert {path: lines for path, lines in lengths.items() if lines > LINES} == {}


def test_every_public_function_and_class_says_what_it_is():
    silent = []
    for path, tree in modules().items():
        if tree.body and not ast.get_docstring(tree):
            silent.append(path)
        for owner in [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]:
            if isinstance(owner, ast.ClassDef) and owner.name.startswith("_"):
                continue
            silent += [
                f"{path}:{node.lineno} {node.name}"
                for node in owner.body
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ]
    assert silent == []


def test_no_module_or_variable_has_a_vague_name():
    # A keyword argument, an attribute and a key may be called `data`: there plotly decides.
    vague = [path for path in modules() if path.rsplit("/", 1)[-1].removesuffix(".py") in VAGUE]
    vague += [
        place
        for place, node in walk(ast.Name, modules())
        if node.id in VAGUE and isinstance(node.ctx, ast.Store)
    ]
    vague += [place for place, node in walk(ast.arg, modules()) if node.arg in VAGUE]
    assert vague == []


def test_importing_a_module_does_nothing():
    effects = []
    for path, tree in modules().items():
        for number, node in enumerate(tree.body):
            if number == 0 and isinstance(node, ast.Expr):
                continue
            if not (isinstance(node, PLAIN) or _is_guard(node)):
                effects.append(f"{path}:{node.lineno}")
            if isinstance(node, ast.Assign | ast.AnnAssign):
                effects += [f"{path}:{node.lineno}"] if _has_effect(node) else []
    assert effects == []


def _is_guard(node: ast.stmt) -> bool:
    guards = ("TYPE_CHECKING", "__name__ == '__main__'")
    return isinstance(node, ast.If) and ast.unparse(node.test) in guards


def _has_effect(node: ast.Assign | ast.AnnAssign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    if not all(isinstance(target, ast.Name | ast.Tuple) for target in targets):
        return True
    called = (part.func for part in ast.walk(node) if isinstance(part, ast.Call))
    return any(getattr(name, "attr", getattr(name, "id", "")) in EFFECTS for name in called)


def test_no_module_holds_a_table():
    held = []
    for found in pkgutil.walk_packages(dashboard.__path__, "dashboard."):
        module = importlib.import_module(found.name)
        held += [
            f"{found.name}.{name}"
            for name, value in vars(module).items()
            if isinstance(value, pd.DataFrame | pd.Series | nw.DataFrame | nw.LazyFrame)
        ]
    assert held == []


def test_no_error_is_caught_blindly():
    blind = [
        place
        for place, node in walk(ast.ExceptHandler, modules())
        if (node.type is None or {"Exception", "BaseException"} & _names(node.type))
        and not _raises_again(node)
    ]
    assert blind == []


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def test_our_errors_are_caught_only_where_they_are_shown():
    ours = {"DashboardError", "TableError", "SelectionError", "ExportError", "ServeError"}
    # A link and a file of ours are read piece by piece: there, "not understood" is an answer.
    allowed = ("dashboard/cli.py", "dashboard/commands/", "dashboard/app/")
    allowed += ("dashboard/selection.py", "dashboard/export/")
    allowed += ("dashboard/readers/package.py",)
    caught = [
        place
        for place, node in walk(ast.ExceptHandler, modules())
        if node.type is not None and ours & _names(node.type) and not place.startswith(allowed)
    ]
    assert caught == []


def test_the_rules_look_at_our_modules():
    assert "dashboard/query/__init__.py" in modules()
    assert (PACKAGE / "query" / "__init__.py").is_file()
