import csv
import io
import json

import pandas as pd
import pyarrow.parquet
import pytest

from dashboard import downloads
from dashboard.app import create_app, routes
from dashboard.engine import enlarged
from dashboard.figures.theme import PRESETS
from dashboard.schema import EVENTS
from dashboard.selection import Selection
from dashboard.views import VIEWS, alt_text
from dashboard.views.chosen import ids as chosen_ids
from tests.app.table import FORMULA, SCRIPT

pytestmark = pytest.mark.unit

PALMA = "2021-03-24-palma"
SELECTIONS = ["", "?theatre=mozambique", "?type=bombings,air_strike", "?q=zzz", "?certain=1"]


def explained(client, address):
    """Ask for what is not there and return the sentence."""
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.mimetype == "application/json"
    assert list(answer.json) == ["error"]
    return answer.json["error"]


def test_says_that_it_is_well_and_what_it_serves(client, odd):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (
        200,
        {"status": "ok", "version": odd.version, "beside": "", "events": 12, "notice": ""},
    )


def test_says_that_its_table_can_be_asked(client, odd):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"status": "ready", "version": odd.version})


def test_is_not_ready_where_the_engine_does_not_answer(odd, tmp_path):
    large = enlarged(odd, tmp_path)
    page = create_app(large).server.test_client()
    assert page.get("/readyz").status_code == 200
    large.connection.close()
    assert page.get("/readyz").status_code == 500
    assert page.get("/healthz").status_code == 200


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("name", VIEWS)
def test_sends_each_picture_for_each_medium(client, name, preset):
    answer = client.get(f"/figure/{name}/{preset}.json?event={PALMA}&theatre=mozambique")
    assert answer.status_code == 200, answer.json
    figure = answer.json["figure"]
    size = figure["layout"]["width"], figure["layout"]["height"]
    assert size == (PRESETS[preset].width_px, PRESETS[preset].height_px)
    assert figure["data"]


def test_a_picture_names_the_filters_and_the_link(client, odd):
    figure = client.get("/figure/timeline/web.json?theatre=mozambique").json["figure"]
    assert (
        f"5 of 12 events; Mozambique · data {odd.version} · http://localhost/?theatre=mozambique"
    ) in [note["text"] for note in figure["layout"]["annotations"]]


def test_a_picture_of_an_event_leads_back_to_it(client):
    figure = client.get(f"/figure/event/web.json?theatre=mozambique&event={PALMA}").json["figure"]
    written = " ".join(note["text"] for note in figure["layout"]["annotations"])
    assert f"http://localhost/?event={PALMA}" in written


@pytest.mark.parametrize("name", VIEWS)
def test_a_picture_comes_with_its_words_and_its_recipe(client, odd, name):
    query = f"?theatre=mozambique&event={PALMA}"
    answer = client.get(f"/figure/{name}/social.json{query}&tab=trend").json
    assert answer["alt"] == alt_text(name, odd, Selection.from_query(query))
    recipe = answer["recipe"]
    assert (recipe["view"], recipe["preset"], recipe["version"]) == (name, "social", odd.version)
    assert Selection.from_query(recipe["query"]) == Selection.from_query(query)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            "/figure/timelime/web.json",
            "No view is called 'timelime'. Did you mean 'timeline'? The views are timeline, map,"
            " trend, actors, sources and event.",
        ),
        (
            "/figure/map/webb.json",
            "No preset is called 'webb'. Did you mean 'web'? The presets are web, social, slide,"
            " column and page.",
        ),
        ("/download/csvv", "No file form is called 'csvv'. Did you mean 'csv'?"),
        ("/download/xlsx", "No file form is called 'xlsx'."),
        ("/cite/apa", "No citation form is called 'apa'."),
    ],
)
def test_says_what_would_be_right(client, address, sentence):
    assert explained(client, address) == sentence


@pytest.mark.parametrize("query", SELECTIONS)
@pytest.mark.parametrize("form", downloads.FORMS)
def test_each_file_holds_exactly_the_chosen(client, odd, form, query):
    answer = client.get(f"/download/{form}{query}")
    assert answer.status_code == 200
    expected = chosen_ids(odd, Selection.from_query(query))
    assert READ[form](answer.data) == expected


def _csv_ids(content):
    return [row["event_id"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), ""))]


