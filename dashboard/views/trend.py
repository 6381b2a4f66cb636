"""Is it rising? Events and dead a month by theatre."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dashboard import comparison, query, wording
from dashboard.answers import answered_once
from dashboard.dataset import Dataset
from dashboard.figures import frame, trend
from dashboard.figures.axes import Span
from dashboard.figures.blank import blank
from dashboard.figures.frame import Key
from dashboard.figures.theme import Medium
from dashboard.figures.trend import ROLLING_MONTHS, Series
from dashboard.selection import Selection
from dashboard.views import alt, asking, captions, chosen
from dashboard.views.captions import Texts
from dashboard.views.common import left_out, nothing
from dashboard.views.describing import EPOCH
from dashboard.views.grouping import lane_names
from dashboard.views.months import year_words
from dashboard.views.spans import window

ROW_PX = 84.0
NARROW_ROW_PX = 96.0
LEAST_MONTHS = 4
OTHERS = "*"


@dataclass(frozen=True, slots=True, eq=False)
class Months:
    """What the trend draws.

    Attributes:
        rows: As `trend.draw` asks for.
        names: Each theatre's name, from the top.
        span: Whole months.
        earlier: How many chosen events began before the window; they are not counted.
    """

    rows: pd.DataFrame
    names: dict[str, str]
    span: Span
    earlier: int


def screen(dataset: Dataset, selection: Selection, medium: Medium) -> dict[str, Any]:
    """Draw the trend of the chosen events; the width is the page's."""
    months = month_rows(dataset, selection)
    row = NARROW_ROW_PX if medium.is_narrow else ROW_PX
    height = row * max(len(months.names), 1) + 4.2 * medium.font_px
    if months.rows.empty:
        return blank(_none_counted(dataset, selection), medium, (medium.width_px, height))
    spec = _draw(months, medium, (medium.width_px, height))
    spec["layout"]["height"] = height
    return spec


def picture(
    dataset: Dataset, selection: Selection, medium: Medium, words: frame.Words
) -> dict[str, Any]:
    """Draw the trend with headline, key and source line."""
    months = month_rows(dataset, selection)
    words = replace(words, caption=[*words.caption, *counting_words(dataset, selection)])
    where = frame.plan(words, medium)
    if months.rows.empty:
        spec = blank(_none_counted(dataset, selection), medium, where.room(medium))
    else:
        most = trend.capacity(medium, where.room(medium))
        spec = _draw(_merged(months, most), medium, where.room(medium))
    return frame.framed(spec, where, medium)


def _merged(months: Months, most: int) -> Months:
    """Join the theatres with the fewest events, so that no more than `most` rows are left."""
    if len(months.names) <= most:
        return months
    totals = months.rows.groupby("series")["events"].sum().sort_values(ascending=False)
    kept = set(totals.index[: most - 1])
    left = {key: name for key, name in months.names.items() if key in kept}
    series = months.rows["series"].where(months.rows["series"].isin(kept), OTHERS)
    rows = months.rows.assign(series=series, is_known=months.rows["killed"].notna())
    grouped = rows.groupby(["series", "start_ms", "end_ms"], sort=False)
    joined = grouped.agg(
        events=("events", "sum"), killed=("killed", "sum"), is_known=("is_known", "all")
    ).reset_index()
    joined = joined.assign(killed=joined["killed"].where(joined["is_known"]))
    return replace(months, rows=joined, names=left | {OTHERS: f"{len(totals) - len(kept)} others"})


def texts(dataset: Dataset, selection: Selection, reading: str, link: str = "") -> Texts:
    """Write the texts of the trend's picture: where it can be compared with before, how it does."""
    found = captions.texts(dataset, selection, reading, link)
    compared = chosen.compared(dataset, selection)
    if compared is None:
        return found
    return replace(found, subtitle=comparison.sentence(compared, is_curated=dataset.is_curated))


def in_words(dataset: Dataset, selection: Selection) -> list[str]:
    """Describe the trend in sentences, with how the window compares with the time before."""
    months = month_rows(dataset, selection)
    if months.rows.empty:
        return alt.of_events(dataset, selection, _none_counted(dataset, selection), "chosen")
    names = wording.listed(months.names.values())
    drawn = f"Charts of events and of dead a month in {names}."
    compared = chosen.compared(dataset, selection)
    before = []
    if compared is not None:
        before = comparison.sentences(compared, is_curated=dataset.is_curated)
    said = alt.of_events(dataset, selection, drawn)
    return [*said, *counting_words(dataset, selection), *before]


