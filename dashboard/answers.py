"""Answers that are kept, and found once when several readers ask for the same at once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class _Place:
    """Where one answer is kept; whoever holds the lock finds it."""

    __slots__ = ("answer", "is_known", "lock")

    def __init__(self) -> None:
        # The same thread may come by again: then it must fail by depth, not wait for itself.
        self.lock = threading.RLock()
        self.is_known = False
        self.answer: Any = None


class Question(Generic[P, T]):
    """A function whose answers are kept; see `answered_once`."""

    def __init__(self, question: Callable[P, T], maxsize: int) -> None:
        update_wrapper(self, question)
        self._question = question
        self._maxsize = maxsize
        # The one asked for last at the end.
        self._places: OrderedDict[tuple, _Place] = OrderedDict()
        self._looking = threading.Lock()

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return the answer, kept or found now."""
        key = (args, *sorted(kwargs.items()))
        with self._looking:  # two threads must not find two places
            place = self._places.setdefault(key, _Place())
            self._places.move_to_end(key)
            while len(self._places) > self._maxsize:
                self._places.popitem(last=False)
        if not place.is_known:
            with place.lock:
                if not place.is_known:
                    place.answer = self._question(*args, **kwargs)
                    place.is_known = True
        return place.answer

    def kept(self, *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Return the answer if it is kept, None if it would have to be found."""
        with self._looking:
            place = self._places.get((args, *sorted(kwargs.items())))
        return place.answer if place is not None and place.is_known else None


def answered_once(*, maxsize: int) -> Callable[[Callable[P, T]], Question[P, T]]:
    """Keep the answers asked for last, as `functools.lru_cache` does, and find each only once.

    There, threads that ask for the same at the same moment all work on it; here the first does and
    the others wait. An error is not kept: the next one who asks tries again.

    Args:
        maxsize: How many answers are kept.
    """
    return lambda question: Question(question, maxsize)
