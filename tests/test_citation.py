import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import citation
from dashboard.citation import Citation
from dashboard.selection import Selection

pytestmark = pytest.mark.unit

DAY = datetime.date(2026, 3, 9)
URL = "https://example.org/?q=50%25&theatre=iraq"


def cited(title="Title", url=URL):
    return Citation("key-1", title, "abc1234", url, DAY)


def test_writes_one_plain_sentence():
    assert cited().plain == (
        "Conflict Timeline contributors, “Title”, data version abc1234, CC BY 4.0,"
        f" {URL}, accessed 9 March 2026."
    )


def test_writes_bibtex():
    assert cited().bibtex == (
        "@misc{key-1,\n"
        "  author = {{Conflict Timeline contributors}},\n"
        "  title = {{Title}},\n"
        "  year = {2026},\n"
        "  version = {abc1234},\n"
        f"  url = {{{URL}}},\n"
        "  urldate = {2026-03-09},\n"
        "  note = {CC BY 4.0}\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("50% & more", r"50\% \& more"),
        ("a_b #1 $2", r"a\_b \#1 \$2"),
        ("a\\b", r"a\textbackslash{}b"),
        ("x^2 ~ y", r"x\textasciicircum{}2 \textasciitilde{} y"),
        ("{a}", r"\textbraceleft{}a\textbraceright{}"),
        ("Palma, März “1”", "Palma, März “1”"),
    ],
)
def test_bibtex_takes_no_character_for_a_command(title, written):
    assert f"  title = {{{{{written}}}}},\n" in cited(title).bibtex


@pytest.mark.property
@given(st.text(max_size=30))
def test_the_braces_of_bibtex_balance(title):
    depth = 0
    for mark in re.findall(r"[{}]", cited(title).bibtex):
        depth += 1 if mark == "{" else -1
        assert depth >= 0
    assert depth == 0


def test_writes_ris_lines_in_order_each_ended_the_way_it_asks():
    assert cited().ris == (
        "TY  - DATA\r\n"
        "AU  - Conflict Timeline contributors\r\n"
        "TI  - Title\r\n"
        "PY  - 2026\r\n"
        "ET  - abc1234\r\n"
        f"UR  - {URL}\r\n"
        "Y2  - 2026/03/09\r\n"
        "N1  - CC BY 4.0\r\n"
        "ER  - \r\n"
    )


@pytest.mark.property
@given(st.text(max_size=30))
def test_a_title_adds_no_line_to_ris(title):
    lines = cited(title).ris.split("\r\n")
    assert [line[:6] for line in lines] == [
        *("TY  - ", "AU  - ", "TI  - ", "PY  - ", "ET  - ", "UR  - ", "Y2  - ", "N1  - "),
        *("ER  - ", ""),
    ]
    assert not re.search(r"[\r\n]", "".join(lines))


def test_names_the_whole_table(small):
    found = citation.of_selection(small, Selection(tab="trend"), URL, DAY)
    assert found.title == f"Conflict Timeline: {small.name}"
    assert found.key == f"conflict-timeline-{small.version}"
    assert (found.version, found.url, found.accessed) == (small.version, URL, DAY)


def test_names_what_is_chosen(small):
    selection = Selection(theatres=("iraq",), killed_min=10)
    assert citation.of_selection(small, selection, URL, DAY).title == (
        f"Conflict Timeline: {small.name}, Iraq; at least 10 killed"
    )


def test_names_an_event_with_its_days_and_id(small):
    found = citation.of_event(small, "2021-03-24-palma", URL, DAY)
    assert found.title == (
        "Siege of Palma, 24 March – 4 April 2021."
        f" Conflict Timeline: {small.name}, event 2021-03-24-palma"
    )
    assert found.key == "conflict-timeline-2021-03-24-palma"


def test_an_event_keeps_how_well_its_day_is_known(small):
    found = citation.of_event(small, "2014-08-03-sinjar", URL, DAY)
    assert ", about 3 August 2014." in found.title


def test_the_published_table_is_cited_by_its_name(curated):
    title = citation.of_selection(curated, Selection(), URL, DAY).title
    assert title == "Conflict Timeline: curated table"
