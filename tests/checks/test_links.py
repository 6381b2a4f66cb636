import pytest

from dashboard.checks.links import same_page
from tests.checks.tables import found, said, table
from tests.package import event, report

pytestmark = pytest.mark.unit

EVENT = "2020-03-02-a"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org/news/2020/test-of-a-bomb?id=3",
        "http://example.co.uk/a%20b",
        "https://developer-news.example.org/a",
        "https://example.org/cdn/dev/staging",
        "https://latest.example.org/1",
        "https://en.wikipedia.org/wiki/Mocímboa_da_Praia",
    ],
)
def test_keeps_the_address_of_a_page(tmp_path, url):
    assert found("link", table(tmp_path, event(EVENT), reports=[report(EVENT, url=url)])) == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://www.example.org:443/a", "names a port. Drop ':443'."),
        ("https://example.org./a", "ends its host in a dot. Drop the dot."),
        (
            'https://example.org/"a"',
            "holds a sign that no address may hold. Copy it from the page again.",
        ),
        ("https://10.0.0.1/a", "names no public host. Give the page's own address."),
        ("https://me@example.org/a", "names no public host. Give the page's own address."),
    ],
)
def test_finds_an_address_that_is_not_well_formed(tmp_path, url, reason):
    dataset = table(tmp_path, event(EVENT), reports=[report(EVENT, url=url)])
    assert said("link", dataset) == (f"reports.csv, record 1, url: 2020-03-02-a: {url!r} {reason}")


@pytest.mark.parametrize(
    "host",
    [
        *("dev.example.org", "acquiaprod.example.org", "digital-release.example.org"),
        *("a-prod.cdn.arcpublishing.com", "d1.cloudfront.net", "www.staging.example.org"),
    ],
)
def test_finds_a_workshop_of_a_publisher(tmp_path, host):
    dataset = table(tmp_path, event(EVENT), reports=[report(EVENT, url=f"https://{host}/a")])
    assert found("link", dataset) == [(EVENT, f"https://{host}/a", "url")]


def test_wants_an_address(tmp_path):
    dataset = table(tmp_path, event(EVENT), reports=[report(EVENT, url="")])
    assert found("link", dataset) == [(EVENT, "", "url")]


@pytest.mark.parametrize(
    "again",
    [
        "http://example.org/a?x=1",
        "https://www.example.org/a/?x=1",
        "https://example.org/a?utm_source=b&x=1#top",
    ],
)
def test_knows_a_page_again(tmp_path, again):
    rows = [report(EVENT, "A", url="https://example.org/a?x=1"), report(EVENT, "B", url=again)]
    (case,) = found("link_twice", table(tmp_path, event(EVENT), reports=rows))
    assert case[0] == EVENT


@pytest.mark.parametrize("other", ["https://example.org/a?x=2", "https://example.org/A?x=1"])
def test_tells_two_pages_apart(other):
    assert same_page("https://example.org/a?x=1") != same_page(other)


def test_lets_two_events_cite_one_page(tmp_path):
    rows = [report(x, url="https://example.org/a") for x in (EVENT, "2020-03-03-b")]
    dataset = table(tmp_path, event(EVENT), event("2020-03-03-b"), reports=rows)
    assert found("link_twice", dataset) == []
