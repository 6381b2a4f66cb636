import pytest

from dashboard import validation
from dashboard.schema import TABLES
from dashboard.validation import read_table
from tests.package import actor, event, placed, report, text, theatre, toll

pytestmark = pytest.mark.unit

HEADER = ",".join(column.name for column in TABLES["theatres"])
IRAQ = "iraq,Iraq,IRQ,38,29,49,38"


def problems(table, content):
    content = content if isinstance(content, bytes) else content.encode()
    return [str(problem) for problem in read_table(table, content, f"{table}.csv")[1]]


def problems_of(table, *rows):
    return problems(table, text(table, rows))


def test_reads_sound_rows_with_their_place_in_the_file():
    records, faults = read_table("theatres", f"{HEADER}\n{IRAQ}\n".encode(), "theatres.csv")
    assert faults == []
    assert [(record.number, record.line) for record in records] == [(1, 2)]
    assert records[0].values == {
        "theatre_id": "iraq",
        "name": "Iraq",
        "country_codes": "IRQ",
        "west_deg": 38.0,
        "south_deg": 29.0,
        "east_deg": 49.0,
        "north_deg": 38.0,
    }


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\r\n{IRAQ}\r\n".encode(),
        f"{HEADER}\n{IRAQ}".encode(),
        b"\xef\xbb\xbf" + f"{HEADER}\n{IRAQ}\n".encode(),
        f"{HEADER}\n\n{IRAQ}\n\n".encode(),
    ],
    ids=["CRLF", "no last line break", "byte order mark", "blank lines"],
)
def test_accepts(content):
    records, faults = read_table("theatres", content, "theatres.csv")
    assert faults == []
    assert [record.values["name"] for record in records] == ["Iraq"]


def test_a_table_without_rows_is_sound():
    assert read_table("theatres", f"{HEADER}\n".encode(), "theatres.csv") == ([], [])


def test_an_empty_file_must_name_the_columns():
    assert problems("theatres", "") == [
        "theatres.csv, line 1: is empty. Its first line must name the columns."
    ]


def test_names_a_missing_column():
    assert problems("theatres", HEADER.replace(",name", "")) == [
        "theatres.csv, line 1, name: lacks the column 'name'."
    ]


def test_names_an_unknown_column_and_the_nearest():
    assert problems("theatres", HEADER.replace("west_deg", "west_degree")) == [
        "theatres.csv, line 1, west_deg: lacks the column 'west_deg'.",
        "theatres.csv, line 1, west_degree: has an unknown column 'west_degree'."
        " Did you mean 'west_deg'?",
    ]


def test_names_an_unknown_column_beyond_the_known():
    assert problems("theatres", f"{HEADER},comment") == [
        "theatres.csv, line 1, comment: has an unknown column 'comment'."
    ]


def test_names_a_repeated_column():
    assert problems("theatres", f"{HEADER},name") == [
        "theatres.csv, line 1, name: names the column 'name' twice."
    ]


def test_names_the_right_order_of_columns():
    swapped = HEADER.replace("theatre_id,name", "name,theatre_id")
    assert problems("theatres", swapped) == [
        f"theatres.csv, line 1: has its columns in another order. Write {HEADER}."
    ]


