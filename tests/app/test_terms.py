"""Whose rows the page shows: their terms stand wherever the rows do, and no others' do."""

import csv
import dataclasses
import html as markup
import io

import pytest
from dash import html

from dashboard.app import create_app, header, layout, status, tabs
from dashboard.app.site import Site
from dashboard.dataset import CURATED, load, save
from dashboard.downloads import FORMS
from dashboard.figures.theme import Medium
from dashboard.provenance import OURS
from dashboard.readers import acled as acled_reader
from dashboard.readers import gtd as gtd_reader
from dashboard.readers import ucdp as ucdp_reader
from dashboard.selection import Selection
from dashboard.views import VIEWS
from tests.app.tree import having, links, text, walk
from tests.readers.tables import acled, gtd, read, ucdp

pytestmark = pytest.mark.unit

MEDIUM = Medium("screen", 960, 0, 12, framed=False)
ALL = Selection()
SOURCES = {
    "ucdp": (ucdp, ucdp_reader.TERMS),
    "acled": (acled, acled_reader.TERMS),
    "gtd": (gtd, gtd_reader.TERMS),
}
KEPT = ("acled", "gtd")
# The base map's and its places' terms, which stand on every page.
MAP_TERMS = "GeoNames, CC BY 4.0"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Return the site and the client of each source's table, made once."""
    found = {}
    for key, (row, _) in SOURCES.items():
        rows = [row(1), row(2), row(3)]
        dataset = read(tmp_path_factory.mktemp(key), *rows).dataset
        app = create_app(dataset)
        found[key] = app.live.now, app.server.test_client()
    return found


@pytest.fixture(params=SOURCES)
def foreign(request, served):
    return (*served[request.param], SOURCES[request.param][1])


@pytest.fixture(params=KEPT)
def kept(request, served):
    return (*served[request.param], SOURCES[request.param][1])


def footer(site):
    page = layout.page(site)
    return text(next(part for part in walk(page) if isinstance(part, html.Footer)))


def about(dataset):
    return tabs.body(dataset, Selection(tab="about"), MEDIUM)


def without_the_maps(words):
    return words.replace(MAP_TERMS, "")


def captions(figure):
    written = " ".join(note.get("text") or "" for note in figure["layout"]["annotations"])
    return markup.unescape(" ".join(written.replace("<br>", " ").split()))


def test_the_footer_carries_the_terms_and_the_credit(foreign):
    site, _, terms = foreign
    assert terms.sentence in footer(site)
    assert f"Data {site.dataset.version}, {terms.credit};" in footer(site)
    assert "curated" not in footer(site)


def test_the_footer_of_the_curated_table_says_what_it_is(odd):
    ours = Site.of(dataclasses.replace(odd, name=CURATED, folder=None))
    assert footer(ours).startswith("This is a curated table: it counts events that were read")
    assert OURS.credit in footer(ours)


def test_the_footer_of_ones_own_table_claims_nothing_for_it(site):
    words = footer(site)
    assert words.startswith("odd. This is a table of your own")
    assert "CC BY" not in without_the_maps(words)
    assert "curated" not in words


@pytest.mark.parametrize("name", [name for name in VIEWS if name != "event"])
def test_each_picture_carries_the_credit(foreign, name):
    _, client, terms = foreign
    assert terms.credit in captions(client.get(f"/figure/{name}/web.json").json["figure"])


def test_the_citation_is_the_sources_own(foreign):
    site, client, terms = foreign
    plain = client.get("/cite/plain").get_data(as_text=True)
    assert plain.startswith(f"{terms.citation.removesuffix('.')}. Shown as “Conflict Timeline:")
    assert f"data version {site.dataset.version}, {terms.credit}" in plain
    assert plain.endswith(terms.sentence)
    assert terms.name in client.get("/cite/ris").get_data(as_text=True)


@pytest.mark.parametrize("form", FORMS)
def test_rows_that_may_be_passed_on_carry_their_credit(served, form):
    _, client = served["ucdp"]
    answer = client.get(f"/download/{form}")
    assert answer.status_code == 200
    assert answer.headers["Link"] == f'<{ucdp_reader.TERMS.url}>; rel="license"'
    if form in ("csv", "excel"):
        lines = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), ""))
        assert [row["credit"] for row in lines] == [ucdp_reader.TERMS.credit] * 3
    else:
        assert answer.data.count(ucdp_reader.TERMS.credit.encode()) >= 1


