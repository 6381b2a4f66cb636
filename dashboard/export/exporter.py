"""Figures to PNG, SVG and PDF, all through one Chromium that is started once."""

from __future__ import annotations

import atexit
import functools
import hashlib
import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from plotly.io.json import to_json_plotly

from dashboard import paths
from dashboard.errors import ExportError, nearest, shown
from dashboard.export import pdf, png, svg
from dashboard.export.browser import DEAD_PROXY, Browser, BrowserEndedError
from dashboard.export.page import PT_PER_PX, Page
from dashboard.export.recipe import pdf_info, png_texts, to_json
from dashboard.export.target import FORMS

DRAWING_SECONDS = 60.0
TRIES = 3
LARGEST_SIDE_PX = 16_384
LARGEST_PIXELS = 1 << 27
LARGEST_FIGURE_BYTES = 45_000_000  # Chromium hangs up on a message of 100 MB

BITMAP = "The figure holds a bitmap, which no {} may; take png."


@dataclass(frozen=True, slots=True)
class _Job:
    figure_json: str
    width: float
    height: float
    form: str
    scale: float
    recipe: Mapping[str, str] | None

    @property
    def seed(self) -> int:
        return int.from_bytes(hashlib.sha256(self.figure_json.encode()).digest()[:4])


class Exporter:
    """Draws figures; its one Chromium starts with the first and ends with `close`.

    May be shared by threads (they take turns) and called inside a running asyncio loop (it blocks).
    Equal figures give equal bytes.
    """

    def __init__(
        self,
        *,
        seconds: float = DRAWING_SECONDS,
        proxy: str = DEAD_PROXY,
        assets: Path | None = None,
    ) -> None:
        """Start nothing yet.

        Args:
            seconds: What one image may take, and the start of Chromium.
            proxy: Where Chromium would send every request that it made; it makes none.
            assets: The folder of `fonts/` and `geo/`; ours, if left out.
        """
        self._seconds = seconds
        self._proxy = proxy
        self._assets = assets or paths.folder("assets")
        self._lock = threading.RLock()
        self._browser: Browser | None = None
        self._page: Page | None = None

    def __enter__(self) -> Exporter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process id of the running Chromium, if it runs."""
        return self._browser.pid if self._browser else None

    def image(
        self,
        figure: Any,
        form: str,
        *,
        scale: float = 1.0,
        recipe: Mapping[str, str] | None = None,
    ) -> bytes:
        """Draw a figure.

        Args:
            figure: A `go.Figure` or its dict, with `layout.width` and `layout.height` in px
                (1/96 inch).
            form: png, svg or pdf. SVG and PDF are vectors only, in the figure's physical size, and
                bring the fonts they use; a PNG knows its physical size too.
            scale: Pixels of a PNG for each px; the others have no pixels.
            recipe: What goes into the file, for `read_recipe`: `title`, `source` and `program` also
                fill the fields that other programs show.

        Raises:
            DependencyError: There is no Chromium.
            ExportError: The figure cannot be drawn, or not in time.
        """
        if form not in FORMS:
            known = ", ".join(FORMS)
            raise ExportError(
                f"No image format is called {shown(form)}.{nearest(form, FORMS)} There are {known}."
            )
        spec = figure.to_dict() if hasattr(figure, "to_dict") else figure
        width, height = _size(spec, scale if form == "png" else 1.0)
        figure_json = str(to_json_plotly(spec, engine="json"))
        if len(figure_json) > LARGEST_FIGURE_BYTES:
            raise ExportError(
                f"The figure holds {len(figure_json) / 1e6:.0f} MB. Draw fewer marks."
            )
        if recipe:
            to_json(recipe)  # finds a wrong one before anything is drawn
        with self._lock:
            return self._finish(_Job(figure_json, width, height, form, scale, recipe))

    def close(self) -> None:
        """End Chromium; harmless when repeated, and the next image starts it anew."""
        with self._lock:
            browser, self._browser, self._page = self._browser, None, None
            atexit.unregister(self.close)
            if browser:
                browser.close()

    def _finish(self, job: _Job) -> bytes:
        complaint = ""
        for _ in range(TRIES):
            try:
                return self._draw(job)
            except ExportError:
                raise
            except BrowserEndedError as error:
                complaint = str(error)
                self._drop()
            except TimeoutError:
                self._drop()
                raise ExportError(
                    f"The image was not drawn within {self._seconds:.0f} seconds. Draw fewer "
                    "marks, or try again when the machine is less busy."
                ) from None
            except OSError as error:
                self._drop()
                raise ExportError(f"Chromium cannot be run: {error.strerror}.") from None
            except BaseException:
                self._drop()
                raise
        raise ExportError(f"Chromium ended {TRIES} times without drawing the image: {complaint}.")

    def _draw(self, job: _Job) -> bytes:
        page = self._page or self._start()
        page.allow(self._seconds)
        drawing = page.draw(job.figure_json, job.seed, is_file=job.form == "svg")
        if job.form == "png":
            texts = png_texts(job.recipe) if job.recipe else {}
            shot = page.png(job.width, job.height, job.scale)
            return png.with_text(shot, texts, job.scale)
        if drawing.rasters:
            raise ExportError(BITMAP.format(job.form))
        recipe = job.recipe or {}
        if job.form == "pdf":
            printed = page.pdf(job.width, job.height)
            if pdf.has_raster(printed):  # Skia paints what PDF cannot say as one
                raise ExportError(BITMAP.format(job.form))
            size = job.width * PT_PER_PX, job.height * PT_PER_PX
            return pdf.finished(printed, *size, pdf_info(recipe) if recipe else {})
        return svg.with_parts(
            drawing.svg,
            fonts=page.rules_for(drawing.faces),
            title=recipe.get("title", ""),
            recipe=to_json(recipe) if recipe else "",
        )

    def _start(self) -> Page:
        try:
            self._browser = Browser(self._proxy, self._seconds)
            atexit.register(self.close)
            self._page = Page(self._browser, self._assets)
        except BaseException:
            self._drop()
            raise
        return self._page

    def _drop(self) -> None:
        browser, self._browser, self._page = self._browser, None, None
        atexit.unregister(self.close)
        if browser:
            browser.kill()


@functools.cache
def _shared() -> Exporter:
    return Exporter()


def image(
    figure: Any, form: str, *, scale: float = 1.0, recipe: Mapping[str, str] | None = None
) -> bytes:
    """Draw a figure as `Exporter.image` does, by the one exporter of this process."""
    return _shared().image(figure, form, scale=scale, recipe=recipe)


def _size(spec: Mapping[str, Any], scale: float) -> tuple[float, float]:
    layout = spec.get("layout") or {}
    try:
        width, height = float(layout.get("width")), float(layout.get("height"))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        width = height = math.nan
    if not (math.isfinite(width) and math.isfinite(height) and min(width, height) >= 10):
        raise ExportError("The figure has no size: set layout.width and layout.height, in px.")
    if not (math.isfinite(scale) and scale > 0):
        raise ExportError(f"A scale of {scale} makes no image. Take 1 or 2.")
    sides = width * scale, height * scale
    if max(sides) > LARGEST_SIDE_PX or math.prod(sides) > LARGEST_PIXELS or min(sides) < 1:
        raise ExportError(
            f"An image of {sides[0]:,.0f} x {sides[1]:,.0f} px cannot be drawn: a side has 1 to "
            f"{LARGEST_SIDE_PX:,} px, the whole at most {LARGEST_PIXELS:,}."
        )
    return width, height
