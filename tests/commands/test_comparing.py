import pytest

from dashboard import cli
from dashboard.app import callbacks, create_app, ids
from tests import package
from tests.app.conftest import VIEWPORT
from tests.app.tree import filled
from tests.matching.tables import bombing
from tests.readers.tables import ucdp

pytestmark = pytest.mark.unit

A = "2015-05-03-qarya"


@pytest.fixture
def ours(tmp_path):
    """Return the folder of a table with the event that `ucdp()` makes, as we would tell it."""
    cells = {"latitude_deg": "36.1", "longitude_deg": "43.2", "killed_low": "5"}
    event = bombing(A, targets="iraqi-army", **(cells | {"killed_best": "5", "killed_high": "6"}))
    return package.write(tmp_path / "ours", events=[event], reports=[package.report(A)])


def site(*arguments):
    """Return what `serve` would show."""
    options = cli._parser().parse_args(["serve", *map(str, arguments)])
    return cli._page(options).live.now


def test_serve_lays_a_second_table_beside_the_first(ours, write, capsys):
    found = site(ours, "--compare", write("ged.csv", ucdp(1), ucdp(2, date_start="2014-01-01")))
    assert found.matched.names == ("ours", "UCDP GED")
    assert len(found.dataset.events) == 1
    assert list(found.matched.pairs["decision"]) == [""]
    assert "ged.csv: UCDP GED: 2 of 2 records loaded." in capsys.readouterr().err


def test_serve_takes_what_a_person_decided(ours, write, run, tmp_path):
    theirs, pairs = write("ged.csv", ucdp(1)), tmp_path / "pairs.csv"
    run("match", ours, theirs, "--out", pairs)
    lines = pairs.read_text("utf-8-sig").splitlines()
    pairs.write_text("\n".join([lines[0], f"yes{lines[1]}"]), encoding="utf-8")
    found = site(ours, "--compare", theirs, "--pairs", pairs)
    assert list(found.matched.pairs["decision"]) == ["yes"]


def test_an_open_page_learns_of_a_decision(ours, write, run, tmp_path):
    theirs, pairs = write("ged.csv", ucdp(1)), tmp_path / "pairs.csv"
    run("match", ours, theirs, "--out", pairs)
    arguments = ("serve", ours, "--compare", theirs, "--pairs", pairs)
    page = cli._page(cli._parser().parse_args(list(map(str, arguments))))
    client = page.server.test_client()
    before = client.get("/healthz").json
    lines = pairs.read_text("utf-8-sig").splitlines()
    pairs.write_text("\n".join([lines[0], f"yes{lines[1]}"]), encoding="utf-8")
    assert [page.live.look() for _ in range(2)] == [False, True]
    after = client.get("/healthz").json
    assert before["version"] == after["version"]
    assert before["beside"] != after["beside"]


def test_a_broken_second_table_is_named_and_the_first_follows_its_file(ours, write):
    theirs = write("ged.csv", ucdp(1))
    options = cli._parser().parse_args(["serve", str(ours), "--compare", str(theirs)])
    live = cli._page(options).live
    version = live.now.matched.other.version
    write("ged.csv", "nothing\n1\n")
    assert [live.look() for _ in range(2)] == [False, True]
    notice = live.now.notice
    assert notice.startswith("ged.csv has changed and cannot be read, so the table before is still")
    assert f"(data {version}). ged.csv is no table that we know" in " ".join(notice.split())
    events = ours / "events.csv"
    events.write_text(events.read_text("utf-8").replace("Event ", "Attack "), encoding="utf-8")
    assert [live.look() for _ in range(2)] == [False, True]
    assert live.now.dataset.events["title"].str.startswith("Attack ").all()
    assert live.now.notice == notice


def test_an_open_page_is_drawn_again_when_its_pairs_change(ours, write, run, tmp_path):
    theirs, pairs = write("ged.csv", ucdp(1)), tmp_path / "pairs.csv"
    run("match", ours, theirs, "--out", pairs)
    lines = pairs.read_text("utf-8-sig").splitlines()
    first = site(ours, "--compare", theirs, "--pairs", pairs)
    drawn = asked(first, None)["drawn"]
    assert not filled(asked(first, drawn))
    pairs.write_text("\n".join([lines[0], f"yes{lines[1]}"]), encoding="utf-8")
    then = site(ours, "--compare", theirs, "--pairs", pairs)
    assert "tab_body" in filled(asked(then, drawn))


def asked(shown, drawn):
    """Ask as an open page does that has heard of news."""
    wish = {"gesture": {"renew": True}}
    triggers = {f"{ids.WISH}.data": ids.WISH}
    with create_app(shown.dataset).server.test_request_context("/"):
        return callbacks.next_page(shown, "?tab=compare", VIEWPORT, wish, drawn, triggers)


def test_one_table_alone_has_nothing_to_compare(ours):
    assert site(ours).matched is None


def test_pairs_need_the_table_that_they_lead_to(run, ours, tmp_path):
    code, _, err = run("serve", ours, "--pairs", tmp_path / "pairs.csv", "--port", "0")
    assert code == 2
    assert err[-1].endswith("--pairs FILE needs the table that its pairs lead to: --compare TABLE")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("nowhere.csv", "nowhere.csv is not there."), ("words.txt", "words.txt is no table")],
)
def test_a_second_table_that_cannot_be_read_is_named(run, ours, write, tmp_path, name, sentence):
    write("words.txt", "a line of words\n")
    code, out, err = run("serve", ours, "--compare", tmp_path / name, "--port", "0")
    assert (code, out) == (1, [])
    assert sentence in err[-1]


def test_decisions_of_other_tables_are_named(run, ours, write, tmp_path):
    pairs = write("pairs.csv", f"decision,a_event_id,b_event_id\nyes,{A},ucdp-9\n")
    arguments = ("--compare", write("ged.csv", ucdp(1)), "--pairs", pairs, "--port", "0")
    code, _, err = run("serve", ours, *arguments)
    assert code == 1
    assert err[-1].startswith("pairs.csv, record 1, line 2, b_event_id: table B has no event")


def test_a_table_that_an_engine_holds_is_refused(run, ours, write):
    arguments = ("--compare", write("ged.csv", ucdp(1)), "--engine", "duckdb", "--port", "0")
    code, _, err = run("serve", ours, *arguments)
    assert code == 1
    assert err[-1] == (
        f"{ours} stays with its engine and cannot be compared event by event. Compare a part of"
        " it, or hold it in memory: --engine pandas."
    )


@pytest.mark.parametrize("engine", [(), ("--engine", "pandas")])
@pytest.mark.parametrize("is_second", [True, False])
def test_a_folder_that_an_engine_holds_is_compared_with_nothing(
    run, ours, tmp_path, engine, is_second
):
    large = tmp_path / "large"
    large.mkdir()
    for name in ("meta.json", "events.parquet"):
        (large / name).touch()
    tables = (ours, "--compare", large) if is_second else (large, "--compare", ours)
    code, _, err = run("serve", *tables, *engine, "--port", "0")
    assert code == 1
    assert err[-1] == (
        f"{large} stays with its engine and cannot be compared event by event. Compare a part"
        " of it."
    )
