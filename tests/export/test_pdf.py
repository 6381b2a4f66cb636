import re

import pytest

from dashboard.errors import ExportError
from dashboard.export import pdf

pytestmark = pytest.mark.unit

OBJECTS = {
    1: b"<</Title (about:blank)\n/Producer (Skia/PDF m156)\n/CreationDate (D:20261125+00'00')>>",
    3: b"<</Length 8>> stream\n0 0 m xx\nendstream",
    2: b"<</Type /Page\n/MediaBox [0 0 900 507.12]\n/Contents 3 0 R>>",
    4: b"<</Type /Pages\n/Count 1\n/Kids [2 0 R]>>",
    5: b"<</Type /Catalog\n/Pages 4 0 R>>",
}


def printed(objects=OBJECTS, *, root=5):
    """A PDF as Chromium builds it, objects out of order."""
    file, at = b"%PDF-1.4\n%\xd3\xeb\xe9\xe1\n", {}
    for number, body in objects.items():
        at[number] = len(file)
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % at[number] for number in sorted(at))
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(at) + 1, rows)
    trailer = b"trailer\n<</Size %d\n/Root %d 0 R\n/Info 1 0 R>>\n" % (len(at) + 1, root)
    return file + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(file)


def object_at(file, number):
    start = int(re.search(rb"startxref\n(\d+)", file)[1])
    row = file[start:].split(b"\n")[2 + number]
    return file[int(row[:10]) :].partition(b"endobj")[0]


def test_crops_the_page_to_the_exact_size_from_its_upper_left_corner():
    file = pdf.finished(printed(), 899.5, 506.25, {})
    assert b"/MediaBox [0 0.8700 899.5000 507.12]" in object_at(file, 2)


def test_finds_every_object_where_the_table_says():
    file = pdf.finished(printed(), 900, 506.25, {"Title": "Palma, a longer title than before"})
    assert [object_at(file, number)[:7] for number in OBJECTS] == [
        b"%d 0 obj" % number for number in OBJECTS
    ]
    assert OBJECTS[3] in object_at(file, 3)


def test_leaves_no_date_and_keeps_the_producer():
    file = pdf.finished(printed(), 900, 506.25, {})
    assert b"Date" not in file
    assert pdf.text_of(file, "Producer") == "Skia/PDF m156"


def test_replaces_the_document_information():
    file = pdf.finished(printed(), 900, 506.25, {"Title": "Kürkçü (ملبورن)"})
    assert b"about:blank" not in file
    assert pdf.text_of(file, "Title") == "Kürkçü (ملبورن)"


def test_knows_a_bitmap():
    raster = OBJECTS | {6: b"<</Type /XObject\n/Subtype /Image\n/Width 1>>"}
    assert pdf.has_raster(printed(raster))
    assert not pdf.has_raster(printed())


@pytest.mark.parametrize(
    ("file", "found"),
    [
        (printed(OBJECTS | {6: OBJECTS[2]}), "2 pages"),
        (printed().replace(b"xref\n0 6", b"xref\n0 7"), "no table of objects"),
        (printed().replace(b"0000000015", b"0000000016"), "its table of objects is wrong"),
        (printed().replace(b"/Info", b"/Inf0"), "a reference is missing"),
        (b"%PDF-1.7", "a reference is missing"),
    ],
)
def test_refuses_what_it_does_not_understand(file, found):
    with pytest.raises(ExportError) as caught:
        pdf.finished(file, 900, 506.25, {})
    assert str(caught.value) == (
        f"Chromium wrote a PDF of a kind that this program does not know ({found}); take SVG."
    )


def test_finds_no_text_under_another_key_or_in_a_damaged_one():
    file = pdf.finished(printed(), 900, 506.25, {"Title": "Palma"})
    assert pdf.text_of(file, "Author") == ""
    assert pdf.text_of(b"/Title <FEFF0>", "Title") == ""
