"""Write assets/fonts: one small woff2 per weight, its @font-face rules, and its advance widths.

Noto Sans and Noto Serif come from npm as separate latin and latin-ext files that lack arrows,
≤ ≥ and geometric shapes. Each weight is merged from both and from those signs of Noto Sans Math.

Run by hand, not by the build: `pip install fonttools brotli`, then `python tools/build_fonts.py`
(needs npm). The same versions write the same bytes.
"""

import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parent.parent / "assets" / "fonts"
VERSION = "5.3.0"
PACKAGES = ("noto-sans", "noto-serif", "noto-sans-math")
FACES = (("sans", 400), ("sans", 600), ("sans", 700), ("serif", 600), ("serif", 700))
LARGEST_BYTES = 60_000

SIGNS = "←↑→↓↔≈≠≤≥■□▲△▶▸▼◀◂◆◇○●★✓⤓⟳‡"
# Latin, Latin-1, Latin Extended-A and B (Hausa, Fulfulde), half rings and carons, combining marks,
# Latin Extended Additional (transliterated Arabic), general punctuation, currency, ™, minus.
LETTERS = (
    *range(0x20, 0x250),
    *range(0x2B9, 0x2E0),
    *range(0x300, 0x338),
    *range(0x1E00, 0x1EA0),
    *range(0x2000, 0x2070),
    0x20AC,
    0x2122,
    0x2212,
)
# No subset has these; a reader sees the same shape.
SAME_SHAPE = {0x202F: 0x2009, 0x2011: 0x2010}
LAYOUT_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "pnum"]


def main() -> None:
    """Fetch the packages and write every file of assets/fonts except README.md."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    widths: dict[str, dict] = {}
    with tempfile.TemporaryDirectory() as scratch:
        folders = {name: fetch(name, Path(scratch)) for name in PACKAGES}
        for family, weight in FACES:
            font = merged(family, weight, folders, Path(scratch))
            path = FOLDER / f"noto-{family}-{weight}.woff2"
            font.flavor = "woff2"
            font.save(path)
            size = path.stat().st_size
            print(f"{path.name}: {size:,} bytes, {len(font.getBestCmap())} characters")
            if size > LARGEST_BYTES:
                sys.exit(f"{path.name} has {size} bytes; the limit is {LARGEST_BYTES}.")
            widths[f"{family}-{weight}"] = advance_widths(font)
        (FOLDER / "OFL.txt").write_text(licence(folders), encoding="utf-8")
    (FOLDER / "fonts.css").write_text(stylesheet(), encoding="utf-8")
    faces = [
        f"{json.dumps(face)}: {json.dumps(table, ensure_ascii=False)}"
        for face, table in widths.items()
    ]
    (FOLDER / "widths.json").write_text("{\n" + ",\n".join(faces) + "\n}\n", encoding="utf-8")


def fetch(name: str, scratch: Path) -> Path:
    """Return the unpacked folder of one @fontsource package."""
    npm = shutil.which("npm") or sys.exit("npm is missing: it fetches the font packages.")
    found = subprocess.run(
        [npm, "pack", "--silent", f"@fontsource/{name}@{VERSION}"],
        cwd=scratch,
        check=True,
        capture_output=True,
        text=True,
    )
    with tarfile.open(scratch / found.stdout.split()[-1]) as archive:
        archive.extractall(scratch / name, filter="data")
    return scratch / name / "package"


def merged(family: str, weight: int, folders: dict[str, Path], scratch: Path) -> TTFont:
    """Return one font with the letters of both subsets and the signs, with the metrics of latin."""
    files = folders[f"noto-{family}"] / "files"
    math = folders["noto-sans-math"] / "files" / "noto-sans-math-latin-400-normal.woff2"
    # A character goes to the first font that has it, so no two fonts give the same one.
    sources = (
        (files / f"noto-{family}-latin-{weight}-normal.woff2", set(LETTERS), LAYOUT_FEATURES),
        (files / f"noto-{family}-latin-ext-{weight}-normal.woff2", set(LETTERS), LAYOUT_FEATURES),
        (math, set(LETTERS) | set(map(ord, SIGNS)), []),
    )
    parts, taken = [], set()
    for number, (path, wanted, features) in enumerate(sources):
        characters = (set(TTFont(path).getBestCmap()) & wanted) - taken
        taken |= characters
        part = scratch / f"{family}-{weight}-{number}.ttf"
        subset(path, characters, features).save(part)
        parts.append(part)
    font = Merger().merge([str(part) for part in parts])
    first = TTFont(parts[0])
    for table, fields in (
        ("hhea", ("ascent", "descent", "lineGap")),
        (
            "OS/2",
            ("sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent"),
        ),
        ("head", ("created", "modified", "fontRevision")),
    ):
        for field in fields:
            setattr(font[table], field, getattr(first[table], field))
    font.recalcTimestamp = False
    for missing, present in SAME_SHAPE.items():
        for table in font["cmap"].tables:
            if present in table.cmap:
                table.cmap.setdefault(missing, table.cmap[present])
    return font


def subset(path: Path, characters: set[int], features: list[str]) -> TTFont:
    """Return the font with these characters only, without hints, glyph names or style axes."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options()
    options.layout_features = features
    options.hinting = False
    options.notdef_outline = True
    options.drop_tables += ["STAT", "MATH", "gasp", "GlyphOrder"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def advance_widths(font: TTFont) -> dict:
    """Return the width of each character in font units; `default` is the mean lower-case letter."""
    glyphs = font.getBestCmap()
    chars = {
        chr(code): font["hmtx"][glyph][0]
        for code, glyph in sorted(glyphs.items())
        if code >= 0x20 and not 0x200B <= code <= 0x200F and not 0x2028 <= code <= 0x202E
    }
    letters = [chars[chr(code)] for code in range(ord("a"), ord("z") + 1)]
    return {
        "units": font["head"].unitsPerEm,
        "default": round(sum(letters) / len(letters)),
        "chars": chars,
    }


def licence(folders: dict[str, Path]) -> str:
    """Return the Open Font License under one copyright line per package."""
    texts = [(folders[name] / "LICENSE").read_text(encoding="utf-8") for name in PACKAGES]
    heads = [text.partition("\n")[0].strip() for text in texts]
    bodies = {text.partition("\n")[2].strip() for text in texts}
    if len(bodies) != 1:
        sys.exit("The packages carry different licence texts; read them before going on.")
    return "\n".join([*heads, "", bodies.pop(), ""])


def stylesheet() -> str:
    """Return the @font-face rules, with addresses relative to the stylesheet."""
    rules = ["/* Written by tools/build_fonts.py. */"]
    for family, weight in FACES:
        rules.append(
            "@font-face {\n"
            f'  font-family: "Noto {family.title()}";\n'
            "  font-style: normal;\n"
            f"  font-weight: {weight};\n"
            "  font-display: swap;\n"
            f'  src: url("noto-{family}-{weight}.woff2") format("woff2");\n'
            "}"
        )
    return "\n\n".join(rules) + "\n"


if __name__ == "__main__":
    main()
