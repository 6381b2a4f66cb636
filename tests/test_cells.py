import datetime

import pytest

from dashboard.cells import day, parse
from dashboard.schema import EVENT_TYPES, TABLES, Column

pytestmark = pytest.mark.unit


def column(kind, **settings):
    return Column("cell", kind, "A cell.", **settings)


def complaint(kind, text, **settings):
    with pytest.raises(ValueError) as caught:
        parse(column(kind, **settings), text)
    return str(caught.value)


def test_every_kind_of_the_schema_can_be_read():
    kinds = {column.kind for columns in TABLES.values() for column in columns}
    for kind in kinds:
        assert parse(column(kind), "") is None


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "Mocímboa da Praia", "Mocímboa da Praia"),
        ("id", "2021-03-24-palma", "2021-03-24-palma"),
        ("actors", "is;is-sahel", "is;is-sahel"),
        ("list", "ISIS;Da'esh", "ISIS;Da'esh"),
        ("country", "IRQ", "IRQ"),
        ("countries", "MOZ;TZA", "MOZ;TZA"),
        ("date", "2024-02-29", datetime.date(2024, 2, 29)),
        ("count", "0", 0),
        ("count", "1806", 1806),
        ("latitude", "-90", -90.0),
        ("longitude", "40.473", 40.473),
        ("url", "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("url", "http://example.org", "http://example.org"),
        ("language", "pt", "pt"),
    ],
)
def test_reads(kind, text, value):
    assert parse(column(kind), text) == value


def test_reads_a_word():
    assert parse(column("word", words=EVENT_TYPES), "siege") == "siege"


def test_keeps_degrees_to_five_decimals_as_they_are_written():
    assert parse(column("latitude"), "12.3456789") == 12.34568
    assert str(parse(column("latitude"), "-0.0000001")) == "0.0"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2024-02-30", "'2024-02-30' is not a day of the calendar. That month ends on 2024-02-29."),
        ("2023-02-29", "'2023-02-29' is not a day of the calendar. That month ends on 2023-02-28."),
        ("2024-12-32", "'2024-12-32' is not a day of the calendar. That month ends on 2024-12-31."),
        ("2024-13-01", "'2024-13-01' is not a day of the calendar."),
        ("0000-01-01", "'0000-01-01' is not a day of the calendar."),
        ("24.3.2021", "'24.3.2021' is not a day. Write it as yyyy-mm-dd."),
        ("2021-3-4", "'2021-3-4' is not a day. Write it as yyyy-mm-dd."),
        ("2021-03-24 ", "'2021-03-24 ' is not a day. Write it as yyyy-mm-dd."),
        ("２０２１-03-24", "'２０２１-03-24' is not a day. Write it as yyyy-mm-dd."),
        ("20210324", "'20210324' is not a day. Write it as yyyy-mm-dd."),
    ],
)
def test_refuses_what_is_no_day(text, message):
    with pytest.raises(ValueError) as caught:
        day(text)
    assert str(caught.value) == message


@pytest.mark.parametrize("text", ["12.5", "-1", "1e3", "1,806", " 7", "twelve", "9999999999", "٣"])
def test_refuses_what_is_no_count(text):
    assert complaint("count", text) == (
        f"{text!r} is not a number of persons. Write digits only, or leave it empty where it is"
        " unknown."
    )


@pytest.mark.parametrize("text", ["90.1", "nan", "inf", "1_0", " 36", "36,34", "N36", "1e1", "٣٦"])
def test_refuses_what_is_no_latitude(text):
    assert complaint("latitude", text) == (
        f"{text!r} is not a latitude. Write degrees from -90 to 90."
    )


def test_refuses_what_is_no_longitude():
    assert complaint("longitude", "180.5") == (
        "'180.5' is not a longitude. Write degrees from -180 to 180."
    )


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("text", " Palma", "' Palma' begins or ends with a space. Remove it."),
        ("text", "Pal\nma", "'Pal\\nma' holds a line break or control character. Remove it."),
        (
            "id",
            "Palma 2021",
            "'Palma 2021' is not a key. Use lower-case letters, digits and single hyphens.",
        ),
        ("actors", "is;;sdf", "'is;;sdf' has an empty item or a space beside ';'."),
        ("actors", "is; sdf", "'is; sdf' has an empty item or a space beside ';'."),
        ("actors", "is;sdf;is", "'is;sdf;is' names one item twice."),
        (
            "country",
            "Iraq",
            "'Iraq' is not a country code. Write ISO 3166 alpha-3, for example IRQ.",
        ),
        (
            "url",
            "javascript:alert(1)",
            "'javascript:alert(1)' is not a web address. Write it with http:// or https://.",
        ),
        (
            "url",
            "https://example.org/a b",
            "'https://example.org/a b' is not a web address. Write it with http:// or https://.",
        ),
        (
            "language",
            "English",
            "'English' is not a language code. Write ISO 639, for example en.",
        ),
    ],
)
def test_says_what_would_be_right(kind, text, message):
    assert complaint(kind, text) == message


def test_names_the_known_words_and_the_nearest():
    words = EVENT_TYPES[3:6]
    assert complaint("word", "batle", words=words) == (
        "'batle' is not one of armed_assault, battle, siege. Did you mean 'battle'?"
    )


def test_refuses_an_empty_cell_that_must_not_be():
    assert complaint("text", "", required=True) == "is empty and must not be."
