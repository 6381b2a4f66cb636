"""KML and KMZ: times, geometries, folders, HTML; bombs and entities."""

import io
import zipfile

import pytest

from dashboard.errors import ReaderError
from tests.readers.tables import first, read_bytes, warnings

pytestmark = pytest.mark.unit

POINT = "<Point><coordinates>43.2,36.1,0</coordinates></Point>"
STAMP = "<TimeStamp><when>2015-05-03</when></TimeStamp>"


def placemark(*parts, name="A bomb"):
    return f"<Placemark><name>{name}</name>{''.join(parts)}</Placemark>"


def document(*parts):
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"'
        f' xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>\n{"".join(parts)}'
        "</Document></kml>"
    )


def read(folder, *parts, **options):
    return read_bytes(folder, document(*parts).encode(), "events.kml", **options)


def kmz(*files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def days(event):
    found = (event[name].date().isoformat() for name in ("start_date", "end_date"))
    return (*found, event["date_precision"])


def test_reads_a_placemark(tmp_path):
    reading = read(tmp_path, placemark("<description>Two dead.</description>", STAMP, POINT))
    event = first(reading)
    assert (event["title"], event["summary"]) == ("A bomb", "Two dead.")
    assert (event["latitude_deg"], event["longitude_deg"]) == (36.1, 43.2)
    assert (event["geo_precision"], event["country_code"]) == ("place", "IRQ")
    assert (reading.report.form_name, reading.report.records) == ("KML or KMZ", 1)


@pytest.mark.parametrize(
    ("time", "span"),
    [
        ("<TimeStamp><when>2014</when></TimeStamp>", ("2014-01-01", "2014-12-31", "year")),
        ("<TimeStamp><when>2014-06</when></TimeStamp>", ("2014-06-01", "2014-06-30", "month")),
        ("<TimeStamp><when>2014-06-10</when></TimeStamp>", ("2014-06-10", "2014-06-10", "day")),
        (
            "<TimeStamp><when>2014-06-10T23:59:00+03:00</when></TimeStamp>",
            ("2014-06-10", "2014-06-10", "day"),
        ),
        (
            "<TimeSpan><begin>2014-06-06</begin><end>2014-06-10</end></TimeSpan>",
            ("2014-06-06", "2014-06-10", "day"),
        ),
        (
            "<TimeSpan><begin>2014-06</begin><end>2015</end></TimeSpan>",
            ("2014-06-01", "2015-12-31", "year"),
        ),
    ],
)
def test_keeps_a_time_as_precise_as_it_is(tmp_path, time, span):
    assert days(first(read(tmp_path, placemark(time, POINT)))) == span


def test_takes_the_one_end_that_a_time_span_has_and_warns(tmp_path):
    reading = read(tmp_path, placemark("<TimeSpan><begin>2014-06-06</begin></TimeSpan>"))
    assert days(first(reading)) == ("2014-06-06", "2014-06-06", "day")
    assert "the time span has no end: its first day stands." in warnings(reading)[0]


def test_takes_the_time_of_the_folder_where_a_placemark_has_none(tmp_path):
    own = placemark(STAMP)
    folder = f"<Folder><TimeStamp><when>2016</when></TimeStamp>{placemark()}{own}</Folder>"
    events = read(tmp_path, folder).dataset.events
    assert [*events["start_date"].dt.year] == [2015, 2016]


def test_keeps_a_placemark_without_a_date(tmp_path):
    reading = read(tmp_path, placemark(POINT), placemark(STAMP))
    assert (reading.report.loaded, reading.report.rejected) == (2, 0)
    assert warnings(reading) == [
        "events.kml, record 1, line 3: has no date: it stands on the map alone."
    ]


def test_keeps_a_placemark_without_a_place(tmp_path):
    assert first(read(tmp_path, placemark(STAMP))).isna()["latitude_deg"]


@pytest.mark.parametrize(
    ("geometry", "place"),
    [
        (
            "<LineString><coordinates>43,36 43,36.2</coordinates></LineString>",
            (36.1, 43.0, "district"),
        ),
        (
            "<Polygon><outerBoundaryIs><LinearRing><coordinates>43,36,0 43.2,36,0 43.2,36.2,0"
            " 43,36.2,0 43,36,0</coordinates></LinearRing></outerBoundaryIs></Polygon>",
            (36.1, 43.1, "district"),
        ),
        (f"<MultiGeometry>{POINT}{POINT}</MultiGeometry>", (36.1, 43.2, "place")),
        (
            "<gx:Track><gx:coord>43 36 0</gx:coord><gx:coord>43 36.2 0</gx:coord></gx:Track>",
            (36.1, 43.0, "district"),
        ),
    ],
)
def test_takes_a_point_on_other_geometries(tmp_path, geometry, place):
    event = first(read(tmp_path, placemark(STAMP, geometry)))
    assert (event["latitude_deg"], event["longitude_deg"]) == pytest.approx(place[:2])
    assert event["geo_precision"] == place[2]


def test_cleans_html_and_drops_scripts(tmp_path):
    body = "<![CDATA[<div>One &amp; <b>two</b></div><script>alert(1)</script><br/>three]]>"
    event = first(read(tmp_path, placemark(f"<description>{body}</description>", STAMP)))
    assert event["summary"] == "One & two three"


def test_reads_extended_data_as_columns(tmp_path):
    extended = (
        '<ExtendedData><Data name="killed"><value>7</value></Data><SchemaData><SimpleData'
        ' name="Type">Bombing</SimpleData></SchemaData></ExtendedData>'
    )
    event = first(read(tmp_path, placemark(STAMP, extended)))
    assert (event["killed_best"], event["event_type"]) == (7, "bombing")


def test_finds_the_date_in_the_extended_data(tmp_path):
    extended = '<ExtendedData><Data name="Date"><value>2015-05-03</value></Data></ExtendedData>'
    assert days(first(read(tmp_path, placemark(extended))))[0] == "2015-05-03"


def test_says_what_is_no_placemark(tmp_path):
    reading = read(tmp_path, placemark(STAMP), "<NetworkLink/><GroundOverlay/>")
    assert "Not read: 1 of NetworkLink, which are no placemarks." in reading.report.assumptions


def test_reads_a_kmz(tmp_path):
    inner = document(placemark(STAMP, POINT)).encode()
    content = kmz(("files/icon.png", b"x"), ("other.kml", b"<kml/>"), ("doc.kml", inner))
    reading = read_bytes(tmp_path, content, "events.kmz")
    assert reading.report.loaded == 1
    assert "The archive's doc.kml was read." in reading.report.assumptions
    assert "Other KML files in the archive, not read: 1." in reading.report.assumptions


def test_reads_no_shadow_in_a_kmz_from_a_mac(tmp_path):
    inner = document(placemark(STAMP, POINT)).encode()
    content = kmz(
        ("__MACOSX/._doc.kml", b"\0\5\x16\7"), ("._doc.kml", b"\0"), ("in/doc.kml", inner)
    )
    reading = read_bytes(tmp_path, content, "events.kmz")
    assert "The archive's in/doc.kml was read." in reading.report.assumptions
    assert "Other KML" not in " ".join(reading.report.assumptions)


def test_reads_kml_that_is_not_utf_8_although_it_says_so(tmp_path):
    content = document(placemark(STAMP, name="Médine")).encode("cp1252")
    assert first(read_bytes(tmp_path, content, "e.kml"))["title"] == "Médine"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE kml SYSTEM "http://example.org/x.dtd">',
    ],
)
def test_refuses_entities_and_document_types(tmp_path, doctype):
    content = document(placemark(STAMP)).replace("<kml", f"{doctype}<kml", 1).encode()
    with pytest.raises(ReaderError, match="declares a document type or XML entities: refused"):
        read_bytes(tmp_path, content, "e.kml")


