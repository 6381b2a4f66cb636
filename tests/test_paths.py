import pytest

from dashboard import paths

pytestmark = pytest.mark.unit


def test_finds_a_folder_beside_the_package_in_a_checkout(monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "dashboard")
    assert paths.folder("data") == tmp_path / "data"


def test_finds_a_folder_inside_the_package_in_a_wheel(monkeypatch, tmp_path):
    (tmp_path / "dashboard" / "_data").mkdir(parents=True)
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "dashboard")
    assert paths.folder("data") == tmp_path / "dashboard" / "_data"
