"""The page in Chromium that every image is drawn in: plotly.js, our fonts, our base geography."""

from __future__ import annotations

import base64
import json
import math
import re
from dataclasses import dataclass
from pathlib import Path

from dashboard.errors import ExportError
from dashboard.export.browser import Browser, PageError

HERE = Path(__file__).resolve().parent
FACE = re.compile(r"@font-face\s*\{[^}]*\}")
FONT_FILE = re.compile(r"""url\(["']?([^"')]+\.woff2)["']?\)""")
PT_PER_PX = 72 / 96


@dataclass(frozen=True, slots=True)
class Face:
    """One font: what asks for it, and its `@font-face` rule with the file in it."""

    family: str
    weight: int
    rule: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What plotly.js drew, which stands on the page's paper.

    `svg` and `faces`, the families and weights that its text asks for, are there when the SVG was
    asked for; `rasters` counts its bitmaps.
    """

    svg: str
    faces: tuple[tuple[str, int], ...]
    rasters: int


def load_faces(folder: Path) -> tuple[Face, ...]:
    """Read `fonts.css` and the font files that it names.

    Raises:
        OSError: One is not there.
    """
    rules = FACE.findall((folder / "fonts.css").read_text(encoding="utf-8"))
    return tuple(_face(rule, folder) for rule in rules)


def _face(rule: str, folder: Path) -> Face:
    def inline(match: re.Match[str]) -> str:
        content = base64.b64encode((folder / match[1]).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{content})"

    family = re.search(r"""font-family:\s*["']?([^"';]+)""", rule)
    weight = re.search(r"font-weight:\s*(\d+)", rule)
    compact = re.sub(r"\s+", " ", rule)
    return Face(
        family[1] if family else "",
        int(weight[1]) if weight else 400,
        FONT_FILE.sub(inline, compact),
    )


def rules_for(asked: tuple[tuple[str, int], ...], faces: tuple[Face, ...]) -> str:
    """Return the `@font-face` rules that text needs, chosen as CSS does.

    A weight that a family lacks is drawn by the next heavier one from 501 on, else by the next
    lighter one; failing that by the nearest on the other side.
    """
    chosen = set()
    for family, weight in asked:

        def distance(face: Face, weight: int = weight) -> tuple[bool, int]:
            is_wrong_side = face.weight < weight if weight > 500 else face.weight > weight
            return is_wrong_side, abs(face.weight - weight)

        chosen.update(sorted((face for face in faces if face.family == family), key=distance)[:1])
    return "".join(face.rule for face in faces if face in chosen)


class Page:
    """A browser's page, ready to draw; one figure stands on its paper at a time."""

    def __init__(self, browser: Browser, assets: Path) -> None:
        """Load our fonts, our base geography and plotly.js into the browser's blank page.

        Raises:
            ExportError: One of them is not there or damaged.
        """
        self._browser = browser
        plotly = assets / "plotly" / "plotly.min.js"
        geography = assets / "geo" / "plotly_geo_assets.js"
        try:
            self._faces = load_faces(assets / "fonts")
            html = (HERE / "page.html").read_text(encoding="utf-8")
            scripts = {
                path.name: path.read_text(encoding="utf-8")
                for path in (geography, plotly, HERE / "page.js")
            }
        except OSError as error:
            raise ExportError(f"{error.filename} is missing. Install the program anew.") from None
        html = html.replace("/* fonts */", "".join(face.rule for face in self._faces))
        frame = browser.call("Page.getFrameTree")["frameTree"]["frame"]["id"]
        browser.call("Page.setDocumentContent", frameId=frame, html=html)
        for name, script in scripts.items():
            try:
                browser.evaluate(f"{script}\n;0")
            except PageError as error:
                raise ExportError(
                    f"{name} is damaged: {error}. Install the program anew."
                ) from None
        fonts = browser.evaluate("exportPage.loadFonts()")
        lost = [font for font in fonts if not font.endswith(" loaded")]
        if lost or len(fonts) != len(self._faces):
            raise ExportError(f"Chromium could not load the fonts ({', '.join(lost)}).")

    def allow(self, seconds: float) -> None:
        """Let everything up to the next call take so long; then `TimeoutError`."""
        self._browser.allow(seconds)

    def rules_for(self, asked: tuple[tuple[str, int], ...]) -> str:
        """Return the `@font-face` rules that text in such families and weights needs."""
        return rules_for(asked, self._faces)

    def draw(self, figure_json: str, seed: int, *, is_file: bool = False) -> Drawing:
        """Draw a figure on the paper.

        Args:
            figure_json: The figure, as Plotly writes it.
            seed: Decides the ids in the SVG.
            is_file: Whether to return the SVG and its fonts.

        Raises:
            ExportError: plotly.js cannot draw it.
        """
        try:
            arguments = ", ".join(json.dumps(value) for value in (figure_json, seed, is_file))
            drawn = self._browser.evaluate(f"exportPage.draw({arguments})")
        except PageError as error:
            raise ExportError(f"The figure cannot be drawn: {error}.") from None
        faces = tuple((family, weight) for family, weight in drawn["faces"])
        return Drawing(drawn["svg"], faces, drawn["rasters"])

    def png(self, width: float, height: float, scale: float) -> bytes:
        """Paint what is on the paper, whole pixels only; on white, unless it is clear.

        Raises:
            ExportError: It cannot be painted.
        """
        call = self._browser.call
        try:
            canvas = self._browser.evaluate(f"exportPage.paint({width}, {height}, {scale})")
        except PageError as error:
            raise ExportError(f"The figure cannot be painted: {error}.") from None
        # A photograph of the canvas has its very pixels, in a smaller file than it writes itself.
        size = {name: canvas[name] for name in ("width", "height")}
        ground = {"color": {"r": 0, "g": 0, "b": 0, "a": 0}} if canvas["isClear"] else {}
        call("Emulation.setDefaultBackgroundColorOverride", **ground)
        call("Emulation.setDeviceMetricsOverride", **size, deviceScaleFactor=1, mobile=False)
        clip = {"x": 0, "y": 0, "scale": 1, **size}
        return base64.b64decode(call("Page.captureScreenshot", format="png", clip=clip)["data"])

    def pdf(self, width: float, height: float) -> bytes:
        """Print the paper on a page of at least its size (Chromium prints on whole points)."""
        printed = self._browser.call(
            "Page.printToPDF",
            paperWidth=math.ceil(width * PT_PER_PX) / 72,
            paperHeight=math.ceil(height * PT_PER_PX) / 72,
            pageRanges="1",
            printBackground=True,
            generateTaggedPDF=False,
            **dict.fromkeys(("marginTop", "marginBottom", "marginLeft", "marginRight"), 0),
        )
        return base64.b64decode(printed["data"])
