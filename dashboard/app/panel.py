"""The event panel: one event with each source's own figures, or the events of one place."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import query, views, wording
from dashboard.app import cards, links, lists
from dashboard.app.delta import compact
from dashboard.app.frames import records
from dashboard.app.links import attributes
from dashboard.dataset import Dataset
from dashboard.engine import independent_sources
from dashboard.figures.theme import Medium
from dashboard.geography import country_name
from dashboard.schema import ATTRIBUTION_NAMES, SCOPE_NAMES, TYPE_NAMES
from dashboard.selection import Selection
from dashboard.views import chosen, common


def contents(dataset: Dataset, selection: Selection, medium: Medium) -> list:
    """Build the panel: the event in focus, the events of a place, or how to open one."""
    event = chosen.event(dataset, selection.event) if selection.event else None
    if event is not None:
        return _event(dataset, selection, event, medium)
    if selection.at:
        return lists.of_place(dataset, selection)
    return lists.deadliest_first(dataset, selection)


def _event(dataset: Dataset, selection: Selection, event: Any, medium: Medium) -> list:
    reports = dataset.reports_of([selection.event])
    where = ", ".join(
        part
        for part in (event["place"], event["admin1"], country_name(event["country_code"]))
        if part
    )
    when = wording.days_text(
        event["start_date"].date(), event["end_date"].date(), event["date_precision"]
    )
    return [
        _steps(dataset, selection),
        html.H2(event["title"], className="panel__title", tabIndex="-1"),
        html.P(f"{when} · {where}", className="panel__where"),
        html.P(
            [
                html.Span(
                    common.sides_text(dataset, event["initiators"], event["targets"]),
                    className="tag",
                ),
                html.Span(TYPE_NAMES[event["event_type"]], className="tag"),
                html.Span(ATTRIBUTION_NAMES[event["attribution"]].lower(), className="tag"),
            ],
            className="panel__tags",
        ),
        html.P(event["summary"], className="panel__summary"),
        *_toll(dataset, selection, event, medium),
        *_doubts(event, reports),
        html.H3(_count_of_sources(reports), className="panel__heading"),
        html.Ul([_report(report) for report in _sorted(reports)], className="reports"),
        *_nearby(dataset, selection, event),
        html.Div(
            [html.H3("Cite this event", className="panel__heading"), *_citation(selection)],
            className="cite",
        ),
    ]


def _count_of_sources(reports: pd.DataFrame) -> str:
    independent = int(independent_sources(reports).sum())
    return f"{wording.plural(len(reports), 'report')}, {independent} independent"


def _nearby(dataset: Dataset, selection: Selection, event: Any) -> list:
    """List the chosen or unchosen events nearest in time among those near in place."""
    rows = common.nearby(dataset, event["event_id"])
    if rows.empty:
        return []
    return [
        html.H3("Near in time and place", className="panel__heading"),
        lists.listed(rows, selection),
    ]


def _citation(selection: Selection) -> list:
    query = Selection(event=selection.event).to_query()
    forms = (("plain", "Text"), ("bibtex", "BibTeX"), ("ris", "RIS"))
    return [
        html.Div(
            [
                html.Button(
                    "Copy citation",
                    type="button",
                    className="chip",
                    **attributes(
                        {
                            "data-do": "cite",
                            "data-path": f"cite/plain{query}",
                            "data-done": "Copied",
                        }
                    ),
                ),
                *(
                    html.A(name, href=f"cite/{form}{query}", className="chip", download="")
                    for form, name in forms
                ),
                html.Button(
                    "Toll as PNG",
                    type="button",
                    className="chip",
                    **attributes({"data-do": "download", "data-view": "event", "data-form": "png"}),
                ),
            ],
            className="choices",
        )
    ]


def _steps(dataset: Dataset, selection: Selection) -> html.Div:
    before, after, place = chosen.neighbours(dataset, selection)
    total = chosen.number(dataset, selection)
    position = f"{place:,} of {total:,}" if place else "not in the selection"
    return html.Div(
        [
            _step("‹", "Previous event", selection, before),
            html.Span(position, className="panel__position"),
            _step("›", "Next event", selection, after),
            html.Span(className="spacer"),
            html.A(
                "×",
                href=links.href(selection, event="", at=()),
                className="panel__close",
                **attributes({"aria-label": "Close the event", "data-key": "Escape"}),
            ),
        ],
        className="panel__steps",
    )


def _step(mark: str, label: str, selection: Selection, event: str):
    key = "ArrowLeft" if mark == "‹" else "ArrowRight"
    if not event:
        return html.Span(
            mark, className="panel__step panel__step--off", **attributes({"aria-hidden": "true"})
        )
    return html.A(
        mark,
        href=links.href(selection, event=event),
        className="panel__step",
        **attributes({"aria-label": label, "data-key": key}),
    )


def _toll(dataset: Dataset, selection: Selection, event: Any, medium: Medium) -> list:
    low, best, high = (event[f"killed_{level}"] for level in query.LEVELS)
    wounded = common.toll_text(
        event["wounded_low"], event["wounded_best"], event["wounded_high"], "wounded"
    )
    lines = [wounded]
    if not pd.isna(event["displaced"]):
        lines.append(f"{event['displaced']:,} displaced")
    headline = "Killed: unknown" if pd.isna(best) else f"Killed: {best:,}"
    span = "" if pd.isna(best) else f" ({wording.range_text(low, high)})"
    found: list = [
        html.H3([headline, html.Span(span, className="panel__range")], className="panel__toll")
    ]
    if not pd.isna(best):
        found.append(
            html.Div(
                cards.graph("toll", compact(views.screen("event", dataset, selection, medium))),
                className="panel__chart",
            )
        )
    found.append(html.P(" · ".join(lines), className="panel__where"))
    return found


def _doubts(event: Any, reports: pd.DataFrame) -> list:
    doubts = common.doubts(event, reports)
    if not doubts:
        return []
    return [
        html.H3("What is uncertain", className="panel__heading"),
        html.Ul([html.Li(doubt) for doubt in doubts], className="doubts"),
    ]


def _sorted(reports: pd.DataFrame) -> list:
    ranked = reports.assign(rank=reports["killed_max"].fillna(-1))
    ranked = ranked.sort_values(["rank", "published_date"], ascending=[False, True])
    return list(records(ranked))


def _report(report) -> html.Li:
    figure = common.report_figure(report.killed_min, report.killed_max)
    via = f" ({report.via.replace(';', ', ')})" if report.via else ""
    dated = (
        "" if pd.isna(report.published_date) else f" · {wording.day_text(report.published_date)}"
    )
    language = "" if report.language == "en" else f" · {report.language}"
    scope = "" if report.scope in ("", "all") else f"{SCOPE_NAMES[report.scope]}: "
    return html.Li(
        [
            html.Span(figure, className="reports__figure"),
            html.Div(
                [
                    html.A(
                        report.publisher,
                        href=report.url,
                        target="_blank",
                        rel="noopener noreferrer nofollow",
                        title=report.title or report.url,
                    ),
                    f"{via}{dated}{language}",
                    html.Div(f"{scope}{report.note}", className="reports__note"),
                ]
            ),
        ],
        className="reports__row",
    )