def counting_words(dataset: Dataset, selection: Selection) -> list[str]:
    """Say which of the chosen events the months leave out or hold for a year, if any."""
    months = month_rows(dataset, selection)
    found = []
    if months.earlier and len(months.rows):
        began = wording.plural(months.earlier, "event")
        found.append(f"Not counted: {began} that began before the window.")
    if (undated := chosen.undated(dataset, selection)) and len(months.rows):
        found.append(f"Not counted: {wording.plural(undated, 'event')} without a date.")
    return [*found, *year_words(dataset, selection)]


def _none_counted(dataset: Dataset, selection: Selection) -> str:
    """Say why there is no month to draw: no event is chosen, or none of them is counted."""
    # A window chooses no event without a date: it cannot be both.
    if earlier := month_rows(dataset, selection).earlier:
        began = "began before the window and"
        return left_out(earlier, f"{began} is not counted", f"{began} are not counted")
    if undated := chosen.undated(dataset, selection):
        one, several = "has no date and is not counted", "have no date and are not counted"
        return left_out(undated, one, several)
    return nothing(dataset, selection)


def keys(dataset: Dataset, selection: Selection, medium: Medium) -> list[Key]:
    """List what bars and lines mean."""
    soft, accent = medium.palette.soft, medium.palette.accent
    rows = month_rows(dataset, selection).rows
    if rows.empty:
        return []
    found = [Key("ghost", accent, accent, "One month")]
    if rows["start_ms"].nunique() >= ROLLING_MONTHS:
        found.append(Key("bar", accent, accent, f"Mean of the last {ROLLING_MONTHS} months"))
    if rows["killed"].isna().any():
        found.append(Key("square", "", soft, "Month whose toll is unknown"))
    return found


def _draw(months: Months, medium: Medium, size: tuple[float, float]) -> dict[str, Any]:
    # Rows bear their names: colours of theatres would be taken for those of event types.
    series = [Series(key, name) for key, name in months.names.items()]
    return trend.draw(months.rows, series, months.span, medium, size)


def month_rows(dataset: Dataset, selection: Selection) -> Months:
    """Count each month of the window and theatre, months without events as zero events."""
    return _month_rows(dataset, selection.filters)


@answered_once(maxsize=64)
def _month_rows(dataset: Dataset, selection: Selection) -> Months:
    counted = query.by_month(asking.events(dataset, selection), "theatre")
    first, last = (day.to_period("M") for day in window(dataset, selection))
    counted = counted.assign(start_ms=(counted["month"] - EPOCH) / pd.Timedelta(milliseconds=1))
    is_earlier = counted["start_ms"] < _ms(first.start_time)
    earlier = int(counted.loc[is_earlier, "events"].sum())
    counted = counted[~is_earlier].rename(columns={"theatre": "series"}).drop(columns="month")
    present = set(counted["series"])
    names = {key: name for key, name in lane_names(dataset, "theatre").items() if key in present}
    # Events without any figure leave the month's dead unknown; that is not none.
    counted = counted.assign(killed=counted["killed"].astype("float64").where(counted["known"] > 0))
    every = pd.period_range(first, last, freq="M")
    edges = [(_ms(month.start_time), _ms((month + 1).start_time)) for month in every]
    grid = pd.DataFrame(
        [(key, *edge) for key in names for edge in edges], columns=["series", "start_ms", "end_ms"]
    ).astype({"start_ms": "float64", "end_ms": "float64"})
    rows = grid.merge(counted, on=["series", "start_ms"], how="left")
    is_quiet = rows["events"].isna()
    rows = rows.assign(
        events=rows["events"].fillna(0).astype("int64"), killed=rows["killed"].mask(is_quiet, 0.0)
    )
    aside = 1 if len(every) < LEAST_MONTHS else 0
    span = Span(_ms((first - aside).start_time), _ms((last + 1 + aside).start_time))
    return Months(rows, names, span, earlier)


def _ms(moment: pd.Timestamp) -> float:
    return (moment - EPOCH) / pd.Timedelta(milliseconds=1)
