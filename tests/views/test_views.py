import itertools
import re

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import views
from dashboard.dataset import load
from dashboard.errors import ExportError, SelectionError
from dashboard.figures.theme import PALETTES, PRESETS, Medium
from dashboard.selection import COLOURS, LANES, Selection
from dashboard.views import LEAST_FONT_PX, VIEWS
from dashboard.views.grouping import colouring
from tests import package
from tests.strategies import filters, packages
from tests.views import table

OURS = ("timeline", "map", "trend", "event")
EDGES = (
    "from=2019-03-11&to=2019-03-11",
    "from=1990-01-01&to=1990-01-02",
    "from=2090-01-01&to=2090-01-02",
    "q=nothing like this",
    "q=sombra",
    "killed_min=100000",
    "area=0,0,1,1",
    "event=2019-03-11-sombra",
    "event=2020-02-02-nowhere",
    "map=fit",
    "map=iraq&theatre=mozambique",
    "country=COD",
    "zoom=1&from=2019-01-01&to=2019-12-31",
)
PHONE = Medium("phone", 320, 460, 12, framed=False)
PAGE = Medium("page", 1100, 460, 12, framed=False)


def notes(figure):
    spec = figure if isinstance(figure, dict) else figure.to_dict()
    return [note["text"] for note in spec["layout"].get("annotations", ())]


@pytest.mark.unit
@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("view", OURS)
def test_a_picture_has_the_size_of_its_preset(invented, view, preset):
    figure = views.render(view, invented, preset=preset)
    size = PRESETS[preset].width_px, PRESETS[preset].height_px
    assert (figure.layout.width, figure.layout.height) == size


@pytest.mark.unit
@pytest.mark.parametrize("link", EDGES)
@pytest.mark.parametrize("view", OURS)
def test_an_edge_of_the_table_can_be_drawn(invented, view, link):
    selection = Selection.from_query(link, invented.vocabulary)
    for preset in ("web", "column"):
        figure = views.render(view, invented, selection, preset=preset)
        words = [note.text for note in figure.layout.annotations]
        assert any("Source: " in text for text in words), "a picture says where it comes from"
    for medium in (PHONE, PAGE):
        figure = go.Figure(views.screen(view, invented, selection, medium))
        assert figure.data or figure.layout.annotations, "a figure shows something or says why not"


@pytest.mark.unit
@pytest.mark.parametrize(("lanes", "colour"), [*itertools.product(LANES, COLOURS)])
def test_lanes_and_colours_of_every_kind_can_be_drawn(invented, lanes, colour):
    selection = Selection(lanes=lanes, colour=colour)
    for view, dark in itertools.product(("timeline", "map"), (False, True)):
        figure = views.render(view, invented, selection, preset="column", dark=dark)
        paint = colouring(selection, PALETTES["dark" if dark else "light"])
        allowed = {colour for pair in paint.colours.values() for colour in pair}
        marks = [one for one in figure.data if one.name in ("events", "places")]
        used = {colour for one in marks for colour in one.marker.color}
        assert used and used <= allowed


@pytest.mark.unit
@pytest.mark.parametrize("size", ["200x200", "8000x200", "200x8000", "640x480"])
@pytest.mark.parametrize("view", OURS)
def test_a_picture_of_any_size_can_be_drawn(invented, view, size):
    figure = views.render(view, invented, size=size)
    assert f"{figure.layout.width}x{figure.layout.height}" == size
    small = [note.font.size for note in figure.layout.annotations if note.font.size is not None]
    assert min(small) >= 8


@pytest.mark.property
@settings(max_examples=12)
@given(tables=packages(), selection=filters())
def test_any_table_can_be_drawn_and_is_left_as_it_was(tmp_path_factory, tables, selection):
    dataset = load(package.write(tmp_path_factory.mktemp("any"), **tables))
    before = dataset.events.copy(), dataset.reports.copy()
    for view in OURS:
        views.render(view, dataset, selection, preset="column")
        go.Figure(views.screen(view, dataset, selection, PAGE))
        assert views.alt_text(view, dataset, selection)
    assert dataset.events.equals(before[0])
    assert dataset.reports.equals(before[1])


