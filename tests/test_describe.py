import dataclasses
import json

import pytest

from dashboard.companions import COMPANIONS
from dashboard.dataset import CURATED, load
from dashboard.describe import describe, outdated_descriptions, write_descriptions
from dashboard.provenance import Terms
from dashboard.schema import TABLES
from tests import package

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def ours(small):
    """Return the small table as if it were the one that we publish."""
    return dataclasses.replace(small, name=CURATED)


@pytest.fixture(scope="module")
def descriptor(ours):
    return json.loads(describe(ours)["datapackage.json"])


@pytest.fixture(scope="module")
def readme(ours):
    return describe(ours)["README.md"].decode()


@pytest.fixture(scope="module")
def fields(descriptor):
    return {
        (resource["name"], field["name"]): field
        for resource in descriptor["resources"]
        for field in resource["schema"]["fields"]
    }


def schema_of(descriptor, table):
    return next(r["schema"] for r in descriptor["resources"] if r["name"] == table)


def test_writes_the_same_bytes_each_time(small, small_folder):
    assert describe(small) == describe(load(small_folder))


def test_a_package_has_name_title_version_and_licence(small, descriptor):
    assert descriptor["profile"] == "tabular-data-package"
    assert descriptor["name"] == "conflict-timeline"
    assert descriptor["title"] == "Conflict Timeline: a curated, sourced table of conflict events"
    assert descriptor["version"] == small.version
    assert [licence["name"] for licence in descriptor["licenses"]] == ["CC-BY-4.0"]


def test_every_table_is_a_resource_whose_bytes_can_be_checked(descriptor, small_folder):
    assert [resource["name"] for resource in descriptor["resources"]] == list(TABLES)
    for resource in descriptor["resources"]:
        assert resource["profile"] == "tabular-data-resource"
        assert resource["encoding"] == "utf-8"
        assert resource["bytes"] == (small_folder / resource["path"]).stat().st_size


def test_every_column_is_a_field_in_order(descriptor):
    for table, columns in TABLES.items():
        names = [field["name"] for field in schema_of(descriptor, table)["fields"]]
        assert names == [column.name for column in columns]


def test_an_empty_cell_is_a_missing_value(descriptor):
    assert all(schema_of(descriptor, table)["missingValues"] == [""] for table in TABLES)


@pytest.mark.parametrize(
    ("table", "name", "expected"),
    [
        (
            "events",
            "event_id",
            {
                "name": "event_id",
                "type": "string",
                "description": "Key: first day and place.",
                "constraints": {"required": True, "unique": True},
            },
        ),
        (
            "events",
            "start_date",
            {
                "name": "start_date",
                "type": "date",
                "format": "default",
                "description": "First day of the event.",
                "unit": "day, local",
                "constraints": {"required": True},
            },
        ),
        (
            "events",
            "displaced",
            {
                "name": "displaced",
                "type": "integer",
                "description": "People who fled or were moved. Empty: unknown.",
                "unit": "persons",
                "constraints": {"minimum": 0},
            },
        ),
        (
            "reports",
            "scope",
            {
                "name": "scope",
                "type": "string",
                "description": "Whom the page's figures count. Empty: no figure.",
                "constraints": {
                    "enum": ["all", "civilians", "security_forces", "attackers", "partial"]
                },
            },
        ),
    ],
)
def test_a_field_says_type_unit_and_constraints(fields, table, name, expected):
    assert fields[table, name] == expected


def test_names_primary_and_foreign_keys(descriptor):
    assert schema_of(descriptor, "reports")["primaryKey"] == ["event_id", "url"]
    keys = {table: schema_of(descriptor, table).get("foreignKeys") for table in TABLES}
    assert keys == {
        "events": [{"fields": "part_of", "reference": {"resource": "", "fields": "event_id"}}],
        "reports": [
            {"fields": "event_id", "reference": {"resource": "events", "fields": "event_id"}}
        ],
        "actors": [{"fields": "parent", "reference": {"resource": "", "fields": "actor_id"}}],
        "theatres": None,
    }


