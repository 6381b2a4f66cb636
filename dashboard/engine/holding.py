"""Events as a DuckDB table: compressed, few words as numbers, in the order of their days."""

from __future__ import annotations

from pathlib import Path

from dashboard.engine.columns import CODED

HELD_FILE = "events.duckdb"
_SHORT = ("month", "day", "end_day", "sources")
_TOLLS = tuple(
    f"{quantity}_{level}" for quantity in ("killed", "wounded") for level in ("low", "best", "high")
)
_LARGEST = 2**31 - 1
_SMALL_BYTES = 128 * 1024 * 1024


def hold(base, path: Path) -> None:
    """Fill the database `held` of a connection with the table `events` of a Parquet file.

    Words of few values become ENUMs, which group twice as quickly as texts. Cells of actors stay
    texts: a search in them then reads each one of a block's dictionary once, not each row's.
    """
    # Named by the replacement scan of DuckDB's Python client.
    source = base.read_parquet(str(path))
    base.execute("USE held")
    for name in CODED:
        base.execute(
            f"CREATE TYPE {name}_word AS ENUM (SELECT DISTINCT {name} FROM source ORDER BY 1)"
        )
    largest = source.aggregate(", ".join(f"max({name})" for name in _TOLLS)).fetchall()[0]
    numbers = list(_SHORT)
    numbers += [name for name, most in zip(_TOLLS, largest, strict=True) if (most or 0) <= _LARGEST]
    casts = [f"{name}::{name}_word AS {name}" for name in CODED]
    casts += [f"{name}::INTEGER AS {name}" for name in numbers]
    base.execute(f"CREATE TABLE events AS SELECT * REPLACE ({', '.join(casts)}) FROM source")
    base.execute("CHECKPOINT held")
    base.execute("USE memory")


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
        hold(base, path)
        base.execute("DETACH held")
    return held