@pytest.mark.parametrize(("delimiter", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_names_another_delimiter(delimiter, name):
    assert problems("theatres", HEADER.replace(",", delimiter)) == [
        f"theatres.csv, line 1: is separated by {name}. Save it with commas."
    ]


def test_names_an_encoding_that_is_not_utf_8():
    content = f"{HEADER}\n{IRAQ}\nsyria,Syrie é,SYR".encode("latin-1")
    assert problems("theatres", content) == [
        "theatres.csv, line 3: is not UTF-8 (byte 0xe9). Save the file as UTF-8."
    ]


def test_names_a_wrong_byte_behind_a_byte_order_mark():
    content = b"\xef\xbb\xbf" + f"{HEADER}\nsyria,é".encode("latin-1")
    assert problems("theatres", content) == [
        "theatres.csv, line 2: is not UTF-8 (byte 0xe9). Save the file as UTF-8."
    ]


def test_names_utf_16():
    assert problems("theatres", HEADER.encode("utf-16")) == [
        "theatres.csv, line 1: is not UTF-8 (byte 0xff). Save the file as UTF-8."
    ]


def test_names_utf_16_without_its_mark():
    assert problems("theatres", HEADER.encode("utf-16-le")) == [
        "theatres.csv, line 1: holds a NUL byte. Save it as plain text."
    ]


QUOTES = "Close each quote that opens a cell and double those inside; the rest was not read."


def test_names_a_quote_that_is_not_closed():
    content = f'{HEADER}\n{IRAQ}\n"syria,Syria,SYR,35,32,43,38\n'
    assert problems("theatres", content) == [
        f"theatres.csv, record 2, line 3: cannot be read as CSV: unexpected end of data. {QUOTES}"
    ]


def test_names_a_quote_inside_a_quoted_cell():
    content = f'{HEADER}\niraq,"The "Land" of Iraq",IRQ,38,29,49,38\n'
    assert problems("theatres", content) == [
        f"theatres.csv, record 1, line 2: cannot be read as CSV: ',' expected after '\"'. {QUOTES}"
    ]


def test_names_a_quote_in_the_header_that_is_not_closed():
    assert problems("theatres", '"' + HEADER) == [
        f"theatres.csv, line 1: cannot be read as CSV: unexpected end of data. {QUOTES}"
    ]


def test_names_a_wrong_number_of_cells_and_reads_on():
    content = f"{HEADER}\niraq,Iraq,IRQ\n{IRAQ}\n{IRAQ},more\n"
    assert problems("theatres", content) == [
        "theatres.csv, record 1, line 2: has 3 cells, the header 7. Check commas and quotes.",
        "theatres.csv, record 3, line 4: has 8 cells, the header 7. Check commas and quotes.",
    ]


def test_counts_lines_over_a_cell_with_a_line_break():
    content = f'{HEADER}\niraq,"I\nraq",IRQ,38,29,49,38\nsyria\n'
    assert [fault.split(": ")[0] for fault in problems("theatres", content)] == [
        "theatres.csv, record 1, line 2, name",
        "theatres.csv, record 2, line 4",
    ]


def test_reports_every_fault_of_every_row():
    rows = (
        event("2024-02-30-a", date_precision="hour", attribution="claim"),
        event("2024-01-01-b", **toll("3", "2", "1")),
    )
    assert problems_of("events", *rows) == [
        "events.csv, record 1, line 2, start_date: '2024-02-30' is not a day of the calendar."
        " That month ends on 2024-02-29.",
        "events.csv, record 1, line 2, end_date: '2024-02-30' is not a day of the calendar."
        " That month ends on 2024-02-29.",
        "events.csv, record 1, line 2, date_precision: 'hour' is not one of day, week, month,"
        " year, unknown.",
        "events.csv, record 1, line 2, attribution: 'claim' is not one of claimed, official,"
        " attributed, suspected. Did you mean 'claimed'?",
        "events.csv, record 2, line 3, killed_best: 3, 2, 1 are not in the order low, best, high.",
    ]


@pytest.mark.parametrize(
    ("cells", "place", "message"),
    [
        ({"country_code": ""}, "country_code", "is empty and must not be."),
        (
            {"event_type": "batle"},
            "event_type",
            "'batle' is not one of mass_killing, kidnapping, civilian_attack, armed_assault,"
            " battle, siege, prison_attack, suicide_bombing, bombing, air_strike,"
            " security_operation, leader_killed, territorial_change, political, diplomacy,"
            " humanitarian, protest, other."
            " Did you mean 'battle'?",
        ),
        (
            {"displaced": "12.5"},
            "displaced",
            "'12.5' is not a number of persons. Write digits only, or leave it empty where it is"
            " unknown.",
        ),
        (
            {"displaced": "-1"},
            "displaced",
            "'-1' is not a number of persons. Write digits only, or leave it empty where it is"
            " unknown.",
        ),
        (
            {"end_date": "2021-03-23"},
            "end_date",
            "2021-03-23 is before start_date 2021-03-24. Swap them.",
        ),
        (
            toll("5", "", "7"),
            "killed_best",
            "killed_best is empty. Give low, best and high, or none of them.",
        ),
        (
            toll("", "6", "", "wounded"),
            "wounded_low",
            "wounded_low and wounded_high are empty. Give low, best and high, or none of them.",
        ),
        (toll("5", "4", "7"), "killed_best", "5, 4, 7 are not in the order low, best, high."),
        (
            placed("36.3", ""),
            "longitude_deg",
            "is empty while the other coordinate is given. Give both or none.",
        ),
        (
            placed("", "43.1"),
            "latitude_deg",
            "is empty while the other coordinate is given. Give both or none.",
        ),
        (
            placed("0", "0.000001"),
            "latitude_deg",
            "0, 0 lies in the Gulf of Guinea and stands for a missing place. Leave both empty.",
        ),
        (
            placed("36.3", "43.1", ""),
            "geo_precision",
            "is empty although there are coordinates. Say how exact.",
        ),
        (
            placed("", "", "site"),
            "geo_precision",
            "is given without coordinates. Leave it empty.",
        ),
    ],
)
def test_names_a_fault_of_an_event(cells, place, message):
    row = event("2021-03-24-palma", **cells)
    assert problems_of("events", row) == [f"events.csv, record 1, line 2, {place}: {message}"]


def test_a_toll_of_zero_is_known():
    assert problems_of("events", event("2021-03-24-palma", **toll("0", "0", "0"))) == []


def test_names_a_report_whose_figures_are_swapped():
    row = report("2021-03-24-palma", killed_min="9", killed_max="2")
    assert problems_of("reports", row) == [
        "reports.csv, record 1, line 2, killed_min: 9 is above killed_max 2. Swap them."
    ]


def test_names_a_theatre_without_extent():
    assert problems_of("theatres", theatre("iraq", "IRQ", "49 29 38 38")) == [
        "theatres.csv, record 1, line 2, west_deg: 49.0 is not below east_deg."
    ]


def test_names_a_key_that_stands_twice():
    assert problems_of("actors", actor("is", "is_network"), actor("is", "civilians")) == [
        "actors.csv, record 2, line 3, actor_id: 'is' stands already in record 1. Keep one."
    ]


def test_names_a_report_that_stands_twice():
    row = report("2021-03-24-palma", url="https://example.org/1")
    assert problems_of("reports", row, row) == [
        "reports.csv, record 2, line 3, url: '2021-03-24-palma https://example.org/1' stands"
        " already in record 1. Keep one."
    ]


def test_names_a_wrong_byte_in_a_later_block(monkeypatch):
    monkeypatch.setattr(validation, "_BLOCK_BYTES", 7)
    content = f"{HEADER}\n{IRAQ}\nsyria,Syrié,".encode() + b"\n\xe9,SYR"
    assert problems("theatres", content) == [
        "theatres.csv, line 4: is not UTF-8 (byte 0xe9). Save the file as UTF-8."
    ]
    assert problems("theatres", f"{HEADER}\n{IRAQ}\nsyria,é\0".encode()) == [
        "theatres.csv, line 3: holds a NUL byte. Save it as plain text."
    ]
    assert problems("theatres", f"{HEADER}\n{IRAQ.replace('Iraq', 'العراق')}\n".encode()) == []


def test_names_a_letter_that_is_cut_off_at_the_end():
    assert problems("theatres", f"{HEADER}\n{IRAQ}\nsyria,".encode() + b"\xc3") == [
        "theatres.csv, line 3: is not UTF-8 (byte 0xc3). Save the file as UTF-8."
    ]


def test_a_cell_that_was_met_before_is_read_the_same_way(monkeypatch):
    monkeypatch.setattr(validation, "MOST_KNOWN", 1)
    rows = [IRAQ, IRAQ.replace("iraq", "iraq-b"), IRAQ.replace("38,29", "9x,29")] * 2
    found = problems("theatres", "\n".join([HEADER, *rows]))
    assert sum("'9x' is not a longitude" in line for line in found) == 2
    assert sum("stands already in record" in line for line in found) == 2
