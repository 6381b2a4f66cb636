import pytest

from dashboard import schema

pytestmark = pytest.mark.unit

CODED = [column for columns in schema.TABLES.values() for column in columns if column.words]


@pytest.mark.parametrize("table", schema.TABLES)
def test_a_table_names_each_column_once(table):
    names = [column.name for column in schema.TABLES[table]]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("table", schema.TABLES)
def test_key_and_order_name_columns_of_the_table(table):
    names = {column.name for column in schema.TABLES[table]}
    assert {*schema.KEYS[table], *schema.ORDER[table]} <= names


@pytest.mark.parametrize("table", schema.TABLES)
def test_the_columns_of_a_key_are_never_empty(table):
    required = {column.name for column in schema.TABLES[table] if column.required}
    # Pages of foreign tables often have no address: such reports have no key.
    assert set(schema.KEYS[table]) - required == ({"url"} if table == "reports" else set())


def test_the_optional_columns_come_behind_a_tables_own_all_or_none():
    own, extra = schema.TABLES["events"], schema.SOURCE_COLUMNS
    assert schema.columns_of("events", {"event_id"}) == own
    assert schema.columns_of("events", {"source_event_type"}) == own + extra
    assert schema.columns_of("reports", {"source_event_type"}) == schema.TABLES["reports"]


@pytest.mark.parametrize("table", schema.TABLES)
def test_every_column_says_what_it_means(table):
    for column in schema.TABLES[table]:
        assert column.meaning.endswith("."), column.name
        assert column.required or column.empty, column.name


def test_a_coded_column_and_no_other_has_words():
    kinds = {column.kind for column in CODED}
    others = [
        column.name
        for columns in schema.TABLES.values()
        for column in columns
        if column.kind == "word" and not column.words
    ]
    assert kinds == {"word"}
    assert others == []


@pytest.mark.parametrize("column", CODED, ids=lambda column: column.name)
def test_every_word_has_its_own_id_name_and_meaning(column):
    assert len(set(schema.words(column))) == len(column.words)
    assert len({word.name for word in column.words}) == len(column.words)
    assert all(word.meaning.endswith(".") for word in column.words)


def test_every_event_type_belongs_to_a_group():
    groups = {group.id for group in schema.TYPE_GROUPS}
    assert {word.group for word in schema.EVENT_TYPES} == groups


def test_the_groups_share_out_the_event_types():
    types = [kind for members in schema.TYPES_OF_GROUP.values() for kind in members]
    assert sorted(types) == sorted(schema.TYPE_NAMES)
    assert all(
        schema.GROUP_OF_TYPE[kind] == group
        for group, members in schema.TYPES_OF_GROUP.items()
        for kind in members
    )


def test_no_group_is_called_like_an_event_type():
    assert not schema.GROUP_NAMES.keys() & schema.TYPE_NAMES.keys()


def test_every_precision_of_a_place_has_a_radius_that_grows():
    radii = [schema.GEO_RADIUS_KM[word.id] for word in schema.GEO_PRECISIONS]
    assert radii == sorted(radii)
    assert set(schema.EXACT_PLACES) <= schema.GEO_RADIUS_KM.keys()


def test_a_reference_leads_to_a_table_with_one_key():
    assert all(len(schema.KEYS[table]) == 1 for table in schema.REFERENCES.values())
