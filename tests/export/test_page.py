import pytest

from dashboard import paths
from dashboard.export.page import Face, load_faces, rules_for

pytestmark = pytest.mark.unit
FACES = tuple(Face("Sans", weight, f"s{weight} ") for weight in (400, 600, 700)) + (
    Face("Serif", 600, "r600 "),
)


def test_reads_every_face_of_ours_with_its_file():
    faces = load_faces(paths.folder("assets") / "fonts")
    assert {(face.family, face.weight) for face in faces} == {
        *(("Noto Sans", weight) for weight in (400, 600, 700)),
        *(("Noto Serif", weight) for weight in (600, 700)),
    }
    assert all("url(data:font/woff2;base64,d09GMg" in face.rule for face in faces)
    assert not any(".woff2" in face.rule for face in faces)


@pytest.mark.parametrize("gone", ["fonts.css", "noto-sans-600.woff2"])
def test_misses_a_font_file(gone, tmp_path, assets):
    for path in (assets / "fonts").iterdir():
        if path.name != gone:
            (tmp_path / path.name).write_bytes(path.read_bytes())
    with pytest.raises(FileNotFoundError, match=gone):
        load_faces(tmp_path)


@pytest.mark.parametrize(
    ("asked", "rules"),
    [
        ([("Sans", 600)], "s600 "),
        ([("Sans", 500)], "s400 "),
        ([("Sans", 300)], "s400 "),
        ([("Sans", 650)], "s700 "),
        ([("Sans", 900)], "s700 "),
        ([("Serif", 400)], "r600 "),
        ([("Serif", 700), ("Sans", 400), ("Serif", 600)], "s400 r600 "),
        ([("Arial", 400)], ""),
        ([], ""),
    ],
)
def test_chooses_the_face_as_css_does(asked, rules):
    assert rules_for(tuple(asked), FACES) == rules