READ = {
    "csv": _csv_ids,
    "excel": _csv_ids,
    "geojson": lambda content: [feature["id"] for feature in json.loads(content)["features"]],
    "parquet": lambda content: pd.read_parquet(io.BytesIO(content))["event_id"].to_list(),
}


@pytest.mark.parametrize("form", downloads.FORMS)
def test_a_file_has_a_name_and_a_type(client, odd, form):
    headers = client.get(f"/download/{form}").headers
    suffix = downloads.FORMS[form].suffix
    assert headers["Content-Disposition"] == (
        f'attachment; filename="conflict-timeline-{odd.version}.{suffix}"'
    )
    assert headers["Content-Type"] == downloads.FORMS[form].media_type


def test_a_csv_is_the_table_in_its_own_columns(client):
    text = client.get("/download/csv").data.decode()
    assert "\r" not in text
    assert text.splitlines()[0] == ",".join(column.name for column in EVENTS)


def test_a_csv_for_excel_begins_with_a_mark_and_breaks_lines_its_way(client):
    plain, excel = (client.get(f"/download/{form}").data for form in ("csv", "excel"))
    assert excel.startswith(b"\xef\xbb\xbf")
    assert not plain.startswith(b"\xef\xbb\xbf")
    assert excel[3:].replace(b"\r\n", b"\n") == plain
    assert excel.count(b"\n") == excel.count(b"\r\n") == 13


@pytest.mark.parametrize("form", ["csv", "excel"])
def test_a_text_like_a_formula_is_made_harmless_and_a_number_is_not(client, form):
    content = client.get(f"/download/{form}").data.decode("utf-8-sig")
    rows = {row["event_id"]: row for row in csv.DictReader(io.StringIO(content, ""))}
    assert rows[FORMULA]["title"] == '\'=HYPERLINK("https://example.org")'
    assert rows[FORMULA]["admin1"] == "'+5"
    assert rows[FORMULA]["summary"] == "'-1 is how this begins"
    assert rows[SCRIPT]["admin1"] == "'@mtwara"
    assert rows[SCRIPT]["latitude_deg"] == "-10.5"
    assert rows[SCRIPT]["title"] == "<script>alert(1)</script>"


def test_a_geojson_keeps_events_without_a_place(client):
    features = client.get("/download/geojson").json["features"]
    places = {feature["id"]: feature["geometry"] for feature in features}
    assert places["2015-01-22-london"] is None
    assert places[PALMA] == {"type": "Point", "coordinates": [40.473, -10.776]}
    assert sum(place is None for place in places.values()) == 2


def test_a_geojson_says_what_it_holds(client, odd):
    collection = client.get("/download/geojson?theatre=iraq").json
    assert collection["type"] == "FeatureCollection"
    assert "Iraq" in collection["citation"]
    assert f"data version {odd.version}" in collection["citation"]


def test_a_parquet_keeps_the_types_and_says_what_it_holds(client, odd):
    content = client.get("/download/parquet?theatre=mozambique").data
    table = pyarrow.parquet.read_table(io.BytesIO(content))
    frame = table.to_pandas()
    assert frame.dtypes.to_dict() == odd.events.dtypes.to_dict()
    assert frame["killed_best"].isna().sum() == 2
    assert b"Mozambique" in table.schema.metadata[b"citation"]


@pytest.mark.parametrize("form", downloads.FORMS)
def test_a_bad_link_gives_what_is_understood(client, form):
    good = client.get(f"/download/{form}?theatre=iraq").data
    assert READ[form](client.get(f"/download/{form}?theatre=irak,iraq&x=1").data) == READ[form](
        good
    )


@pytest.mark.parametrize(
    ("form", "start", "media_type"),
    [
        ("plain", "odd. Shown as “Conflict Timeline: odd, Iraq”", "text/plain"),
        ("bibtex", "@misc{conflict-timeline-", "application/x-bibtex"),
        ("ris", "TY  - DATA\r\n", "application/x-research-info-systems"),
    ],
)
def test_cites_a_selection_in_each_form(client, form, start, media_type):
    answer = client.get(f"/cite/{form}?theatre=iraq")
    text = answer.get_data(as_text=True)
    assert text.startswith(start)
    assert "Iraq" in text
    assert "http://localhost/?theatre=iraq" in text
    assert answer.mimetype == media_type
    suffix = routes.CITATION_FORMS[form][0]
    assert answer.headers["Content-Disposition"].endswith(f'.{suffix}"')


