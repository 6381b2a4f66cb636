import pytest

from dashboard import views
from dashboard.figures import frame
from dashboard.figures.theme import PRESETS, Medium
from dashboard.selection import Selection
from dashboard.views import event, event_rows
from dashboard.views.event_map import BORDERS
from tests.views.table import MARKUP_TITLE

WEB = PRESETS["web"]
PANEL = Medium("panel", 330, 0, 12, framed=False)
SOMBRA, NOWHERE = Selection(event="2019-03-11-sombra"), Selection(event="2020-02-02-nowhere")


def notes(figure):
    return [note["text"] for note in figure["layout"]["annotations"]]


def pictured(dataset, selection, preset="web"):
    return views.render("event", dataset, selection, preset=preset).to_dict()


@pytest.mark.unit
def test_the_picture_has_the_event_s_words(invented):
    found = event.texts(invented, SOMBRA, "")
    assert found.title == MARKUP_TITLE
    assert found.subtitle == (
        "11–14 March 2019 · Sombra & <Sol>, Cabo, Mozambique ·"
        " is-mozambique → civilians, mozambique-police (claimed)"
    )
    assert found.caption[0].startswith(
        "Source: Conflict Timeline, invented table, after 7 reports of Daily Wire, AP, "
    )
    assert found.caption[1] == (
        "7 independent sources · 2 of 7 reports without a number of dead · data f1c71on ·"
        " ?event=2019-03-11-sombra"
    )


@pytest.mark.unit
@pytest.mark.parametrize("preset", ["web", "social", "column"])
def test_each_report_with_a_figure_has_a_row_the_highest_first(invented, preset):
    figure = pictured(invented, SOMBRA, preset)
    bold = [text for text in notes(figure) if text.startswith("<b>") and text[3].isdigit()]
    assert bold == ["<b>1,357</b>", "<b>1,193</b>", "<b>900–978</b>", "<b>55</b>", "<b>55</b>"]
    assert BORDERS in notes(figure)


@pytest.mark.unit
def test_the_map_stands_beside_a_wide_chart_and_under_a_tall_one(invented):
    wide = pictured(invented, SOMBRA)["layout"]
    tall = pictured(invented, SOMBRA, "social")["layout"]
    assert wide["geo"]["domain"]["x"][0] > wide["xaxis"]["domain"][1]
    assert tall["geo"]["domain"]["y"][1] < tall["yaxis"]["domain"][0]


@pytest.mark.unit
def test_an_event_without_toll_and_place_says_so_and_has_no_map(invented):
    figure = pictured(invented, NOWHERE)
    assert event.NO_FIGURE in notes(figure)
    assert "geo" not in figure["layout"]
    assert BORDERS not in notes(figure)


@pytest.mark.unit
def test_an_event_whose_reports_give_no_figure_says_so(small):
    assert event.NO_REPORT in notes(pictured(small, Selection(event="2021-03-24-palma")))


@pytest.mark.unit
@pytest.mark.parametrize("preset", ["web", "social", "column"])
def test_where_no_report_has_a_figure_the_table_s_own_are_drawn(small, preset):
    figure = pictured(small, Selection(event="2021-03-24-palma"), preset)
    assert "<b>87 killed (55–1,000)</b>" in notes(figure)
    assert {"Low to high: 55–1,000", "Best figure: 87"} <= set(notes(figure))
    across = [(one["x0"], one["x1"]) for one in figure["layout"]["shapes"] if one["xref"] == "x"]
    assert across == [(55, 1000), (87, 87)]
    # A ring would be a report's figure.
    plots = [one for one in figure["data"] if one["type"] == "scatter"]
    assert [one["mode"] for one in plots] == ["lines"]
    one_figure = views.render("event", small, Selection(event="2019-03-23-baghuz"))
    assert "<b>0 killed</b>" in notes(one_figure.to_dict())


@pytest.mark.unit
def test_a_picture_too_low_for_more_has_the_table_s_figures_alone(small):
    words = frame.Words("Title", "", ["Source"])
    low = Medium("low", 900, 150, 12)
    spec = event.picture(small, Selection(event="2021-03-24-palma"), low, words)
    assert "<b>87 killed (55–1,000)</b>" in notes(spec)
    assert event.NO_REPORT not in notes(spec)


@pytest.mark.unit
def test_the_key_says_low_high_and_best(invented):
    texts = [key.text for key in event.keys(invented, SOMBRA, WEB)]
    assert texts == [
        "A report's own figure",
        "of part of the dead only",
        "Low to high: 55–1,357",
        "Best figure: 1,193",
    ]
    assert event.keys(invented, NOWHERE, WEB) == []


@pytest.mark.unit
def test_the_panel_of_the_page_has_its_small_chart(invented):
    spec = views.screen("event", invented, SOMBRA, PANEL)
    assert spec["layout"]["height"] == event.CHART_PX
    # One of the five figures is a range: a line, and a ring more.
    found = {trace["name"]: len(trace["x"]) for trace in spec["data"]}
    assert found == {"range": 2, "faint lines": 0, "lines": 3, "figures": 6, "best": 1}
    assert event.NO_FIGURE in notes(views.screen("event", invented, NOWHERE, PANEL))


@pytest.mark.unit
def test_the_only_chosen_event_needs_no_name(invented):
    assert event_rows.find(invented, Selection(q="sombra"))["event_id"] == "2019-03-11-sombra"
    assert event_rows.find(invented, Selection()) is None
    assert event_rows.find(invented, Selection(event="2000-01-01-none")) is None


@pytest.mark.unit
def test_a_report_with_one_end_of_a_range_is_kept(small, tmp_path):
    from dashboard.dataset import load
    from tests import package

    rows = [
        package.report("2014-06-06-mosul", "One", killed_min="50"),
        package.report("2014-06-06-mosul", "Two", killed_max="70"),
        *(
            package.report(event_id)
            for event_id in small.events["event_id"]
            if event_id != "2014-06-06-mosul"
        ),
    ]
    dataset = load(package.write(tmp_path, reports=rows))
    found = event_rows.reports_of(dataset, dataset.events.iloc[0])
    assert found["figure"].tolist() == ["up to 70", "at least 50"]
    assert found["killed_min"].tolist() == [70, 50]


@pytest.mark.unit
def test_a_place_far_from_all_names_has_a_wider_map(invented):
    bounds = event._bounds((22.0, 10.0), 5.0, (400.0, 400.0))
    near = event._bounds((33.3, 44.4), 5.0, (400.0, 400.0))
    assert bounds.north - bounds.south > near.north - near.south


@pytest.mark.unit
def test_more_reports_than_rows_are_counted(invented):
    words = frame.Words("Title", "", ["Source"])
    low = Medium("low", 900, 165, 12)
    spec = event.picture(invented, SOMBRA, low, words)
    assert any("more report" in text for text in notes(spec))
