"""Plain text of what may hold HTML."""

import time

import pytest

from dashboard.readers.markup import plain

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("no tags", "no tags"),
        ("<p>One<br/>two</p>", "One two"),
        ("<b>bo</b>ld &amp; &#233;", "bold & é"),
        ("a<!-- not <b>this</b> -->b", "ab"),
        ("a <script>x < 1 && y > 2</script>b", "a b"),
        ("a<STYLE>p {}</Style> b", "a b"),
        ("a <script>never closed", "a"),
        ("5 < 6 and 7 > 3 <i>x</i>", "5 < 6 and 7 > 3 x"),
        ("<a href='x'>link</a> <b", "link <b"),
        ("a < b <p>c</p>", "a < b c"),
        ("&lt;b&gt;", "<b>"),
        ("<", "<"),
        ("İİİİ<SCRIPT>x</SCRIPT>b", "İİİİb"),
    ],
)
def test_keeps_the_words(cell, words):
    assert plain(cell) == words


@pytest.mark.parametrize(
    "filler", ["<b ", "<", "<!--", "<script>", "&", "&#", "</", "<b a='", "<p>", "<!", "<b <!-- "]
)
def test_takes_no_longer_for_a_long_tangle(filler):
    began = time.perf_counter()
    plain(f"<p>{filler * (1_000_000 // len(filler))}>")
    assert time.perf_counter() - began < 3