def test_cites_the_event_that_is_open(client):
    text = client.get(f"/cite/plain?theatre=iraq&event={PALMA}").get_data(as_text=True)
    assert "Siege of Palma, 24 March – 4 April 2021" in text
    assert f"http://localhost/?event={PALMA}," in text


def test_a_citation_carries_the_day_it_was_asked_for(client):
    today = routes._today()
    assert f"urldate = {{{today}}}" in client.get("/cite/bibtex").get_data(as_text=True)


def test_an_event_with_markup_is_cited_as_text(client):
    answer = client.get(f"/cite/plain?event={SCRIPT}")
    assert "<script>alert(1)</script>" in answer.get_data(as_text=True)
    assert answer.mimetype == "text/plain"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


ADDRESSES = [
    *("/", "/?q=%3Cscript%3E", "/healthz", "/figure/map/web.json", "/figure/x/y.json"),
    *("/download/csv", "/download/x", "/cite/ris", "/cite/x", "/nowhere", "/assets/page.css"),
    *("/assets/none.css", "/_dash-layout", "/_dash-dependencies"),
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_security_headers(client, address):
    with client.get(address) as answer:
        headers = answer.headers
    assert headers.getlist("X-Content-Type-Options") == ["nosniff"]
    assert headers.getlist("Referrer-Policy") == ["same-origin"]
    assert headers.getlist("Content-Security-Policy")
    for name in routes.HEADERS:
        assert len(headers.getlist(name)) == 1


def test_a_refused_request_carries_them_too(client):
    headers = client.post("/healthz").headers
    assert headers["X-Content-Type-Options"] == "nosniff"


def policy(client):
    text = client.get("/").headers["Content-Security-Policy"]
    return {rule.split()[0]: rule.split()[1:] for rule in text.split("; ")}


def test_only_our_own_scripts_run(client):
    rules = policy(client)
    assert rules["default-src"] == ["'self'"]
    assert rules["object-src"] == ["'none'"]
    assert rules["script-src"][0] == "'self'"
    assert all(source.startswith("'sha256-") for source in rules["script-src"][1:])


def test_nothing_is_loaded_from_elsewhere(client):
    for name, sources in policy(client).items():
        for source in sources:
            assert source.startswith("'") or source in ("data:", "blob:"), (name, source)
        assert "'unsafe-eval'" not in sources
        assert name == "style-src" or "'unsafe-inline'" not in sources


SECRETS = (b"event_id,start_date", b"[build-system]", b"root:", b'"""Every id on the page."""')


@pytest.mark.parametrize(
    "address",
    [
        "/assets/../data/events.csv",
        "/assets/..%2fdata%2fevents.csv",
        "/assets/%2e%2e/data/events.csv",
        "/assets/..%5cdata%5cevents.csv",
        "/assets//etc/passwd",
        "/assets/%2fetc%2fpasswd",
        "/assets/../dashboard/app/ids.py",
        "/../pyproject.toml",
        "/figure/..%2f..%2fpyproject/web.json",
        "/figure/map/..%2f..%2fweb.json",
        "/download/..%2f..%2fdata%2fevents.csv",
        "/cite/..%2fplain",
        "/_dash-component-suites/..%2f..%2fpyproject.toml",
    ],
)
def test_no_address_leads_to_a_file_of_ours(client, address):
    answer = client.get(address)
    assert not any(secret in answer.data for secret in SECRETS)
    assert answer.mimetype in ("text/html", "application/json")


@pytest.mark.parametrize("name", ["form", "__init__", "key", "url"])
def test_a_citation_form_is_no_attribute(client, name):
    assert explained(client, f"/cite/{name}") == f"No citation form is called {name!r}."


# Flask opens the file before it knows that none is to be sent; a server's end closes it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("coding", ["zstd", "br", "gzip", "identity"])
def test_a_script_that_has_not_changed_is_not_sent_again(client, coding):
    def ask(tag):
        headers = {"Accept-Encoding": coding, "If-None-Match": tag}
        with client.get("/assets/clientside.js", headers=headers) as answer:
            return answer.status_code, answer.data, answer.headers

    code, script, headers = ask('"another"')
    assert (code, headers["Cache-Control"]) == (200, "no-cache") and script
    assert ask(headers["ETag"])[:2] == (304, b"")
