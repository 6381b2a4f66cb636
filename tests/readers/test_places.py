import pandas as pd
import pytest

from dashboard.geography import countries, country_name
from dashboard.readers.places import MOST_THEATRES, country_code, theatres

pytestmark = pytest.mark.unit


def events(*rows):
    return pd.DataFrame(rows, columns=["country_code", "latitude_deg", "longitude_deg"])


def test_every_country_has_a_code_a_name_and_numbers_of_its_own():
    codes = [country.code for country in countries()]
    assert len(codes) == len({*codes}) >= 250
    assert all(len(code) == 3 and code.isupper() for code in codes)
    assert all(country.name for country in countries())
    iso = [country.iso_number for country in countries() if country.iso_number]
    gw = [number for country in countries() for number in country.gw_numbers]
    assert len(iso) == len({*iso})
    assert len(gw) == len({*gw})


def test_no_name_means_two_countries():
    names = [name.casefold() for one in countries() for name in (one.name, *one.aliases)]
    assert sorted(names) == sorted({*names})


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(("Iraq", "IRQ"), ("IRQ", "IRQ"), ("DR Congo (Zaire)", "COD"), ("Ivory Coast", "CIV")),
        *(("Cote d'Ivoire", "CIV"), ("Myanmar (Burma)", "MMR"), ("Yemen (North Yemen)", "YEM")),
        *(("Russia (Soviet Union)", "RUS"), ("Serbia (Yugoslavia)", "SRB"), ("Kosovo", "XKX")),
        *(("Bosnia-Herzegovina", "BIH"), ("Macedonia, FYR", "MKD"), ("The Gambia", "GMB")),
        *(("Kingdom of eSwatini (Swaziland)", "SWZ"), ("West Bank and Gaza Strip", "PSE")),
        *(("Republic of the Congo", "COG"), ("Democratic Republic of Congo", "COD")),
        *(("Irak", "IRQ"), ("Syrien", "SYR"), ("Mosambik", "MOZ"), ("Tschad", "TCD")),
        *(("Cameroun", "CMR"), ("Camerún", "CMR"), ("Mauretanien", "MRT"), ("Tanzanie", "TZA")),
        *(("Síria", "SYR"), ("Moçambique", "MOZ"), ("Nigéria", "NGA"), ("Níger", "NER")),
        *(("International", "XXX"), ("Atlantis", ""), ("", "")),
    ],
)
def test_knows_countries_as_sources_call_them(name, code):
    assert country_code(name) == code


@pytest.mark.parametrize(
    ("number", "kind", "code"),
    [
        *(("645", "gw", "IRQ"), ("645.0", "gw", "IRQ"), ("541", "gw", "MOZ"), ("678", "gw", "YEM")),
        *(("508", "iso", "MOZ"), ("4", "iso", "AFG"), ("004", "iso", "AFG"), ("0", "iso", "")),
        *(("", "gw", ""), ("9999", "gw", "")),
    ],
)
def test_knows_countries_by_their_numbers(number, kind, code):
    assert country_code("", number, kind) == code


def test_takes_the_name_before_the_number():
    assert country_code("Iraq", "652", "gw") == "IRQ"


def test_a_theatre_of_ours_keeps_its_name_and_map(curated):
    row = theatres(events(("MLI", 14.0, -4.0), ("NER", 14.0, 1.0))).iloc[0]
    assert (row["theatre_id"], row["name"]) == ("sahel", "Sahel")
    ours = curated.theatres.set_index("theatre_id").loc["sahel"]
    edges = ["west_deg", "south_deg", "east_deg", "north_deg"]
    assert row[edges].to_list() == ours[edges].to_list()


def test_a_map_of_ours_grows_to_hold_events_outside_it():
    row = theatres(events(("MOZ", -25.9, 32.6))).iloc[0]
    assert row["theatre_id"] == "mozambique"
    assert row["south_deg"] < -25.9
    assert row["west_deg"] < 32.6


def test_a_country_without_a_place_has_a_map_of_the_world():
    row = theatres(events(("SOM", None, None))).iloc[0]
    assert (row["west_deg"], row["east_deg"]) == (-170.0, 179.0)


def test_a_map_is_never_empty_though_all_events_lie_on_one_point():
    row = theatres(events(("SOM", 2.0, 45.0), ("SOM", 2.0, 45.0))).iloc[0]
    assert row["east_deg"] - row["west_deg"] == pytest.approx(1.2)


def test_a_map_does_not_reach_beyond_the_earth():
    row = theatres(events(("FJI", -17.0, 179.9), ("FJI", -17.0, -179.9))).iloc[0]
    assert (row["west_deg"], row["east_deg"]) == (-180.0, 180.0)


def test_beyond_a_dozen_lanes_the_other_countries_share_one():
    codes = [country.code for country in countries()][20:50]
    rows = [(code, 1.0, 1.0) for place, code in enumerate(codes) for _ in range(50 - place)]
    found = theatres(events(*rows))
    assert len(found) == MOST_THEATRES
    assert [*found["name"]][:2] == [country_name(codes[0]), country_name(codes[1])]
    assert found["name"].iloc[-1] == "Other countries"
    assert sorted(";".join(found["country_codes"]).split(";")) == sorted(codes)
