"""Keys that were met before are found again, and two keys of one hash are not mixed up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.readers import keys
from dashboard.readers.keys import Keys

BATCHES = st.lists(st.lists(st.text("abc", max_size=3), unique=True, max_size=6), max_size=8)


def found(batches):
    """Say of each key of each batch where a new one stood before, as a list and a set would."""
    known: list[str] = []
    remembered = Keys(known.__getitem__)
    told, expected = [], []
    for batch in batches:
        expected.append([known.index(key) if key in known else -1 for key in batch])
        told.append(remembered.places(batch))
        new = [key for key, place in zip(batch, told[-1], strict=True) if place < 0]
        known += new
        remembered.add(new)
    return told, expected


@pytest.mark.property
@given(BATCHES)
def test_finds_each_key_that_was_added(batches):
    told, expected = found(batches)
    assert told == expected


@pytest.mark.unit
def test_tells_keys_of_one_hash_apart(monkeypatch):
    monkeypatch.setattr(keys, "hash", lambda key: len(key), raising=False)
    told, expected = found([["a", "bb"], ["c", "bb", "dd"], ["a", "c", "e"], ["dd"]])
    assert told == expected
