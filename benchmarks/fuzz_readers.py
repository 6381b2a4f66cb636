"""Damage files at random and open them: nothing but ReaderError, nothing lost, nothing slow.

`python benchmarks/fuzz_readers.py 20000` prints what came of them by form, and each case that
breaks a rule with its seed; `python benchmarks/fuzz_readers.py 1 --seed 4711` runs that one alone.
"""

import argparse
import collections
import csv
import gzip
import html
import io
import json
import random
import re
import sys
import tempfile
import time
import traceback
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from dashboard.dataset import load, save  # noqa: E402
from dashboard.errors import ReaderError  # noqa: E402
from dashboard.readers import open_table  # noqa: E402
from tests.readers.samples import samples  # noqa: E402

SLOW_SECONDS = 10
PIECES = (
    *(b'"', b",", b";", b"\t", b"\n", b"\r", b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe9", b"\x81"),
    *(b"NA", b"-99", b"#tag", b"1e999", b"9" * 40, b"0025-01-01", b"\xed\xa0\x80", b"{", b"]"),
    *(b"[", b"}", b"null", b"<", b"</Placemark>", b"&x;", b"<!DOCTYPE x>", b"]]>", b":", b"\x1e"),
    *(b"[[[]]]", b"NaN", b"true", b"Point(", b"POINT(999 999)", b"Q1", b"t9", b"../", b"sep=|"),
)
CELLS = (
    *("", " ", "NA", "-99", "0", "1e9", "9" * 30, "1,000", "12.5", "nan", "inf", "-0", "½", "٣"),
    *("0025-01-01", "2014-02-30", "2014", "2014-06", "31/12/2014", "05/06/2014", "June 2014", "t1"),
    *('"', "a\nb", "\r", ";", "#tag", "=1+1", "\ufeff", "\ufffd", "é" * 300, "<b>&amp;</b><", "\0"),
    *(
        "Point(0 0)",
        "Point(a b)",
        "POINT Z (1 2 3)",
        "[1, 2]",
        '{"a": 1}',
        "http://[",
        "Iraq",
        "XXX",
    ),
    *(
        "10-15",
        "12+",
        "dozens",
        "title",
        "era",
        "is;is",
        "year",
        "\u202e",
        "a" * 5_000,
        "1\u00a0000",
    ),
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32", "cp037")
ARCHIVES = (".xlsx", ".kmz", ".zip")


def damaged(content: bytes, name: str, luck: random.Random) -> bytes:
    """Change bytes, cells, columns or the encoding of a file; of an archive, mostly of one part."""
    if name.endswith(ARCHIVES) and luck.random() < 0.7:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as archive:
            chosen = luck.choice(old.namelist())
            for part in old.namelist():
                inner = old.read(part)
                archive.writestr(part, damaged(inner, part, luck) if part == chosen else inner)
        return out.getvalue()
    if name.endswith(".gz") and luck.random() < 0.7:
        return gzip.compress(damaged(gzip.decompress(content), name[: -len(".gz")], luck))
    kind = luck.random()
    if kind < 0.15:
        return recoded(content, luck)
    if kind < 0.55 and name.endswith((".csv", ".tsv")):
        return rearranged(content, luck)
    if kind < 0.55 and name.endswith((".json", ".geojson")):
        return replaced(content, luck)
    if kind < 0.75 and name.endswith(".kml"):
        return retexted(content, luck)
    return changed(content, luck)


def changed(content: bytes, luck: random.Random) -> bytes:
    """Overwrite, insert, cut out, double or cut off bytes."""
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


def recoded(content: bytes, luck: random.Random) -> bytes:
    """Write a text, or the end of it, in another encoding."""
    text = content.decode("utf-8", "replace")
    place = luck.choice((0, luck.randrange(len(text) + 1)))
    head, tail = text[:place], text[place:].replace("a", luck.choice("aéß“€"))
    return head.encode() + tail.encode(luck.choice(ENCODINGS), "replace")


def rearranged(content: bytes, luck: random.Random) -> bytes:
    """Change cells of a table, or rename, drop, double or move its columns."""
    text = content.decode("utf-16" if content[:2] == b"\xff\xfe" else "utf-8", "replace")
    delimiter = max(",;\t", key=text.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    for _ in range(luck.choice((1, 2, 6))):
        column = luck.randrange(max(len(rows[0]), 1))
        kind = luck.randrange(8)
        if kind == 0 and rows[0]:
            rows[0][column] = luck.choice((rows[0][column].upper(), "x", "", "date", "year", "id"))
        elif kind == 1:
            rows = [row[:column] + row[column + 1 :] for row in rows]
        elif kind == 2:
            rows = [row + row[column : column + 1] for row in rows]
        elif kind == 3:
            rows = [row[column:] + row[:column] for row in rows]
        else:
            row = luck.choice(rows[1:] or rows)
            if row:
                row[luck.randrange(len(row))] = luck.choice(CELLS)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=luck.choice((0, 1)), escapechar="\\").writerows(
        rows
    )
    return out.getvalue().encode("utf-8", "replace")


def replaced(content: bytes, luck: random.Random) -> bytes:
    """Put other values in the place of some of a JSON text's."""
    others = (None, True, 0, -1, 1e308, 10**25, "", [], {}, [[]], {"type": "Point"}, *CELLS)

    def other(value, share):
        if luck.random() < share:
            return luck.choice(others)
        if isinstance(value, dict):
            return {key: other(item, share) for key, item in value.items()}
        return [other(item, share) for item in value] if isinstance(value, list) else value

    share = luck.choice((0.005, 0.03, 0.2))
    try:
        return json.dumps(other(json.loads(content), share)).encode("utf-8", "replace")
    except ValueError:  # features by lines
        return changed(content, luck)


def retexted(content: bytes, luck: random.Random) -> bytes:
    """Put other texts between some tags of an XML text, or drop elements."""
    share = luck.choice((0.02, 0.1, 0.4))

    def other(match: re.Match[bytes]) -> bytes:
        if luck.random() > share:
            return match[0]
        text = luck.choice(CELLS).encode("utf-8", "replace").replace(b"\0", b"")
        return match[1] + luck.choice((text, html.escape(text.decode()).encode(), b"")) + match[3]

    return re.sub(rb"(>)([^<]*)(</)", other, content)


def outcome(path: Path, *, is_saved: bool = False) -> str:
    """Open a file and say what came of it; "" where a rule is broken.

    What was loaded is also written as a package and loaded again where it is to be saved.
    """
    try:
        reading = open_table(path)
    except ReaderError as error:
        return "one sentence" if "\n" not in str(error) and len(str(error)) < 2_000 else ""
    report, events = reading.report, reading.dataset.events
    is_balanced = report.records == report.loaded + report.rejected
    if not is_balanced or report.loaded != len(events) or not events["event_id"].is_unique:
        return ""
    if (events[["killed_low", "wounded_low"]].fillna(0) < 0).any(axis=None):
        return ""
    if is_saved:
        with tempfile.TemporaryDirectory() as folder:
            save(reading.dataset, folder)
            if load(folder).version != reading.dataset.version:
                return ""
    return "loaded in part" if report.rejected else "loaded"


def main() -> None:
    """Run so many cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=int)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        files = samples(Path(folder))
        for seed in range(options.seed, options.seed + options.cases):
            luck = random.Random(seed)
            name = luck.choice(sorted(files))
            path = Path(folder) / f"table{name[name.index('.') :]}"
            path.write_bytes(damaged(files[name], name, luck))
            began = time.perf_counter()
            try:
                found = outcome(path, is_saved=seed % 5 == 0)
            except Exception:  # noqa: BLE001 (this is what is looked for)
                found = ""
                traceback.print_exc()
            seconds = time.perf_counter() - began
            slowest = max(slowest, seconds)
            if not found or seconds > SLOW_SECONDS:
                print(f"seed {seed}, {name}: {found or 'a rule is broken'}, {seconds:.1f} s")
            form = name.partition(".")[0].partition("-")[0]
            counts[form][found or "BROKEN"] += 1
    total = sum(counts.values(), collections.Counter())
    print(json.dumps({"slowest_seconds": round(slowest, 2), "all": total, **counts}, indent=1))


if __name__ == "__main__":
    main()
