import io
import os
import sys

import pytest

from dashboard import cli
from dashboard.commands import export
from dashboard.export import png, read_recipe
from dashboard.export.recipe import png_texts
from dashboard.pictures import Order, recipe
from tests.export.pixels import smallest_png


@pytest.fixture
def run(capsys, small_folder):
    """Run `export` on the small table; return exit code, what it printed, what it complained of."""

    def _run(*arguments):
        try:
            code = cli.main(["export", *map(str, arguments), "--data", str(small_folder)])
        except SystemExit as stop:
            code = stop.code
        return (code, *capsys.readouterr())

    return _run


@pytest.fixture
def no_chromium(monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", "/nowhere")


def picture(path, found):
    path.write_bytes(png.with_text(smallest_png(), png_texts(found), 1))
    return path


@pytest.mark.unit
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "name a VIEW, for example timeline, or an image: --from-image FILE"),
        (("pack", "--each", "month"), "a pack is made from --query, not with --from-image"),
        (("pack", "--format", "png"), "a pack is made from --query, not with --from-image"),
        (("map", "--jobs", "0"), "'0' is not a number of jobs. Write 1 to 16."),
        (("map", "--jobs", "two"), "'two' is not a number of jobs. Write 1 to 16."),
        (("map", "--scale", "nan"), "'nan' is not a scale. Write 0.1 to 10."),
    ],
)
def test_says_how_it_is_used(run, tmp_path, arguments, sentence):
    code, out, err = run(*arguments, "--out", tmp_path / "x.png")
    assert (code, out) == (2, "")
    assert sentence in err


@pytest.mark.unit
@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (
            ("map", "--query", "theatre=irak"),
            2,
            "No theatre is called 'irak'. Did you mean 'iraq'?",
        ),
        (("map", "--preset", "pages"), 1, "No preset is called 'pages'. Did you mean 'page'?"),
        (("map", "--size", "9x9"), 1, "'9x9' is not a size."),
        (
            ("map", "--each", "day", "--format", "png"),
            1,
            "Pictures cannot be drawn for each 'day'.",
        ),
        (("--from-image", "gone.png"), 1, "Cannot read gone.png: No such file or directory."),
    ],
)
def test_a_mistake_is_a_sentence_and_leaves_no_file(
    run, tmp_path, no_chromium, arguments, code, sentence
):
    out = tmp_path / ("x" if "--each" in arguments else "x.png")
    found, printed, err = run(*arguments, "--out", out)
    assert (found, printed) == (code, "")
    assert err.startswith(sentence)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.unit
