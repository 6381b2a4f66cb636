"""Answers that are kept, and found once when several readers ask for the same at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

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


def answered_once(*, maxsize: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the answers asked for last, as `functools.lru_cache` does, and find each only once.

    There, threads that ask for the same at the same moment all work on it; here the first does and
    the others wait. An error is not kept: the next one who asks tries again.

    Args:
        maxsize: How many answers are kept.
    """

    def decorate(question: Callable[P, T]) -> Callable[P, T]:
        places = lru_cache(maxsize)(lambda *_, **__: _Place())
        looking = threading.Lock()

        @wraps(question)
        def answer(*args: P.args, **kwargs: P.kwargs) -> T:
            with looking:  # two threads must not find two places
                place = places(*args, **kwargs)
            if not place.is_known:
                with place.lock:
                    if not place.is_known:
                        place.answer = question(*args, **kwargs)
                        place.is_known = True
            return place.answer

        return answer

    return decorate
