"""Expressions that one of the engines lacks, or answers otherwise: no question uses them."""

from __future__ import annotations

import ast

import pytest

from tests.rules.sources import modules

pytestmark = pytest.mark.rules

# What is left out, and why. Found on DuckDB, Spark, and ClickHouse through Ibis.
BANNED = {
    "truncate": "no engine but pandas cuts to weeks; group by month or day",
    "weekday": "engines begin the week on different days",
    "top_k": "fails on a DuckDB connection of one's own; sort and take the head",
    "unpivot": "fails on a DuckDB connection of one's own",
    "join_asof": "fails on a DuckDB connection of one's own",
    "unique": "numbers the rows of each value on DuckDB, three times dearer; group and count",
    "n_unique": "counts an unknown value on some engines; group and count",
    "with_row_index": "numbers all rows of a table that has no order",
    "tail": "there is no last row without an order",
    "gather_every": "there is no order to gather by",
    "mode": "ties are settled by chance; count and choose",
    "median": "approximate on some engines",
    "quantile": "approximate on some engines",
    "first": "there is no first row without an order",
    "last": "there is no last row without an order",
    "map_batches": "pandas alone can run Python",
}
# Engines read and compare dates before 1970 differently: questions ask for day and end_day.
DATES = {"start_date", "end_date", "published_date"}


def asking():
    """Return the modules that put questions to an engine."""
    prefixes = ("dashboard/query/", "dashboard/facets.py", "dashboard/comparison.py")
    return {path: tree for path, tree in modules().items() if path.startswith(prefixes)}


def uses(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in BANNED:
                yield node.lineno, f"{node.func.attr}: {BANNED[node.func.attr]}"
            if node.func.attr == "col" and {getattr(arg, "value", "") for arg in node.args} & DATES:
                yield node.lineno, "a date column: engines disagree about dates before 1970"


def test_no_question_uses_what_an_engine_lacks():
    found = [f"{path}:{line} {use}" for path, tree in asking().items() for line, use in uses(tree)]
    assert found == []


def test_looks_at_the_questions():
    assert len(asking()) >= 8


@pytest.mark.parametrize(
    "line", ["events.top_k(5, by='a')", "nw.col('a').dt.truncate('1w')", "nw.col('end_date').max()"]
)
def test_knows_a_banned_expression_when_it_sees_one(line):
    assert list(uses(ast.parse(line)))
