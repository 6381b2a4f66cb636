import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.answers import answered_once

pytestmark = pytest.mark.unit

READERS = 8


def test_finds_one_answer_for_threads_that_ask_at_once():
    asked, everybody_is_here = [], threading.Barrier(READERS)
    others_wait = threading.Event()

    @answered_once(maxsize=4)
    def double(number):
        asked.append(number)
        others_wait.wait(0.1)
        return [2 * number]

    def ask(_):
        everybody_is_here.wait(10)
        return double(21)

    with ThreadPoolExecutor(READERS) as readers:
        found = list(readers.map(ask, range(READERS)))
    assert asked == [21]
    assert all(one is found[0] for one in found)


def test_works_on_different_questions_at_the_same_time():
    both_are_asked = threading.Barrier(2)

    @answered_once(maxsize=4)
    def waits_for_another(number):
        both_are_asked.wait(10)
        return number

    with ThreadPoolExecutor(2) as readers:
        assert list(readers.map(waits_for_another, (1, 2))) == [1, 2]


def test_keeps_the_answers_asked_for_last():
    asked = []

    @answered_once(maxsize=2)
    def same(number):
        asked.append(number)
        return number

    for number in (1, 2, 1, 3, 1, 2):
        same(number)
    assert asked == [1, 2, 3, 2]


def test_tells_a_kept_answer_from_one_to_be_found():
    asked = []

    @answered_once(maxsize=2)
    def same(number, *, times=1):
        asked.append(number)
        return number * times

    assert same.kept(3, times=2) is None
    assert same(3, times=2) == same.kept(3, times=2) == 6
    assert same.kept(3) is None
    assert asked == [3]


def test_tries_again_after_an_error():
    answers = iter((None, 7))

    @answered_once(maxsize=2)
    def late():
        found = next(answers)
        if found is None:
            raise OSError("not yet")
        return found

    with pytest.raises(OSError, match="not yet"):
        late()
    assert late() == late() == 7


def test_keeps_none_as_an_answer():
    asked = []

    @answered_once(maxsize=2)
    def nothing(number):
        asked.append(number)

    assert nothing(1) is None
    assert nothing(1) is None
    assert asked == [1]
