"""The site that is served now: read again when its files change, kept when they are broken."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard import wording
from dashboard.app.site import Site
from dashboard.dataset import Dataset
from dashboard.errors import DashboardError, TableError, plural
from dashboard.views.matched import Matched

LOOK_SECONDS = 2.0
Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Comparing:
    """A second table: its files, and what pairs its events with those of the first."""

    files: tuple[Path, ...]
    match: Callable[[Dataset], Matched]


class Live:
    """Holds the site of a table, and renews it from its files.

    A file is read once it has not changed between two looks: one that is being written is left to
    its writer. `now` is replaced whole, so a request sees one table throughout.
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
            DashboardError: The other table cannot be read.
        """
        self._comparing = comparing
        self.now = self._site(dataset)
        self._reopen = reopen
        self._paths = (path, *(comparing.files if comparing else ())) if path else ()
        self._read = self._seen = self._stamps()

    def _site(self, dataset: Dataset) -> Site:
        return Site.of(dataset, self._comparing.match(dataset) if self._comparing else None)

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
        changed = [path.name for path in self._paths if seen[path] != self._read[path]]
        self._read = seen
        try:
            renewed = self._site(self._reopen())
        except (DashboardError, OSError) as error:
            self.now = replace(self.now, notice=_broken(changed, self.now, error))
            return True
        self.now = renewed
        return True

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


def _broken(names: Sequence[str], site: Site, error: Exception) -> str:
    verb = "has changed and cannot" if len(names) == 1 else "have changed and cannot all"
    return (
        f"{wording.listed(names)} {verb} be read, so the table before is still shown (data"
        f" {site.dataset.version}). {_first_fault(error)}"
    )


def _first_fault(error: Exception) -> str:
    if isinstance(error, TableError):
        more = len(error.problems) - 1
        return f"{error.problems[0]}" + (f" ({plural(more, 'more problem')})" if more else "")
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}."
    return " ".join(str(error).split())