@pytest.mark.unit
@pytest.mark.parametrize("view", ["timeline", "map", "trend"])
def test_an_empty_selection_says_so_in_picture_and_page(invented, view):
    nothing = Selection(theatres=("mozambique",), q="nothing like this")
    sentence = "No event matches: Mozambique; text “nothing like this”."
    assert sentence in notes(views.render(view, invented, nothing))
    assert sentence in notes(views.screen(view, invented, nothing, PAGE))
    assert views.alt_text(view, invented, nothing) == sentence


@pytest.mark.unit
def test_an_event_s_picture_says_which_event_it_wants(invented):
    for figure in (
        views.render("event", invented),
        views.screen("event", invented, Selection(), PAGE),
    ):
        assert "Name it: event=" in " ".join(notes(figure))


@pytest.mark.unit
@pytest.mark.parametrize("view", OURS)
def test_titles_are_no_markup(invented, view):
    selection = Selection.from_query("event=2019-03-11-sombra&q=sombra")
    for figure in (
        views.render(view, invented, selection).to_dict(),
        views.screen(view, invented, selection, PAGE),
    ):
        written = notes(figure)
        for trace in figure["data"]:
            for part in ("text", "name", "hovertemplate"):
                value = trace.get(part) or ()
                written += [value] if isinstance(value, str) else list(value)
        text = " ".join(written)
        assert "<Sol>" not in text
        assert '<b>"Alpha"' not in text
        assert "<i>" not in text


@pytest.mark.unit
def test_a_picture_says_what_it_is_told_to(invented):
    figure = views.render("map", invented, title="My <title>", subtitle="Mine", link="https://x.y/")
    texts = notes(figure)
    assert "<b>My &lt;title&gt;</b>" in texts
    assert "Mine" in texts
    assert any("https://x.y/" in text for text in texts)


@pytest.mark.unit
def test_a_dark_picture_has_a_dark_ground(invented):
    for view in OURS:
        figure = views.render(view, invented, dark=True)
        assert figure.layout.paper_bgcolor == PALETTES["dark"].panel


@pytest.mark.unit
def test_a_view_that_is_not_there_is_named():
    with pytest.raises(SelectionError, match=r"No view is called 'mapp'\. Did you mean 'map'\?"):
        views.view("mapp")


@pytest.mark.unit
@pytest.mark.parametrize("size", ["1200", "12x12", "9000x300", "x", "300x300x300"])
def test_a_size_that_is_none_is_refused(size):
    with pytest.raises(ExportError, match="is not a size. Write width x height in pixels"):
        views.medium_for("web", size)


@pytest.mark.unit
def test_a_preset_that_is_not_there_is_named():
    with pytest.raises(ExportError, match=r"No preset is called 'wep'\. Did you mean 'web'\?"):
        views.medium_for("wep")


@pytest.mark.property
@given(st.integers(200, 8000), st.integers(200, 8000))
def test_text_grows_and_shrinks_with_the_size_but_can_be_read(width, height):
    medium = views.medium_for("web", f"{width}x{height}")
    assert LEAST_FONT_PX <= medium.font_px <= 2 * PRESETS["web"].font_px
    assert medium.small_px >= 8


@pytest.mark.unit
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("case", table.QUERIES)
def test_words_for_those_who_do_not_see_it_are_plain_sentences(invented, view, case):
    selection = Selection.from_query(table.query(view, case), invented.vocabulary)
    text = views.alt_text(view, invented, selection)
    without_title = text.replace(table.MARKUP_TITLE, "TITLE")
    assert not re.search(r"</?[bi]>|&amp;|\bnan\b|<NA>|  ", without_title)
    assert text[0].isupper()
    assert text.endswith(".")


@pytest.mark.unit
def test_no_two_pictures_share_a_trace(small, monkeypatch):
    # plotly changes the traces that it reads, and pictures are drawn side by side in threads.
    drawn = []
    monkeypatch.setattr("dashboard.views.go.Figure", drawn.append)
    for _ in range(2):
        views.render("map", small, Selection(theatres=("iraq",)))
    first, second = ({id(trace) for trace in spec["data"]} for spec in drawn)
    assert first and not first & second
