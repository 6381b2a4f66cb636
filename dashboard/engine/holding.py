"""Events as a DuckDB table: compressed, few words as numbers, those of a kind side by side."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from dashboard.engine.columns import CODED

HELD_FILE = "events.duckdb"
_SHORT = ("month", "day", "end_day", "sources")
TOLLS = tuple(
    f"{quantity}_{level}" for quantity in ("killed", "wounded") for level in ("low", "best", "high")
)
# DuckDB passes over blocks that hold nothing of what is asked for: few events of a kind are found
# in a fifth of the time where they stand together. Days are whole numbers, quick to go through.
SIDE_BY_SIDE = ("attribution", "theatre")
_LARGEST = 2**31 - 1
_SMALL_BYTES = 128 * 1024 * 1024


def hold(base, path: Path, *, is_spare: bool = False) -> None:
    """Fill the database `held` of a connection with the table `events` of a Parquet file.

    Args:
        base: The connection.
        path: The file, in the order of days.
        is_spare: Take longer and little memory.
    """
    # Named by the replacement scan of DuckDB's Python client.
    source = base.read_parquet(str(path))
    words = {name: [word for (word,) in source[name].distinct().fetchall()] for name in CODED}
    largest = source.aggregate(", ".join(f"max({name})" for name in TOLLS)).fetchall()[0]
    kinds = source.project(", ".join(SIDE_BY_SIDE)).distinct().order(", ".join(SIDE_BY_SIDE))
    base.execute("USE held")
    columns = coded(base, words, dict(zip(TOLLS, largest, strict=True)))
    rows = f"SELECT {columns} FROM source"
    if is_spare and (found := kinds.fetchall()):
        # Sorted as a whole all rows would be in memory at once.
        rows = " UNION ALL ".join(f"{rows} WHERE {_of(kind)}" for kind in found)
    else:
        rows += f" ORDER BY {', '.join(SIDE_BY_SIDE)}, start_date, event_id"
    base.execute(f"CREATE TABLE events AS {rows}")
    base.execute("CHECKPOINT held")
    base.execute("USE memory")


def _of(kind: tuple[str | None, ...]) -> str:
    return " AND ".join(
        f"{name} IS NULL" if word is None else f"{name} = {_quoted(word)}"
        for name, word in zip(SIDE_BY_SIDE, kind, strict=True)
    )


def coded(base, words: Mapping[str, Collection[str]], largest: Mapping[str, int | None]) -> str:
    """Make the types of a database in use, and return what to select so that it is small.

    Words of few values become ENUMs, which group twice as quickly as texts. Cells of actors stay
    texts: a search in them then reads each one of a block's dictionary once, not each row's.

    Args:
        base: The connection.
        words: Every value of each column of `CODED`.
        largest: The largest value of each column of `TOLLS`, None where all are unknown.
    """
    for name in CODED:
        listed = ", ".join(_quoted(word) for word in sorted(words[name]))
        base.execute(f"CREATE TYPE {name}_word AS ENUM ({listed})")
    numbers = list(_SHORT)
    numbers += [name for name in TOLLS if (largest[name] or 0) <= _LARGEST]
    casts = [f"{name}::{name}_word AS {name}" for name in CODED]
    casts += [f"{name}::INTEGER AS {name}" for name in numbers]
    return f"* REPLACE ({', '.join(casts)})"


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def write_held(path: Path) -> Path:
    """Write the DuckDB file beside a package's events.parquet; it opens at once, at any size."""
    import duckdb

    held = path.with_name(HELD_FILE)
    held.unlink(missing_ok=True)
    # One core is as quick for a small file, and each needs some 300 MB for itself.
    settings: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "1GB"}
    if path.stat().st_size < _SMALL_BYTES:
        settings["threads"] = 1
    with duckdb.connect(config=settings) as base:
        base.execute("ATTACH '{}' AS held".format(str(held).replace("'", "''")))
        hold(base, path, is_spare=True)
        base.execute("DETACH held")
    return held