@pytest.mark.parametrize(("what", "name"), [("map", "x.png"), ("pack", "x.zip")])
def test_without_chromium_it_names_the_fix(run, tmp_path, no_chromium, what, name):
    code, out, err = run(what, "--out", tmp_path / name)
    assert (code, out) == (1, "")
    assert err == (
        "BROWSER_PATH='/nowhere' is not a program: to draw images, install it with"
        " `apt install chromium` or set BROWSER_PATH to where Chromium or Chrome is.\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.unit
@pytest.mark.skipif(os.geteuid() != 0, reason="a folder without rights stops only others")
def test_a_folder_on_a_read_only_disk_is_a_sentence(run, no_chromium):
    code, _, err = run("map", "--out", "/proc/x.png")
    assert (code, err) == (1, "Cannot write /proc/x.png: No such file or directory.\n")


@pytest.mark.unit
def test_writes_a_page_and_its_alt_text(run, tmp_path, no_chromium, small):
    path = tmp_path / "map.html"
    found = run("map", "--query", "theatre=iraq", "--dark", "--title", "A", "--out", path)
    assert found == (0, f"Written: {path}, {tmp_path / 'map.txt'}\n", "")
    order = Order("map", "theatre=iraq", title="A", dark=True, form="html")
    assert read_recipe(path) == recipe(order, small)
    assert (tmp_path / "map.txt").read_text("utf-8").endswith("\n")


@pytest.mark.unit
def test_leaves_the_alt_text_out(run, tmp_path, no_chromium):
    assert run("map", "--no-alt", "--out", tmp_path / "a.html")[1] == (
        f"Written: {tmp_path / 'a.html'}\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


@pytest.mark.unit
def test_draws_a_picture_again_with_changes(run, tmp_path, no_chromium, small):
    old = Order("map", "theatre=iraq", "social", title="A", link="https://x.org", dark=True)
    image = picture(tmp_path / "old.png", recipe(old, small))
    new = tmp_path / "new.html"
    found = run("--from-image", image, "--preset", "page", "--no-dark", "--out", new, "--no-alt")
    assert found == (0, f"Written: {new}\n", "")
    order = Order("map", "theatre=iraq", "page", title="A", link="https://x.org", form="html")
    assert read_recipe(new) == recipe(order, small)


@pytest.mark.unit
def test_says_that_the_table_has_changed_since(run, tmp_path, no_chromium, small):
    image = picture(tmp_path / "old.png", recipe(Order("map"), small) | {"version": "3f9a2c1"})
    code, _, err = run("--from-image", image, "--out", tmp_path / "new.html")
    assert (code, err) == (
        0,
        f"{image}: It was drawn from data 3f9a2c1; this table is {small.version}, so the picture"
        " may differ.\n",
    )


@pytest.mark.unit
def test_refuses_an_image_that_no_view_drew(run, tmp_path):
    image = picture(tmp_path / "old.png", {"program": "Conflict Timeline"})
    code, _, err = run("--from-image", image, "--out", tmp_path / "new.html")
    assert code == 1
    assert err.splitlines()[-1].startswith("The image was drawn from a figure made in Python")


@pytest.mark.unit
def test_a_series_says_what_it_drew_and_what_was_there(run, tmp_path, no_chromium):
    folder = tmp_path / "maps"
    arguments = ("map", "--each", "theatre", "--format", "html", "--out", folder)
    assert run(*arguments, "--query", "theatre=iraq,sahel") == (
        0,
        f"Drawn: 2 pictures in {folder}.\n",
        "",
    )
    (folder / "map-sahel.html").unlink()
    (folder / "map-sahel.txt").unlink()
    assert run(*arguments, "--query", "theatre=iraq,sahel")[1] == (
        f"Drawn: 1 picture in {folder}, 1 skipped that was there.\n"
    )
    assert run(*arguments, "--query", "theatre=iraq,sahel")[1] == (
        f"Drawn: 0 pictures in {folder}, 2 skipped that were there.\n"
    )


@pytest.mark.unit
def test_a_series_draws_nothing_when_one_file_is_not_ours(run, tmp_path, no_chromium):
    (tmp_path / "map-sahel.html").write_text("<html>mine</html>")
    code, _, err = run("map", "--each", "theatre", "--format", "html", "--out", tmp_path)
    assert code == 1
    assert err.startswith(f"{tmp_path / 'map-sahel.html'} is there already")
    assert [path.name for path in tmp_path.iterdir()] == ["map-sahel.html"]


class Terminal(io.TextIOWrapper):
    def isatty(self):
        return True


@pytest.mark.unit
def test_a_terminal_sees_how_far_a_series_is(run, tmp_path, no_chromium, monkeypatch):
    screen = Terminal(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stderr", screen)
    run(
        "map", "--each", "theatre", "--format", "html", "--query", "theatre=iraq", "--out", tmp_path
    )
    screen.flush()
    assert (
        screen.buffer.getvalue().decode() == f"\r\x1b[K{'█' * export.BAR_WIDTH} 1/1 map-iraq.html\n"
    )


@pytest.mark.image
def test_draws_the_same_pixels_from_an_image(run, tmp_path):
    first, again = tmp_path / "a.png", tmp_path / "b.png"
    query = ("--query", "theatre=mozambique", "--preset", "column", "--scale", "2")
    assert run("timeline", *query, "--out", first)[0] == 0
    assert run("--from-image", first, "--out", again)[0] == 0
    assert again.read_bytes() == first.read_bytes()
