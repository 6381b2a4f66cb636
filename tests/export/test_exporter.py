import asyncio
import base64
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ElementTree

import numpy as np
import plotly.graph_objects as go
import pytest

from dashboard.errors import ExportError
from dashboard.export import Exporter, read_recipe
from dashboard.export.browser import DEAD_PROXY, Browser
from tests.export.pixels import chunks, ink_width, pixels

FORMS = ("png", "svg", "pdf")
RECIPE = {
    "view": "timeline",
    "query": "?theatre=iraq",
    "title": "Kürkçü – <b>",
    "source": "ICG & others",
    "version": "3f9a2c1",
}


def swarm(marks=150, seed=1, **layout):
    random = np.random.default_rng(seed)
    figure = go.Figure()
    for name in ("battle", "bombing"):
        x, y = random.normal(size=(2, marks))
        size = random.uniform(4, 16, marks)
        figure.add_scatter(x=x, y=y, name=name, mode="markers", marker={"size": size})
    size = {"width": 500, "height": 300}
    return figure.update_layout(
        {"font_family": "Noto Sans", "title_text": "Events"} | size | layout
    )


def words(text, family, weight=400):
    font = {"family": family, "size": 40, "weight": weight, "color": "black"}
    note = {"text": text, "font": font, "showarrow": False, "xref": "paper", "yref": "paper"}
    axis = {"visible": False}
    layout = {"width": 900, "height": 90, "margin": dict.fromkeys("lrtb", 0)}
    layout |= {"annotations": [note], "xaxis": axis, "yaxis": axis, "plot_bgcolor": "white"}
    return {"data": [], "layout": layout}


def world(**geo):
    land = {"showland": True, "landcolor": "#ff0000", "showcoastlines": False}
    geo = {"resolution": 50, "fitbounds": False} | land | geo
    layout = {"width": 360, "height": 180, "margin": dict.fromkeys("lrtb", 0), "geo": geo}
    return {"data": [{"type": "scattergeo", "lon": [100], "lat": [50]}], "layout": layout}


def refusal(exporter, figure, form="png", **options):
    with pytest.raises(ExportError) as caught:
        exporter.image(figure, form, **options)
    return str(caught.value)


@pytest.mark.unit
@pytest.mark.parametrize(
    "layout", [{}, {"width": 500}, {"width": 500, "height": None}, {"width": "wide", "height": 9}]
)
def test_refuses_a_figure_without_a_size(layout):
    exporter = Exporter()
    assert refusal(exporter, {"data": [], "layout": layout}) == (
        "The figure has no size: set layout.width and layout.height, in px."
    )
    assert exporter.pid is None


@pytest.mark.unit
@pytest.mark.parametrize(
    ("layout", "scale", "size"),
    [
        ({"width": 20_000, "height": 10}, 1, "20,000 x 10"),
        ({"width": 9_000, "height": 9_000}, 1.5, "13,500 x 13,500"),
        ({"width": 100, "height": 100}, 0.001, "0 x 0"),
    ],
)
def test_refuses_a_size_that_cannot_be_drawn(layout, scale, size):
    message = refusal(Exporter(), {"data": [], "layout": layout}, scale=scale)
    assert message == (
        f"An image of {size} px cannot be drawn: a side has 1 to 16,384 px, the whole at most "
        "134,217,728."
    )


@pytest.mark.unit
@pytest.mark.parametrize("scale", [0, -1, float("nan"), float("inf")])
def test_refuses_a_scale_that_makes_no_image(scale):
    assert refusal(Exporter(), swarm(), scale=scale) == (
        f"A scale of {scale} makes no image. Take 1 or 2."
    )


@pytest.mark.unit
def test_refuses_an_unknown_form():
    assert refusal(Exporter(), swarm(), "jpg") == (
        "No image format is called 'jpg'. Did you mean 'png'? There are png, svg, pdf."
    )


@pytest.mark.unit
def test_refuses_a_recipe_that_is_not_text_before_it_draws():
    exporter = Exporter()
    with pytest.raises(TypeError):
        exporter.image(swarm(), "svg", recipe={"scale": 2})
    assert exporter.pid is None