def test_refuses_a_kmz_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr("dashboard.readers.archives.GROWTH_FROM", 1_000_000)
    content = kmz(("doc.kml", b"<kml>" + b" " * 8_000_000))
    with pytest.raises(ReaderError, match=r"doc\.kml grows to more than .* refused"):
        read_bytes(tmp_path, content, "bomb.kmz")


def test_says_where_a_text_is_cut_off(tmp_path):
    content = document(placemark(STAMP), placemark(STAMP)).encode()[:-70]
    with pytest.raises(ReaderError, match=r"e\.kml is cut off or no XML from line 3 on"):
        read_bytes(tmp_path, content, "e.kml")


def test_says_that_another_xml_text_is_no_table(tmp_path):
    with pytest.raises(ReaderError, match=r"e\.gpx is no table that we know\. Found: an XML text"):
        read_bytes(tmp_path, b"<gpx><wpt/></gpx>", "e.gpx")


def test_writes_rejects_as_kml_again(tmp_path):
    reading = read(tmp_path, placemark(STAMP), placemark(name="undated"))
    reading.report.write_rejects(tmp_path / "rejects.kml")
    kept = (tmp_path / "rejects.kml").read_text()
    assert kept.count("<Placemark>") == 1
    mended = kept.replace("<name>undated</name>", f"<name>undated</name>{STAMP}")
    assert read_bytes(tmp_path, mended.encode(), "mended.kml").report.loaded == 1
