"""Damage files at random and open them: nothing but ReaderError, nothing lost, nothing slow.

`python benchmarks/fuzz_readers.py 20000` prints what came of them, and each case that breaks a rule
with its seed; `python benchmarks/fuzz_readers.py 1 --seed 4711` runs that one alone.
"""

import argparse
import collections
import gzip
import io
import json
import random
import sys
import tempfile
import time
import traceback
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from dashboard.errors import ReaderError  # noqa: E402
from dashboard.readers import open_table  # noqa: E402
from tests.readers import tables  # noqa: E402

SLOW_SECONDS = 10
PIECES = (
    *(b'"', b",", b";", b"\t", b"\n", b"\r", b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe9", b"\x81"),
    *(b"NA", b"-99", b"#tag", b"1e999", b"9" * 40, b"0025-01-01", b"\xed\xa0\x80", b"{", b"]"),
)


def originals(folder: Path) -> dict[str, bytes]:
    """Return a sound file of each kind, by name."""
    makers = {"ucdp": tables.ucdp, "acled": tables.acled, "gtd": tables.gtd}
    found: dict[str, bytes] = {}
    for key, make in makers.items():
        rows = [make(number) for number in range(8)]
        found[f"{key}.csv"] = tables.text(rows).encode()
        found[f"{key}-semicolon.csv"] = tables.text(rows, delimiter=";").encode("cp1252")
        found[f"{key}-tab.csv"] = tables.text(rows, delimiter="\t").encode("utf-16")
        found[f"{key}.csv.gz"] = gzip.compress(found[f"{key}.csv"])
        found[f"{key}.json"] = tables.as_json(rows)
        grid = [list(rows[0]), *(list(row.values()) for row in rows)]
        found[f"{key}.xlsx"] = tables.workbook(folder, grid).read_bytes()
    return found


def damaged(content: bytes, name: str, luck: random.Random) -> bytes:
    """Change some bytes of a file; of a workbook, of one of its parts now and then."""
    if name.endswith(".xlsx") and luck.random() < 0.7:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as archive:
            chosen = luck.choice(old.namelist())
            for part in old.namelist():
                inner = old.read(part)
                archive.writestr(part, changed(inner, luck) if part == chosen else inner)
        return out.getvalue()
    if name.endswith(".gz") and luck.random() < 0.7:
        return gzip.compress(changed(gzip.decompress(content), luck))
    return changed(content, luck)


def changed(content: bytes, luck: random.Random) -> bytes:
    """Overwrite, insert, cut out, double or cut off."""
    text = bytearray(content)
    for _ in range(luck.choice((1, 1, 2, 5, 30))):
        place = luck.randrange(len(text) + 1)
        kind = luck.randrange(6)
        if kind == 0:
            text[place : place + 1] = bytes([luck.randrange(256)])
        elif kind == 1:
            text[place:place] = luck.choice(PIECES)
        elif kind == 2:
            del text[place : place + luck.choice((1, 3, 50, 400))]
        elif kind == 3:
            text[place:place] = text[place : place + luck.choice((10, 200))] * luck.choice((1, 3))
        elif kind == 4 and luck.random() < 0.2:
            del text[place:]
        else:
            text[place : place + 3] = luck.choice(PIECES)
    return bytes(text)


def outcome(path: Path) -> str:
    """Open a file and say what came of it; "" where a rule is broken."""
    try:
        reading = open_table(path)
    except ReaderError as error:
        return "one sentence" if "\n" not in str(error) else ""
    report = reading.report
    is_balanced = report.records == report.loaded + report.rejected
    if not is_balanced or report.loaded != len(reading.dataset.events):
        return ""
    return "loaded in part" if report.rejected else "loaded"


def main() -> None:
    """Run so many cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=int)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    counts: collections.Counter[str] = collections.Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        files = originals(Path(folder))
        for seed in range(options.seed, options.seed + options.cases):
            luck = random.Random(seed)
            name = luck.choice(sorted(files))
            path = Path(folder) / f"table{name[name.index('.') :]}"
            path.write_bytes(damaged(files[name], name, luck))
            began = time.perf_counter()
            try:
                found = outcome(path)
            except Exception:  # noqa: BLE001 (this is what is looked for)
                found = ""
                traceback.print_exc()
            seconds = time.perf_counter() - began
            slowest = max(slowest, seconds)
            if not found or seconds > SLOW_SECONDS:
                print(f"seed {seed}, {name}: {found or 'a rule is broken'}, {seconds:.1f} s")
            counts[found or "BROKEN"] += 1
    print(json.dumps({**counts, "slowest_seconds": round(slowest, 2)}))


if __name__ == "__main__":
    main()