def test_the_readme_names_every_column_and_word(readme):
    for columns in TABLES.values():
        for column in columns:
            assert f"| `{column.name}` |" in readme
            for word in column.words:
                assert f"| `{word.id}` | {word.name} |" in readme


def test_the_readme_counts_rows_and_gives_the_version(small, readme):
    assert f"Data version `{small.version}`: 8 events from 2014-06-06 to 2021-06-04" in readme
    assert "| `reports.csv` | 13 |" in readme


def test_a_table_of_ones_own_is_under_no_licence_of_ours(small):
    texts = describe(small)
    found = json.loads(texts["datapackage.json"])
    assert "licenses" not in found
    assert found["title"] == f"{small.name}: a table of conflict events"
    words = texts["README.md"].decode()
    assert words.startswith(f"# {small.name}: a table of conflict events\n")
    assert "CC BY" not in words
    assert "This is a table of your own" in words


def test_another_sources_table_carries_its_terms(small):
    terms = Terms("X Events", "X", "Not to be passed on.", "X (2020)", "https://x.org", False)
    texts = describe(dataclasses.replace(small, terms=terms))
    found = json.loads(texts["datapackage.json"])
    assert found["licenses"] == [{"title": "Not to be passed on.", "path": "https://x.org"}]
    words = texts["README.md"].decode()
    assert "Not to be passed on. https://x.org\n\nCite as: X (2020)" in words
    assert "LICENSE.md" not in words


def test_the_readme_says_how_unknown_is_written_and_the_licence(readme):
    assert "**Empty means unknown, never zero.**" in readme
    assert "Creative Commons Attribution 4.0 International (CC BY 4.0)" in readme


def test_every_table_of_the_readme_has_cells_for_its_head(readme):
    blocks = [block.splitlines() for block in readme.split("\n\n") if block.startswith("| ")]
    assert len(blocks) == 1 + len(TABLES) + sum(
        1 for columns in TABLES.values() for column in columns if column.words
    )
    for block in blocks:
        assert {line.count(" | ") for line in block} == {block[0].count(" | ")}


def test_describes_a_package_without_events(tmp_path):
    dataset = load(package.write(tmp_path, events=[], reports=[]))
    assert "0 events, with 0 source reports." in describe(dataset)["README.md"].decode()


def test_names_what_is_missing_and_what_is_out_of_date(tmp_path):
    dataset = load(package.write(tmp_path))
    assert outdated_descriptions(dataset, tmp_path) == ["datapackage.json", "README.md"]
    assert write_descriptions(dataset, tmp_path) == ["datapackage.json", "README.md"]
    assert outdated_descriptions(dataset, tmp_path) == []
    (tmp_path / "README.md").write_bytes(b"# Mine\n")
    assert outdated_descriptions(dataset, tmp_path) == ["README.md"]


def test_describes_the_tables_about_the_tables_that_stand_beside_it(small, tmp_path):
    (tmp_path / "exceptions.csv").write_text("rule,event_id,detail,why\n", encoding="utf-8")
    texts = describe(small, tmp_path)
    resources = json.loads(texts["datapackage.json"])["resources"]
    (beside,) = [found for found in resources if found["name"] not in TABLES]
    assert (beside["name"], beside["path"]) == ("exceptions", "exceptions.csv")
    names = [column.name for column in COMPANIONS["exceptions"]]
    assert [field["name"] for field in beside["schema"]["fields"]] == names
    readme = texts["README.md"].decode()
    assert "## exceptions.csv" in readme
    assert "| `id_date` | Id and day |" in readme
    assert "changes.csv" not in readme


def test_a_companion_does_not_outdate_the_description_by_a_row(small, tmp_path):
    text = "rule,event_id,detail,why\n"
    (tmp_path / "exceptions.csv").write_text(text, encoding="utf-8")
    write_descriptions(small, tmp_path)
    (tmp_path / "exceptions.csv").write_text(f"{text}sides,a,,b\n", encoding="utf-8")
    assert outdated_descriptions(small, tmp_path) == []