@pytest.mark.unit
def test_gives_up_on_a_chromium_that_always_ends(monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", "/bin/false")
    assert refusal(Exporter(), swarm()) == (
        "Chromium ended 3 times without drawing the image: it said nothing."
    )


@pytest.mark.unit
def test_says_when_there_is_no_room_for_chromium(monkeypatch, tmp_path):
    monkeypatch.setenv("BROWSER_PATH", "/bin/false")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    assert refusal(Exporter(), swarm()) == "Chromium cannot be run: No such file or directory."


@pytest.mark.image
@pytest.mark.parametrize("form", FORMS)
def test_draws_the_same_bytes_twice(form, exporter, assets):
    first = exporter.image(swarm(), form, recipe=RECIPE)
    other = exporter.image(swarm(seed=2), form, recipe=RECIPE)
    assert exporter.image(swarm(), form, recipe=RECIPE) == first != other
    with Exporter(assets=assets) as another:
        assert another.image(swarm(), form, recipe=RECIPE) == first


@pytest.mark.image
@pytest.mark.parametrize("form", FORMS)
def test_draws_a_figure_and_its_dict_alike(form, exporter):
    figure = swarm()
    before = figure.to_json()
    assert exporter.image(figure, form) == exporter.image(figure.to_dict(), form)
    assert figure.to_json() == before


@pytest.mark.image
@pytest.mark.parametrize("form", FORMS)
def test_carries_the_recipe(form, exporter):
    assert read_recipe(exporter.image(swarm(), form, recipe=RECIPE)) == RECIPE


@pytest.mark.image
@pytest.mark.parametrize("form", FORMS)
def test_names_no_time_and_no_path(form, exporter):
    image = exporter.image(swarm(), form, recipe=RECIPE)
    today = time.strftime("%Y%m%d").encode()
    assert not re.search(rb"Date|/tmp|file:|about:|" + today, image)


@pytest.mark.image
@pytest.mark.parametrize(
    ("width", "height", "scale", "size"),
    [(500, 300, 1, (500, 300)), (500, 300, 2, (1000, 600)), (340.157, 226.772, 2, (680, 453))],
)
def test_gives_a_png_of_the_asked_size(width, height, scale, size, exporter):
    image = exporter.image(swarm(width=width, height=height), "png", scale=scale)
    found = pixels(image)
    assert found.shape == (size[1], size[0], 3)
    assert found.min() < 200
    assert dict(chunks(image))[b"pHYs"][:4] == round(scale * 96 / 0.0254).to_bytes(4)


@pytest.mark.image
def test_leaves_a_png_transparent_where_the_figure_is(exporter):
    clear = "rgba(0,0,0,0)"
    found = pixels(exporter.image(swarm(paper_bgcolor=clear, plot_bgcolor=clear), "png"))
    assert tuple(found[0, 0]) == (0, 0, 0, 0)


@pytest.mark.image
def test_gives_an_svg_without_bitmaps_that_is_well_formed(exporter):
    figure = swarm(title_text="a < b & c \x01 — ملبورن")
    file = exporter.image(figure, "svg", recipe=RECIPE | {"title": "x\x02 ]]> </svg>"})
    root = ElementTree.fromstring(file)
    assert (root.get("width"), root.get("height")) == ("500", "300")
    tags = {element.tag.partition("}")[2] for element in root.iter()}
    assert {"path", "text", "title", "metadata"} <= tags
    assert not {"image", "foreignObject", "script"} & tags


@pytest.mark.image
def test_gives_ids_that_another_svg_on_the_same_page_does_not_have(exporter):
    def ids(seed):
        return set(re.findall(rb'id="(clip[^"]+)"', exporter.image(swarm(seed=seed), "svg")))

    assert ids(1) and not ids(1) & ids(2)


@pytest.mark.image
@pytest.mark.parametrize(("width", "height"), [(500, 300), (1200, 675), (340.157, 226.772)])
def test_gives_a_pdf_of_one_page_of_the_physical_size(width, height, exporter):
    file = exporter.image(swarm(width=width, height=height), "pdf")
    assert len(re.findall(rb"/Type\s*/Page\b", file)) == 1
    box = [float(side) for side in re.search(rb"/MediaBox \[([^]]+)\]", file)[1].split()]
    assert box[2] - box[0] == pytest.approx(width * 72 / 96, abs=0.001)
    assert box[3] - box[1] == pytest.approx(height * 72 / 96, abs=0.001)


@pytest.mark.image
def test_gives_a_pdf_without_bitmaps(exporter):
    file = exporter.image(swarm(marks=10), "pdf")
    assert not re.search(rb"/Subtype\s*/Image\b", file)
    assert len(file) > 5_000


@pytest.mark.image
@pytest.mark.parametrize("form", ["svg", "pdf"])
def test_refuses_a_bitmap_in_a_vector_image(form, exporter):
    dot = base64.b64encode(
        exporter.image({"data": [], "layout": {"width": 10, "height": 10}}, "png")
    )
    picture = {
        "source": f"data:image/png;base64,{dot.decode()}",
        "x": 0,
        "y": 1,
        "sizex": 1,
        "sizey": 1,
    }
    figure = swarm(images=[picture])
    assert exporter.image(figure, "png")
    assert refusal(exporter, figure, form) == (
        f"The figure holds a bitmap, which no {form} may; take png."
    )


@pytest.mark.image
@pytest.mark.parametrize(("family", "weight"), [("Sans", 400), ("Sans", 700), ("Serif", 600)])
def test_paints_text_with_our_font(family, weight, exporter, assets):
    text = "Mozambique, Iraq, Syria 2014"
    widths = json.loads((assets / "fonts" / "widths.json").read_text())
    face = widths[f"{family.lower()}-{weight}"]
    expected = sum(face["chars"][letter] for letter in text) * 40 / face["units"]
    figure = words(text, f"Noto {family}", weight)
    assert ink_width(exporter.image(figure, "png")) == pytest.approx(expected, rel=0.02)
    # The SVG is all there is: a browser that shows it as an image has none of our page's fonts.
    assert ink_width(as_image(exporter.image(figure, "svg"), 900, 90)) == pytest.approx(
        expected, rel=0.02
    )


def as_image(svg, width, height):
    browser = Browser(DEAD_PROXY, 60)
    try:
        source = f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
        html = f'<body style="margin:0"><img src="{source}">'
        frame = browser.call("Page.getFrameTree")["frameTree"]["frame"]["id"]
        browser.call("Page.setDocumentContent", frameId=frame, html=html)
        browser.evaluate("document.images[0].decode()")
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        shot = browser.call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(shot["data"])
    finally:
        browser.kill()


@pytest.mark.image
def test_would_show_if_a_font_were_not_used(exporter, assets, tmp_path):
    # A family that no machine has, drawn with its file and without.
    copied = shutil.copytree(assets, tmp_path / "assets")
    figure = words("Mozambique, Iraq, Syria 2014", "Test Face")
    without = exporter.image(figure, "png")
    css = copied / "fonts" / "fonts.css"
    css.write_text(css.read_text().replace('"Noto Sans"', '"Test Face"'))
    with Exporter(assets=copied) as another:
        assert abs(ink_width(another.image(figure, "png")) - ink_width(without)) > 5


@pytest.mark.image
def test_brings_only_the_fonts_in_use(exporter):
    file = exporter.image(words("Palma", "Noto Serif", 700), "svg")
    assert re.findall(rb'font-family: "([^"]+)"[^}]*font-weight: (\d+)', file) == [
        (b"Noto Serif", b"700")
    ]
    assert set(re.findall(rb"/BaseFont\s*/[A-Z]+\+([\w-]+)", exporter.image(swarm(), "pdf"))) == {
        b"NotoSans-Regular"
    }


@pytest.mark.image
def test_refuses_to_draw_without_its_fonts(assets, tmp_path):
    copied = shutil.copytree(assets, tmp_path / "assets")
    missing = copied / "fonts" / "noto-sans-400.woff2"
    missing.write_bytes(b"no font")
    with Exporter(assets=copied) as another:
        assert refusal(another, swarm()) == (
            "Chromium could not load the fonts (Noto Sans 400 error)."
        )
        missing.unlink()
        assert refusal(another, swarm()) == f"{missing} is missing. Install the program anew."
        assert another.pid is None


@pytest.mark.image
def test_refuses_to_draw_with_a_damaged_geography(assets, tmp_path):
    copied = shutil.copytree(assets, tmp_path / "assets")
    (copied / "geo" / "plotly_geo_assets.js").write_text("window.PlotlyGeoAssets = {topojson: {")
    with Exporter(assets=copied) as another:
        assert refusal(another, swarm()) == (
            "plotly_geo_assets.js is damaged: SyntaxError: Unexpected token ';'. "
            "Install the program anew."
        )
        assert another.pid is None


@pytest.mark.image
def test_draws_maps_on_our_own_geography(exporter):
    found = pixels(exporter.image(world(), "png"))
    red = (found[:, :, 0] > 200) & (found[:, :, 1] < 60)
    rows, columns = np.flatnonzero(red.any(axis=1)), np.flatnonzero(red.any(axis=0))
    # 0 to 10 degrees east and north, at one px a degree.
    assert abs(columns[0] - 180) < 3 and abs(columns[-1] - 190) < 3
    assert abs(rows[0] - 80) < 3 and abs(rows[-1] - 90) < 3


@pytest.mark.image
def test_asks_no_network_for_anything(proxy, assets):
    link = '<a href="https://example.org/a">a</a><img src="https://example.org/b.png">'
    outside = [{"source": "https://example.org/c.png", "x": 0, "y": 1, "sizex": 1, "sizey": 1}]
    tiles = {"data": [{"type": "scattermap", "lon": [1], "lat": [2]}], "layout": {}}
    tiles["layout"] = {"width": 300, "height": 200}
    with Exporter(assets=assets, proxy=proxy.url) as watched:
        for form in FORMS:
            watched.image(swarm(title_text=f"$\\alpha$ {link}"), form)
        watched.image(world(), "png")
        assert refusal(watched, swarm(images=outside)) == (
            "The figure cannot be drawn: it asks for https://example.org/c.png, and nothing is "
            "fetched from any network."
        )
        assert "topojson" in refusal(watched, world(scope="europe"))
        assert refusal(watched, tiles) == (
            "The figure cannot be drawn: there is no trace of type scattermap here."
        )
        time.sleep(2)  # what Chromium itself would ask for, it asks for soon after its start
    assert proxy.asked == []


@pytest.mark.image
def test_draws_the_next_figure_after_one_that_cannot_be(exporter):
    before = exporter.image(swarm(), "png")
    pid = exporter.pid
    assert refusal(exporter, world(scope="europe"))
    assert exporter.image(swarm(), "png") == before
    assert exporter.pid == pid


@pytest.mark.image
def test_keeps_one_chromium(exporter):
    exporter.image(swarm(), "png")
    pid = exporter.pid
    exporter.image(swarm(seed=5), "pdf")
    assert exporter.pid == pid is not None


def renderers(pid):
    listed = subprocess.run(["ps", "-eo", "pid,pgid,args"], capture_output=True, text=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    return [int(row[0]) for row in rows if row[1] == str(pid) and "--type=renderer" in row[2]]


@pytest.mark.image
@pytest.mark.parametrize("victim", ["chromium", "its pages"])
@pytest.mark.parametrize("seconds", [None, 0.05])
def test_loses_no_image_when_chromium_is_killed(victim, seconds, assets):
    with Exporter(assets=assets) as mine:
        figures = [swarm(marks=600, seed=seed) for seed in range(3)]
        expected = [mine.image(figure, "png") for figure in figures]
        found = []
        for number, figure in enumerate(figures):
            if number == 1:
                victims = [mine.pid] if victim == "chromium" else renderers(mine.pid)
                assert victims
                killer = threading.Timer(seconds or 0, kill_all, [victims])
                killer.start()
                if seconds is None:
                    killer.join()
            found.append(mine.image(figure, "png"))
            if number == 1 and victim == "chromium":
                assert mine.image(figure, "png") == found[-1]
                assert mine.pid not in victims
        assert found == expected


def kill_all(pids):
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@pytest.mark.image
def test_ends_a_drawing_that_takes_too_long(assets):
    with Exporter(assets=assets, seconds=8) as mine:
        before = mine.image(swarm(), "png")
        pid = mine.pid
        os.kill(pid, signal.SIGSTOP)
        began = time.monotonic()
        assert refusal(mine, swarm()) == (
            "The image was not drawn within 8 seconds. Draw fewer marks, or try again when the "
            "machine is less busy."
        )
        assert 7 < time.monotonic() - began < 12
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
        assert mine.image(swarm(), "png") == before


@pytest.mark.image
def test_works_inside_a_running_loop(exporter):
    async def cell():
        return exporter.image(swarm(), "png")

    assert asyncio.run(cell()) == exporter.image(swarm(), "png")


@pytest.mark.image
def test_serves_threads_in_turn(exporter):
    expected = [exporter.image(swarm(seed=seed), "svg") for seed in range(4)]
    found = {}
    threads = [
        threading.Thread(
            target=lambda seed=seed: found.update({seed: exporter.image(swarm(seed=seed), "svg")})
        )
        for seed in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[seed] for seed in range(4)] == expected


SCRIPT = """
import os, subprocess, sys
from dashboard.export import image
image = image({"data": [], "layout": {"width": 50, "height": 40}}, "png")
children = subprocess.run(["pgrep", "-P", str(os.getpid())], capture_output=True, text=True).stdout
print(len(image), *children.split(), flush=True)
if sys.argv[1] == "killed":
    os.kill(os.getpid(), 9)
"""


@pytest.mark.image
@pytest.mark.parametrize("ending", ["left open", "killed"])
def test_is_quiet_and_ends_with_the_program(ending, tmp_path):
    environment = os.environ | {"TMPDIR": str(tmp_path), "HOME": "/nonexistent"}
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT, ending],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
    )
    size, pid = ran.stdout.split()[:2]
    assert (ran.stderr, ran.returncode) == ("", -9 if ending == "killed" else 0)
    assert int(size) > 100
    wait_until(lambda: not is_running(pid))
    if ending == "left open":
        assert not list(tmp_path.iterdir())


def is_running(pid):
    state = subprocess.run(["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True).stdout
    return bool(state.strip()) and not state.startswith("Z")


def wait_until(is_true, seconds=10):
    end = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < end
        time.sleep(0.1)
