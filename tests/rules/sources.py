"""Our source files as syntax trees, for the rules that a linter cannot say."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "dashboard"


@cache
def modules() -> dict[str, ast.Module]:
    """Return each module's tree by its path from the root, `dashboard/query.py`."""
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def page_modules() -> dict[str, ast.Module]:
    """Return the modules of the page, `dashboard/app/`."""
    return {path: tree for path, tree in modules().items() if path.startswith("dashboard/app/")}


def walk(kind: type[ast.AST], trees: dict[str, ast.Module]) -> Iterator[tuple[str, ast.AST]]:
    """Go through all nodes of one kind, each with `path:line`."""
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, kind):
                yield f"{path}:{getattr(node, 'lineno', 1)}", node


def docstrings(tree: ast.Module) -> set[int]:
    """Return the identities of the constants that are docstrings."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, owners) and node.body and isinstance(node.body[0], ast.Expr)
    }
