import os
import signal
import subprocess

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard import batch, pictures
from dashboard.batch import Task, check, export_image, series, task
from dashboard.errors import DependencyError, ExportError, SelectionError
from dashboard.export import read_recipe, write
from dashboard.pictures import Order
from dashboard.selection import Selection
from dashboard.views import alt_text, render
from tests.export.pixels import smallest_png

MOZAMBIQUE = Selection(theatres=("mozambique",))
NO_CHROMIUM = "BROWSER_PATH='/nowhere' is not a program: to draw images, install it with"


@pytest.fixture
def no_chromium(monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", "/nowhere")


def refusal(tasks, **options):
    with pytest.raises(ExportError) as caught:
        check(tasks, **options)
    return str(caught.value)


def ours(path, order, dataset):
    """Write a file that holds the recipe of an order, without drawing it."""
    from dashboard.export import png
    from dashboard.export.recipe import png_texts

    texts = png_texts(pictures.recipe(order, dataset))
    write(path, png.with_text(smallest_png(), texts, 1))


@pytest.mark.unit
def test_a_task_has_the_alt_text_of_its_picture(small, tmp_path):
    order = Order("map", "theatre=mozambique")
    one = task(order, tmp_path / "a.png", small)
    assert one.alt == alt_text("map", small, MOZAMBIQUE)
    assert one.alt_path == tmp_path / "a.txt"
    assert task(order, tmp_path / "a.png", small, alt=False).alt == ""


@pytest.mark.unit
def test_a_series_has_a_file_for_each_member(small, tmp_path):
    tasks = series(Order("map", "theatre=mozambique", form="svg"), "event", tmp_path, small)
    assert [one.path.name for one in tasks] == [
        "map-2020-03-23-mocimboa.svg",
        "map-2021-03-01-cabo-delgado.svg",
        "map-2021-03-24-palma.svg",
    ]
    assert tasks[2].order == Order("map", "theatre=mozambique&event=2021-03-24-palma", form="svg")


@pytest.mark.unit
def test_a_series_of_nothing_is_an_error(small, tmp_path):
    with pytest.raises(ExportError) as caught:
        series(Order("map", "q=nosuchword"), "month", tmp_path, small)
    said = "The selection chooses no event with a date, so there is nothing to draw."
    assert str(caught.value) == said


@pytest.mark.unit
def test_checks_the_target_of_each_picture(small, tmp_path):
    tasks = series(Order("map"), "theatre", tmp_path, small)
    check(tasks)
    (tmp_path / "map-syria.png").write_bytes(b"mine")
    assert refusal(tasks) == (
        f"{tmp_path / 'map-syria.png'} is there already and is not by Conflict Timeline. Choose"
        " another name, or replace it with --overwrite."
    )
    check(tasks, overwrite=True)
    assert (tmp_path / "map-syria.png").read_bytes() == b"mine"


@pytest.mark.unit
def test_replaces_pictures_of_its_own(small, tmp_path):
    tasks = series(Order("map"), "theatre", tmp_path, small)
    ours(tasks[0].path, Order("trend"), small)
    tasks[0].alt_path.write_text("Of the picture that was.")
    check(tasks)


@pytest.mark.unit
def test_keeps_a_text_that_is_not_an_alt_text(small, tmp_path):
    one = task(Order("map"), tmp_path / "notes.png", small)
    one.alt_path.write_text("my notes")
    assert refusal([one]) == (
        f"{one.alt_path}, the place of the alt text, is there already. Choose another name,"
        " replace it with --overwrite, or leave the text out with --no-alt."
    )
    check([one], overwrite=True)
    check([task(Order("map"), one.path, small, alt=False)])


@pytest.mark.unit
def test_lets_two_forms_of_a_picture_share_the_alt_text(small, tmp_path):
    svg = task(Order("map", form="svg"), tmp_path / "a.svg", small)
    svg.alt_path.write_text(f"{svg.alt}\n", encoding="utf-8")
    check([task(Order("map"), tmp_path / "a.png", small), svg])


@pytest.mark.unit
def test_leaves_the_text_of_another_picture_of_the_name_as_it_is(small, tmp_path, no_chromium):
    first = task(Order("map"), tmp_path / "a.png", small)
    ours(first.path, first.order, small)
    batch.run([first], small)
    export_image("timeline", tmp_path / "a.html", small)
    assert (tmp_path / "a.txt").read_text("utf-8") == f"{first.alt}\n"
    alt = alt_text("timeline", small, Selection())
    assert (tmp_path / "a.html.txt").read_text("utf-8") == f"{alt}\n"


@pytest.mark.unit
def test_two_pictures_of_one_name_are_refused(tmp_path):
    tasks = [Task(Order("map"), tmp_path / name) for name in ("map-a.png", "map-A.png")]
    assert refusal(tasks) == (
        f"Two pictures would be called {tmp_path / 'map-a.png'}. Draw fewer at a time."
    )


@pytest.mark.unit
def test_says_when_the_disk_is_too_full(small, tmp_path, monkeypatch):
    usage = type("Usage", (), {"free": 1_500_000})
    monkeypatch.setattr("shutil.disk_usage", lambda folder: usage)
    tasks = series(Order("map"), "theatre", tmp_path, small)
    assert refusal(tasks) == (
        f"{tmp_path} has room for 1.5 MB more, and 5 pictures may take 4 MB. Make room, or choose"
        " another folder."
    )
    for one in tasks:
        ours(one.path, one.order, small)
    check(tasks)


@pytest.mark.unit
def test_makes_the_folder_of_a_series(tmp_path):
    batch.make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    (tmp_path / "file").touch()
    with pytest.raises(ExportError) as caught:
        batch.make_folder(tmp_path / "file" / "b")
    assert (
        str(caught.value) == f"Cannot make the folder {tmp_path / 'file' / 'b'}: Not a directory."
    )


@pytest.mark.unit
def test_skips_a_picture_that_is_there_and_completes_its_alt_text(small, tmp_path, no_chromium):
    tasks = series(Order("map"), "theatre", tmp_path, small)
    for one in tasks:
        ours(one.path, one.order, small)
    told = []
    outcome = batch.run(tasks, small, tell=lambda number, one: told.append(number))
    assert (outcome.drawn, outcome.skipped) == ((), tuple(tasks))
    assert told == [1, 2, 3, 4, 5]
    assert tasks[0].alt_path.read_text("utf-8") == f"{tasks[0].alt}\n"


@pytest.mark.unit
@pytest.mark.parametrize("change", [{"dark": True}, {"scale": 2}, {"title": "x"}, {"query": "q=a"}])
def test_skips_only_the_very_picture(small, tmp_path, no_chromium, change):
    one = task(Order("map"), tmp_path / "a.png", small)
    ours(one.path, Order("map", **change), small)
    with pytest.raises(DependencyError, match=NO_CHROMIUM):
        batch.run([one], small)


@pytest.mark.unit
def test_says_how_to_get_a_chromium(small, tmp_path, no_chromium):
    tasks = series(Order("map"), "theatre", tmp_path, small)
    with pytest.raises(DependencyError) as caught:
        batch.run(tasks, small)
    assert str(caught.value).startswith(NO_CHROMIUM)
    assert list(tmp_path.iterdir()) == []


def chromiums():
    found = subprocess.run(
        ["pgrep", "-P", str(os.getpid()), "-f", "remote-debugging-pipe"],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(pid) for pid in found.stdout.split()]


@pytest.mark.image
def test_loses_no_picture_of_forty_when_chromium_is_killed_twice(curated, tmp_path):
    order = Order("timeline", "from=2018-01-01&to=2021-04-30")
    tasks = series(order, "month", tmp_path, curated)
    before, killed = set(chromiums()), []

    def kill(number, one):
        if number in (4, 25):
            killed.extend(set(chromiums()) - before)
            os.kill(killed[-1], signal.SIGKILL)

    outcome = batch.run(tasks, curated, tell=kill)
    assert len(set(killed)) == len(killed) == 2
    assert len(outcome.drawn) == 40
    months = pd.period_range("2018-01", "2021-04", freq="M")
    assert {path.name for path in tmp_path.glob("*.png")} == {
        f"timeline-{month}.png" for month in months
    }
    for one in tasks:
        assert read_recipe(one.path) == pictures.recipe(one.order, curated)
        assert one.alt_path.read_text("utf-8") == f"{one.alt}\n"
    again = batch.run(tasks, curated)
    assert (len(again.drawn), len(again.skipped)) == (0, 40)


@pytest.mark.image
def test_draws_the_same_with_several_jobs(curated, tmp_path, drawer):
    tasks = series(Order("trend", "from=2021-01-01&to=2021-03-31"), "month", tmp_path, curated)
    batch.run(tasks, curated, jobs=2)
    for one in tasks:
        assert one.path.read_bytes() == pictures.draw(one.order, curated, drawer)


@pytest.mark.unit
def test_exports_a_view_as_a_page_without_chromium(small, tmp_path, no_chromium):
    path = export_image("timeline", tmp_path / "a.html", small, MOZAMBIQUE, preset="column")
    order = Order("timeline", "theatre=mozambique", "column", form="html")
    assert read_recipe(path) == pictures.recipe(order, small)
    assert path.with_suffix(".txt").is_file()
    assert export_image("timeline", path, small, MOZAMBIQUE) == path


@pytest.mark.unit
def test_asks_for_the_table_of_a_view(tmp_path):
    with pytest.raises(TypeError, match="A view is drawn from a table"):
        export_image("timeline", tmp_path / "a.png")


@pytest.mark.unit
def test_names_an_unknown_view(small, tmp_path):
    with pytest.raises(SelectionError, match="No view is called 'tmeline'"):
        export_image("tmeline", tmp_path / "a.png", small)


@pytest.mark.image
def test_exports_a_figure_again_and_again(small, tmp_path):
    figure = render("timeline", small)
    path = export_image(figure, tmp_path / "a.svg")
    first = path.read_bytes()
    assert isinstance(figure, go.Figure)
    assert export_image(figure, path).read_bytes() == first
    assert not path.with_suffix(".txt").exists()
