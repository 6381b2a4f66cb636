import struct
import zlib

import pytest

from dashboard.export import png
from tests.export.pixels import chunk, chunks, smallest_png

pytestmark = pytest.mark.unit


def test_keeps_every_chunk_of_the_image():
    before = chunks(smallest_png())
    after = chunks(png.with_text(smallest_png(), {"Title": "Palma"}, 1))
    assert [kind for kind, _ in after] == [b"IHDR", b"pHYs", b"iTXt", b"IDAT", b"IEND"]
    assert [pair for pair in after if pair[0] in (b"IHDR", b"IDAT", b"IEND")] == before


def test_writes_the_text_in_utf8_without_compression():
    kind, body = chunks(png.with_text(smallest_png(), {"Title": "Kürkçü"}, 1))[2]
    assert (kind, body) == (b"iTXt", b"Title\0\0\0\0\0" + "Kürkçü".encode())


@pytest.mark.parametrize(("scale", "density"), [(1, 3780), (2, 7559)])
def test_states_96_px_to_the_inch(scale, density):
    body = dict(chunks(png.with_text(smallest_png(), {}, scale)))[b"pHYs"]
    assert body == struct.pack(">IIB", density, density, 1)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (b"tEXt", b"key\0caf\xe9"),
        (b"zTXt", b"key\0\0" + zlib.compress(b"caf\xe9")),
        (b"iTXt", b"key\0\0\0de\0Schl\0" + "café".encode()),
        (b"iTXt", b"key\0\1\0\0\0" + zlib.compress("café".encode())),
    ],
)
def test_reads_all_ways_to_write_a_text(kind, body):
    image = smallest_png()
    assert png.texts_of(image[:33] + chunk(kind, body) + image[33:]) == {"key": "café"}


def test_does_not_blow_up_on_a_text_that_does():
    bomb = chunk(b"zTXt", b"key\0\0" + zlib.compress(bytes(50_000_000)))
    image = smallest_png()
    assert len(png.texts_of(image[:33] + bomb + image[33:])["key"]) == png.LARGEST_TEXT


def test_survives_a_file_cut_short():
    image = png.with_text(smallest_png(), {"Title": "Palma", "key": "value"}, 1)
    found = [png.texts_of(image[:end]) for end in range(len(image))]
    assert all(texts.items() <= {"Title": "Palma", "key": "value"}.items() for texts in found)
    assert found[40] == {}
