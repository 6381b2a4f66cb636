"""The site that is served now: read again when its files change, kept when they are broken."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from dashboard.app.site import Site
from dashboard.dataset import Dataset
from dashboard.errors import DashboardError, TableError, plural
from dashboard.matching.pairing import NONE_YET, Decisions
from dashboard.views.matched import Matched

LOOK_SECONDS = 2.0
Stamp = tuple[tuple[str, int, int], ...]
_Told = TypeVar("_Told")
_STILL_DECIDED = (
    "cannot be read for the tables shown now, so the decisions before stay for events that both"
    " still have"
)


@dataclass(frozen=True, slots=True)
class Comparing:
    """A second table, and the file of what a person decided on its pairs with the first.

    Attributes:
        path: The file or folder of the table.
        open: Opens it.
        pairs: The file of decisions, None where there is none.
        decide: Reads that file for both tables.
    """

    path: Path
    open: Callable[[], Dataset]
    pairs: Path | None = None
    decide: Callable[[Dataset, Dataset], Decisions] = lambda one, other: NONE_YET


class Live:
    """Holds the site of a table, and renews it from its files.

    A file is read once it has not changed between two looks: one that is being written is left to
    its writer. Of several each is read by itself, so that a broken one holds back no other. `now`
    is replaced whole, so a request sees one state throughout.
    """

    def __init__(
        self,
        dataset: Dataset,
        path: Path | None = None,
        reopen: Callable[[], Dataset] | None = None,
        comparing: Comparing | None = None,
    ) -> None:
        """Hold the site of a dataset.

        Args:
            dataset: The table to begin with.
            path: Its file or folder, to be watched.
            reopen: Opens it again.
            comparing: The table beside it, whose files are watched too.

        Raises:
            DashboardError: The other table or the decisions cannot be read.
        """
        self._comparing = comparing
        self._decisions = NONE_YET
        matched = None
        if comparing is not None:
            other = comparing.open()
            self._decisions = comparing.decide(dataset, other)
            matched = Matched.of(dataset, other, self._decisions)
        self.now = Site.of(dataset, matched)
        self._reopen = reopen
        files = (path, *((comparing.path, comparing.pairs) if comparing else ())) if path else ()
        self._paths = tuple(dict.fromkeys(file for file in files if file is not None))
        self._notices: dict[Path, str] = {}
        self._read = self._seen = self._stamps()

    def _stamps(self) -> dict[Path, Stamp]:
        return {path: stamp(path) for path in self._paths}

    def look(self) -> bool:
        """Look whether the files have changed, read them if so; tell whether anything is new."""
        if self._reopen is None:
            return False
        seen, before = self._stamps(), self._seen
        self._seen = seen
        if seen != before or seen == self._read:
            return False
        changed = {path for path in self._paths if seen[path] != self._read[path]}
        self._read = seen
        self.now = self._renewed(changed, self._reopen)
        return True

    def _renewed(self, changed: set[Path], reopen: Callable[[], Dataset]) -> Site:
        """Read what has changed; what cannot be read stays as it was, with a notice."""
        site, path, beside = self.now, self._paths[0], self._comparing
        if path in changed:
            matched = site.matched
            site = self._tried(
                path, lambda: Site.of(reopen(), matched), site, _still_shown(site.dataset)
            )
        if beside is not None and site.matched is not None:
            other = site.matched.other
            if beside.path in changed:
                other = self._tried(beside.path, beside.open, other, _still_shown(other))
            has_changed = beside.pairs in changed
            site = replace(site, matched=self._paired(site, other, beside, has_changed))
        notices = (self._notices.get(file, "") for file in self._paths)
        return replace(site, notice=" Also: ".join(filter(None, notices)))

    def _paired(
        self, site: Site, other: Dataset, beside: Comparing, has_changed: bool
    ) -> Matched | None:
        """Pair both tables as they are now, by the decisions that can be read."""
        held, one = site.matched, site.dataset
        is_as_before = held is not None and held.one is one and held.other is other
        if is_as_before and not has_changed:
            return held
        decisions = NONE_YET
        if beside.pairs is not None:
            # They name events of both tables: what they say may break with either.
            decisions = self._tried(
                beside.pairs, lambda: beside.decide(one, other), None, _STILL_DECIDED
            )
        if decisions is not None:
            self._decisions = decisions
        elif is_as_before:
            return held
        else:
            decisions = self._decisions.among(one, other)
        return Matched.of(one, other, decisions)

    def _tried(self, path: Path, read: Callable[[], _Told], held: _Told, kept: str) -> _Told:
        """Return what a file says, or what is held, with a notice of what is kept of it."""
        self._notices.pop(path, None)
        try:
            return read()
        except (DashboardError, OSError) as error:
            name = path.absolute().name
            is_alone = [file.absolute().name for file in self._paths].count(name) == 1
            self._notices[path] = f"{name if is_alone else path} {kept}. {_first_fault(error)}"
            return held

    def watch(self) -> None:
        """Look every few seconds, in a thread that ends with the program."""

        def run() -> None:
            rest = threading.Event()
            while not rest.wait(LOOK_SECONDS):
                self.look()

        if self._paths and self._reopen is not None:
            threading.Thread(target=run, name="table watch", daemon=True).start()


def news(site: Site, drawn: dict | None) -> list[str]:
    """Say what has become of the table since the reader's page was drawn."""
    found = [site.notice] if site.notice else []
    before = (drawn or {}).get("version", site.dataset.version)
    if before != site.dataset.version:
        found.append(
            f"The table has changed since this page was opened: data {before} then,"
            f" {site.dataset.version} now."
        )
    return found


def stamp(path: Path) -> Stamp:
    """Return what tells one state of a file or folder from the next: names, times and sizes."""
    found = []
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        try:
            state = file.stat()
        except OSError:
            continue
        if not file.is_dir():
            found.append((str(file), state.st_mtime_ns, state.st_size))
    return tuple(found)


def _still_shown(dataset: Dataset) -> str:
    return (
        "has changed and cannot be read, so the table before is still shown (data"
        f" {dataset.version})"
    )


def _first_fault(error: Exception) -> str:
    if isinstance(error, TableError):
        more = len(error.problems) - 1
        return f"{error.problems[0]}" + (f" ({plural(more, 'more problem')})" if more else "")
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}."
    return " ".join(str(error).split())
