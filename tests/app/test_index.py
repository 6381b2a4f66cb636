import re
from html.parser import HTMLParser

import pytest

from dashboard.app import create_app, filters, header, index
from dashboard.dataset import load
from dashboard.views.chosen import ids as chosen_ids
from dashboard.views.common import headline
from tests import package

pytestmark = pytest.mark.unit


class Shell(HTMLParser):
    """The page's HTML: its tags with their attributes, and the text of some of them."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.rows, self.inside = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.inside = tag
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside in ("td", "th"):
            self.rows[-1][-1] += data

    def meta(self, name):
        found = [
            attrs["content"]
            for tag, attrs in self.tags
            if tag == "meta" and name in (attrs.get("property"), attrs.get("name"))
        ]
        assert len(found) == 1, (name, found)
        return found[0]


def shell(client, query=""):
    answer = client.get(f"/{query}")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    return Shell(answer.get_data(as_text=True))


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """Serve a table whose theatre has markup for a name."""
    theatres = [row for row in package.SMALL["theatres"] if row["theatre_id"] != "iraq"]
    named = package.theatre("iraq", "IRQ", "38 29 49 38") | {"name": '"><script>x</script>'}
    folder = package.write(tmp_path_factory.mktemp("marked"), theatres=[named, *theatres])
    return create_app(load(folder)).server.test_client()


def test_the_page_brings_one_plotly_our_own(client):
    sources = [attrs.get("src", "") for tag, attrs in shell(client).tags if tag == "script"]
    (found,) = [source for source in sources if "/plotly/" in source]
    assert found.startswith("/assets/plotly/plotly.min.js?")


def test_a_preview_says_what_the_link_shows(client, odd, site):
    query = "?theatre=mozambique&from=2021-01-01"
    found = shell(client, query)
    assert found.meta("og:title") == headline(odd, site.parse(query)[0])
    assert found.meta("og:title").startswith("Mozambique: 94 killed in 4 events")
    assert found.meta("og:description") == header.tagline(site)
    assert found.meta("description") == header.tagline(site)
    assert found.meta("og:url") == f"http://localhost/{query}"
    assert found.meta("og:image").startswith("http://localhost/assets/")


def test_a_preview_has_a_picture(client):
    address = shell(client).meta("og:image")
    with client.get(address.removeprefix("http://localhost")) as answer:
        assert answer.status_code == 200
        assert answer.mimetype.startswith("image/")


def test_names_its_width_once(client):
    assert shell(client).meta("viewport") == "width=device-width, initial-scale=1"


def test_markup_in_a_name_stays_text(marked):
    text = marked.get("/?theatre=iraq").get_data(as_text=True)
    assert "<script>x" not in text
    assert Shell(text).meta("og:title").startswith('"><script>x</script>: 200 killed')


@pytest.mark.parametrize("mark", ["<script>x</script>", '"><script>x</script>', "{%plain%}", "'"])
def test_markup_in_the_address_stays_text(client, mark):
    answer = client.get("/", query_string={"q": mark, mark: "1"})
    text = answer.get_data(as_text=True)
    assert "<script>x" not in text
    assert text.count("<noscript>") == 1
    assert Shell(text).meta("og:url").startswith("http://localhost/?")


def test_without_scripts_there_is_a_table_of_the_newest_first(client, odd):
    first, *rows = shell(client).rows
    assert first == ["Date", "Event", "Place", "Killed"]
    titles = odd.events.set_index("event_id")["title"]
    assert [row[1] for row in rows] == titles.to_list()[::-1]
    assert rows[-1] == ["6–10 June 2014", "Fall of Mosul", "Mosul", "200 killed (100–500)"]
    assert rows[1][0] == "about 1 June 2022"


def test_that_table_holds_only_the_chosen(client):
    rows = shell(client, "?theatre=iraq&killed_min=1").rows[1:]
    assert [row[1] for row in rows] == ["Fall of Mosul"]
    assert shell(client, "?q=zzz").rows[1:] == []


def test_that_table_escapes_markup(client):
    text = client.get("/?q=alert").get_data(as_text=True)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert" not in text
    assert "Fish &amp; &#39;Chips&#39;" in text


def test_that_table_ends_with_the_newest_forty(curated):
    found = shell(create_app(curated).server.test_client())
    ids = chosen_ids(curated, index.Selection())[::-1][: index.NEWEST]
    titles = curated.events.set_index("event_id")["title"]
    assert [row[1] for row in found.rows[1:]] == titles.loc[ids].to_list()


def test_says_how_many_events_that_table_has(client):
    assert "(2 of 12)" in client.get("/?theatre=iraq").get_data(as_text=True)


def test_loads_nothing_from_elsewhere(client):
    loaded = [
        attrs[name]
        for tag, attrs in shell(client).tags
        for name in ("src", "href", "data", "poster", "srcset", "action")
        if name in attrs and tag != "a"
    ]
    assert len(loaded) > 8
    assert [address for address in loaded if not re.match(r"/(?!/)", address)] == []


def test_every_resource_that_it_names_is_there(client):
    for _, attrs in shell(client).tags:
        address = attrs.get("src") or attrs.get("href", "")
        if address.startswith("/"):
            with client.get(address) as answer:
                assert answer.status_code == 200, address


def test_says_its_language_and_name(client):
    found = shell(client)
    assert found.tags[0] == ("html", {"lang": "en"})
    assert "<title>Conflict Timeline</title>" in client.get("/").get_data(as_text=True)


def test_the_head_gives_the_dots_of_the_filters_their_colours(marked):
    written = marked.get("/").get_data(as_text=True)
    assert f"<style>{filters.dot_rules()}</style>\n</head>" in written
