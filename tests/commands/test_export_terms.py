"""What of a source that forbids passing its rows on may leave the program, and what may not."""

import html

import pytest

from dashboard import batch, pack
from dashboard.errors import ExportError
from dashboard.export.target import PAGE_FORM
from dashboard.pictures import Order
from dashboard.readers import acled as acled_reader
from dashboard.readers import gtd as gtd_reader
from dashboard.views import VIEWS, render
from tests.readers.tables import acled, gtd, read, ucdp

pytestmark = pytest.mark.unit

REFUSAL = (
    "A page that can be asked holds the rows behind its picture. {} Draw it as PNG, SVG or PDF."
)


@pytest.fixture(params=[(acled, acled_reader.TERMS), (gtd, gtd_reader.TERMS)], ids=["acled", "gtd"])
def kept(request, tmp_path):
    """Return a table whose rows stay with the reader, and the sentence that refuses a page."""
    row, terms = request.param
    return read(tmp_path, row(1), row(2)).dataset, REFUSAL.format(terms.sentence)


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_is_refused_before_anything_is_drawn(kept, tmp_path, view):
    dataset, refusal = kept
    order = Order(view, form=PAGE_FORM)
    for make in (
        lambda: pack.single(order, dataset),
        lambda: batch.task(order, tmp_path / "x.html", dataset),
        lambda: batch.series(order, "month", tmp_path, dataset),
        lambda: batch.export_image(view, tmp_path / "x.html", dataset),
    ):
        with pytest.raises(ExportError) as caught:
            make()
        assert str(caught.value) == refusal
    assert not (tmp_path / "x.html").exists()


def test_the_command_says_so_too(run, write, tmp_path):
    path = write("acled.csv", acled(1))
    for view, name in (("trend", "x.html"), ("pack", "x.zip")):
        code, out, err = run("export", view, "--data", path, "--out", tmp_path / name)
        assert (code, out) == (1, [])
        assert acled_reader.TERMS.sentence in err[-1]
        assert not (tmp_path / name).exists()


def test_a_picture_is_allowed_with_credit(kept):
    dataset, _ = kept
    written = " ".join(note.text or "" for note in render("timeline", dataset).layout.annotations)
    assert dataset.terms.credit in html.unescape(written.replace("<br>", " "))
    assert "CC BY 4.0" not in written


def test_a_page_of_a_source_that_allows_it_names_it(tmp_path):
    dataset = read(tmp_path, ucdp(1)).dataset
    page = pack.single(Order("map", form=PAGE_FORM), dataset).decode()
    assert "UCDP GED, Uppsala University, CC BY 4.0" in page


def test_draws_any_table(run, write, tmp_path):
    path, target = write("ged.csv", ucdp(1)), tmp_path / "x.html"
    code, out, err = run("export", "map", "--data", path, "--data-format", "ucdp", "--out", target)
    assert (code, out) == (0, [f"Written: {target}, {tmp_path / 'x.txt'}"])
    assert err[0] == "ged.csv: UCDP GED: 1 of 1 record loaded."
