import os
import subprocess
import sys

import pytest

from dashboard.errors import ExportError
from dashboard.export import check_target, png, svg, write
from tests.export.pixels import smallest_png
from tests.export.test_svg import DRAWN

pytestmark = pytest.mark.unit
OURS = png.with_text(smallest_png(), {"conflict-timeline": '{"view":"map"}'}, 1)


def refusal(path, form="", **options):
    with pytest.raises(ExportError) as caught:
        check_target(path, form, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.png", "png"), ("a.SVG", "svg"), ("a.b.pdf", "pdf"), ("a.htm", "html"), ("a.html", "html")],
)
def test_tells_the_form_by_the_name(name, form, tmp_path):
    assert check_target(tmp_path / name) == form
    assert check_target(str(tmp_path / name), form.upper()) == form


def test_leaves_nothing_behind(tmp_path):
    check_target(tmp_path / "a.png")
    assert not list(tmp_path.iterdir())


def test_refuses_a_name_that_is_no_image(tmp_path):
    assert refusal(tmp_path / "palma.jpg", "svg") == (
        "The name of an image ends in .png, .svg, .pdf, .html: 'palma.jpg' does not. "
        "Write for example palma.svg."
    )
    assert "Write for example palma.png." in refusal(tmp_path / "palma")


def test_refuses_a_name_of_another_form(tmp_path):
    path = tmp_path / "palma.png"
    assert refusal(path, "svg") == (
        f"{path} ends in .png, but the format asked for is svg. Write {tmp_path / 'palma.svg'}."
    )


def test_suggests_the_nearest_form(tmp_path):
    assert refusal(tmp_path / "a.png", "pngg") == (
        "No image format is called 'pngg'. Did you mean 'png'? There are png, svg, pdf, html."
    )


def test_refuses_a_folder(tmp_path):
    folder = tmp_path / "figures.png"
    folder.mkdir()
    assert refusal(folder, overwrite=True) == (
        f"{folder} is a folder. Name a file in it: {folder / 'image.png'}"
    )


def test_refuses_a_folder_that_is_not_there(tmp_path):
    folder = tmp_path / "none"
    assert refusal(folder / "a.png") == (
        f"There is no folder {folder}. Make it first: mkdir -p {folder}"
    )
    (tmp_path / "file").touch()
    assert refusal(tmp_path / "file" / "a.png") == f"{tmp_path / 'file'} is a file, not a folder."


def test_refuses_what_is_no_ordinary_file(tmp_path):
    path = tmp_path / "pipe.png"
    os.mkfifo(path)
    assert refusal(path) == f"{path} is not an ordinary file. Choose another name."


@pytest.mark.parametrize("path", ["/proc/a.png", "a\0b.png", "x" * 300 + ".png"])
def test_says_why_nothing_can_be_written_there(path):
    assert refusal(path).startswith("Cannot write ")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", OURS),
        ("a.svg", svg.with_parts(DRAWN, recipe="{}").replace(b"{}", b'{"a":"b"}')),
        ("a.png", b""),
        ("a.html", b'<!doctype html><meta name="generator" content="Conflict-Timeline 1">'),
    ],
)
def test_lets_our_own_file_be_replaced(name, content, tmp_path):
    (tmp_path / name).write_bytes(content)
    assert check_target(tmp_path / name) == name[2:]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", smallest_png()),
        ("a.svg", DRAWN.encode()),
        ("a.pdf", b"my thesis"),
        ("a.html", b"<html>"),
    ],
)
def test_refuses_to_replace_another_file_unless_told_to(name, content, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal(path) == (
        f"{path} is there already and is not by Conflict Timeline. Choose another name, or replace "
        "it with --overwrite."
    )
    assert check_target(path, overwrite=True) == name[2:]
    assert path.read_bytes() == content


def test_writes_the_file_and_nothing_else(tmp_path):
    write(tmp_path / "a.png", OURS)
    write(str(tmp_path / "a.png"), b"second")
    assert (tmp_path / "a.png").read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [tmp_path / "a.png"]


def test_writes_through_a_link(tmp_path):
    (tmp_path / "link.png").symlink_to(tmp_path / "a.png")
    write(tmp_path / "link.png", OURS)
    assert (tmp_path / "link.png").is_symlink()
    assert (tmp_path / "a.png").read_bytes() == OURS


def test_gives_the_file_the_rights_of_any_new_file(tmp_path):
    write(tmp_path / "a.png", OURS)
    (tmp_path / "b").touch()
    assert (tmp_path / "a.png").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_keeps_the_old_file_when_the_disk_is_full(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    script = (
        "import resource, sys; from dashboard.export import write\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write(sys.argv[1], bytes(2000))\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    ran = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True)
    assert ran.stdout == f"ExportError Cannot write {path}: File too large. Nothing was written.\n"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [tmp_path / "a.png"]


def test_says_when_the_folder_is_gone(tmp_path):
    with pytest.raises(ExportError) as caught:
        write(tmp_path / "none" / "a.png", OURS)
    assert str(caught.value) == (
        f"Cannot write {tmp_path / 'none' / 'a.png'}: No such file or directory. "
        "Nothing was written."
    )
