import pytest

from tests.checks.tables import found, said, table
from tests.package import event, report

pytestmark = pytest.mark.unit

EVENT = "2020-03-01-a"


@pytest.mark.parametrize("other", ["Al Hal", "al-hal", "AlHal", "Ál-Hal"])
def test_finds_a_publisher_in_another_spelling(tmp_path, other):
    rows = [
        report(EVENT, name, url=f"https://example.org/{at}")
        for at, name in enumerate(("Al-Hal", "Al-Hal", other))
    ]
    dataset = table(tmp_path, event(EVENT), reports=rows)
    assert found("one_name", dataset) == [(EVENT, other, "publisher")]
    assert f"{other!r} is mostly spelled 'Al-Hal'. Use one spelling." in said("one_name", dataset)


def test_finds_an_agency_that_a_publisher_spells_another_way(tmp_path):
    rows = [
        report(EVENT, "EFE", url="https://example.org/1"),
        report(EVENT, "EFE", url="https://example.org/2"),
        report(EVENT, "The Paper", via="AFP;Efe", url="https://example.org/3"),
    ]
    assert found("one_name", table(tmp_path, event(EVENT), reports=rows)) == [(EVENT, "Efe", "via")]


def test_lets_names_differ_that_are_two_sources(tmp_path):
    rows = [
        report(EVENT, name, url=f"https://example.org/{at}")
        for at, name in enumerate(("The Nation (Nigeria)", "The Nation (Pakistan)", "Аль", "Аля"))
    ]
    assert found("one_name", table(tmp_path, event(EVENT), reports=rows)) == []
