import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.readers.titles import LONGEST, title

TEXTS = st.text(max_size=80)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("parts", "written"),
    [
        (("battle", "IS", "Iraqi forces", "Qarya"), "Battle: IS and Iraqi forces, Qarya"),
        (("civilian_attack", "IS", "", "Qarya"), "Attack on civilians: IS, Qarya"),
        (("battle", "IS", "IS", ""), "Battle: IS"),
        (("bombing", "", "", "Qarya"), "Bombing, Qarya"),
        (("other", "IS", "", "Qarya"), "Event: IS, Qarya"),
        (
            ("battle", "IS", "Iraqi forces", "A place with a name that is long beyond all reason"),
            "Battle: IS and Iraqi forces, A place with a name that is long beyond…",
        ),
    ],
)
def test_says_what_happened_between_whom_and_where(parts, written):
    assert title(*parts) == written


@pytest.mark.property
@given(TEXTS, TEXTS, TEXTS)
def test_is_never_too_long_for_a_label(initiator, target, place):
    assert 0 < len(title("battle", initiator, target, place)) <= LONGEST