@pytest.mark.parametrize("form", FORMS)
def test_rows_that_may_not_be_passed_on_are_refused_with_the_reason(kept, form):
    _, client, terms = kept
    answer = client.get(f"/download/{form}")
    assert answer.status_code == 400
    assert answer.json["error"] == f"These rows cannot be downloaded. {terms.sentence}"


def test_the_page_offers_no_download_that_is_refused(kept):
    site, _, terms = kept
    for part in (header.header(site), tabs.body(site.dataset, ALL, MEDIUM)):
        assert having(part, "data-do", "fetch") == []
        assert f"These rows cannot be downloaded. {terms.sentence}" in text(part)


def test_the_page_offers_the_downloads_that_are_allowed(served):
    site, _ = served["ucdp"]
    assert len(having(header.header(site), "data-do", "fetch")) == len(FORMS)


def test_nothing_of_a_source_that_keeps_its_rows_says_cc_by(kept):
    site, client, _ = kept
    words = [footer(site), text(about(site.dataset))]
    words += [client.get(f"/cite/{form}").get_data(as_text=True) for form in ("plain", "ris")]
    words += [captions(client.get(f"/figure/{name}/web.json").json["figure"]) for name in VIEWS]
    words += [
        text(tabs.body(site.dataset, Selection(tab=tab), MEDIUM)) for tab in ("events", "trend")
    ]
    shell = client.get("/").get_data(as_text=True)
    for said in [*words, text(header.header(site)), shell]:
        assert "CC BY" not in without_the_maps(said)
        assert "CC-BY" not in said


def test_counts_of_a_systematic_source_carry_no_caveat_of_curation(foreign):
    site, client, _ = foreign
    query = "?from=2015-01-01&to=2022-12-31"
    selection = site.parse(query)[0]
    said = [
        footer(site),
        text(about(site.dataset)),
        text(status.numbers(site.dataset, selection)),
        text(tabs.body(site.dataset, selection.with_(tab="trend"), MEDIUM)),
        captions(client.get(f"/figure/trend/web.json{query}").json["figure"]),
    ]
    for words in said:
        assert "curated" not in words
        assert "census" not in words


def test_counts_of_ones_own_table_carry_it(odd):
    words = text(tabs.body(odd, Selection(tab="trend"), MEDIUM))
    assert "curated and not a census" in words


def test_the_about_tab_says_by_whose_rules_it_is_counted(foreign):
    site, _, terms = foreign
    words = text(about(site.dataset))
    assert f"The figures are those of {terms.name}, by its own rules." in words
    assert "every side but the initiators'" not in words
    assert terms.sentence in words
    assert terms.citation in words
    assert terms.url in links(about(site.dataset)).values()


def test_the_about_tab_says_how_the_file_was_read(tmp_path):
    rows = [ucdp(1), ucdp(2, date_start="2015-13-01"), ucdp(3, low="9")]
    dataset = read(tmp_path, *rows).dataset
    words = text(about(dataset))
    assert "How the file was read" in words
    assert "table.csv, UCDP GED: 2 of 3 records loaded, 1 not, 1 warning." in words
    assert "Encoding: UTF-8." in words
    assert "record 2, line 3, date_start: '2015-13-01' is not a day of the calendar." in words
    assert "record 3, line 4, low, best, high: 9, 5, 7 are not in the order" in words


def test_the_about_tab_counts_the_problems_that_it_does_not_list(tmp_path):
    rows = [ucdp(1), *(ucdp(number, date_start="x") for number in range(2, 102))]
    words = text(about(read(tmp_path, *rows).dataset))
    assert words.count("date_start: 'x'") == tabs.MOST_PROBLEMS
    more = 100 - tabs.MOST_PROBLEMS
    assert f"… and {more} more; conflict-timeline check table.csv lists them all." in words


def test_the_about_tab_of_an_imported_folder_says_what_that_of_the_file_does(tmp_path):
    rows = [ucdp(1), *(ucdp(number, date_start="x") for number in range(2, 300))]
    dataset = read(tmp_path, *rows, ucdp(300, low="9")).dataset
    save(dataset, tmp_path / "imported")
    there, here = text(about(load(tmp_path / "imported"))), text(about(dataset))
    start = "How the file was read"
    assert there.partition(start)[2] == here.partition(start)[2]
    assert "2 of 300 records loaded, 298 not, 1 warning" in there


def test_a_table_of_ours_has_no_report(odd):
    assert "How the file was read" not in text(about(odd))
