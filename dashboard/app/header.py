"""The head of the page: name, search, stories, sharing, downloads, theme, help."""

from __future__ import annotations

from dash import dcc, html

from dashboard import downloads, views, wording
from dashboard.app import ids, story
from dashboard.app.links import attributes
from dashboard.app.site import Site
from dashboard.dataset import CURATED, Dataset
from dashboard.selection import Selection

SHORTCUTS = (
    ("/", "search"),
    ("←  →", "previous and next event, or step of a story"),
    ("space", "play and pause"),
    ("Esc", "close the event or the story"),
    ("Tab, then ← → Page Up/Down Home End", "move an end of the window under the timeline"),
    ("?", "this list"),
)


def header(site: Site) -> html.Header:
    """Build the head of the page."""
    return html.Header(
        [
            html.H1(html.A(wording.NAME, href="?", className="header__name")),
            html.P(tagline(site), className="header__tagline"),
            dcc.Input(
                id=ids.SEARCH,
                type="search",
                debounce=0.3,
                placeholder="Search places, actors, titles  ( / )",
                className="search",
                name="q",
                autoComplete="off",
            ),
            html.Button(
                "Filters",
                className="button button--filters",
                type="button",
                **attributes({"data-do": "filters", "aria-expanded": "false"}),
            ),
            *([_menu("Stories", story.menu(site), "menu--wide")] if site.stories else []),
            _menu("Share", [html.Div(id=ids.SHARE, className="share")], "menu--wide"),
            _menu("Download", _pictures(site.dataset), "", "button--primary"),
            html.Button(
                "◐",
                className="button button--icon",
                type="button",
                title="Light or dark",
                **attributes({"data-do": "theme", "aria-label": "Change between light and dark"}),
            ),
            html.Button(
                "?",
                className="button button--icon",
                type="button",
                title="Keyboard shortcuts",
                **attributes({"data-do": "help", "aria-label": "Keyboard shortcuts"}),
            ),
        ],
        className="header",
    )


def tagline(site: Site) -> str:
    """Say what the table is in one line."""
    dataset = site.dataset
    changed = site.changes[0].changed_date if site.changes else None
    subject = "ISIS and its affiliates" if dataset.name == CURATED else dataset.name
    until = f", to {dataset.last_day:%B %Y}" if dataset.days else ""
    return (
        f"{subject} · {wording.plural(dataset.size, 'event')},"
        f" {wording.plural(dataset.report_count, 'report')}{until} · data {dataset.version}"
        + (f" of {changed.day} {changed:%b %Y}" if changed else "")
    )


def _menu(name: str, items: list, look: str, button: str = "") -> html.Details:
    return html.Details(
        [
            html.Summary(name, className=f"button {button}".strip()),
            html.Div(items, className="menu__list"),
        ],
        className=f"menu {look}".strip(),
    )


def _pictures(dataset: Dataset) -> list:
    def item(view: str, form: str) -> html.Button:
        return html.Button(
            form.upper(),
            className="chip",
            type="button",
            **attributes(
                {
                    "data-do": "download",
                    "data-view": view,
                    "data-form": form,
                    "aria-label": f"{views.VIEWS[view].title} as {form.upper()}",
                }
            ),
        )

    rows = [
        html.Div(
            [
                html.Span(view.title),
                html.Span(className="spacer"),
                item(name, "png"),
                item(name, "svg"),
            ],
            className="menu__row",
        )
        for name, view in views.VIEWS.items()
        if name != "event"
    ]
    return [
        html.P("Pictures of the selection, drawn by your browser", className="menu__note"),
        *rows,
        html.P("The chosen events as data", className="menu__note"),
        html.Div(
            [html.Span(refusal)] if (refusal := downloads.obstacle(dataset)) else _data_buttons(),
            className="menu__row",
        ),
    ]


def data_buttons(dataset: Dataset) -> list:
    """List the buttons that download the chosen events, or say why there are none."""
    if refusal := downloads.obstacle(dataset):
        return [html.Span(refusal)]
    return [
        html.Span("Download these events: "),
        *_data_buttons(),
    ]


def _data_buttons() -> list[html.Button]:
    return [
        html.Button(
            form.name,
            className="chip",
            type="button",
            **attributes({"data-do": "fetch", "data-path": f"download/{key}"}),
        )
        for key, form in downloads.FORMS.items()
    ]


def shortcuts() -> html.Dialog:
    """Build the list of keyboard shortcuts."""
    return html.Dialog(
        [
            html.H2("Keyboard shortcuts", className="panel__title"),
            html.Dl([part for key, what in SHORTCUTS for part in (html.Dt(key), html.Dd(what))]),
            html.Button(
                "Close", className="button", type="button", **attributes({"data-do": "help"})
            ),
        ],
        id=ids.HELP,
        className="help",
        **attributes({"aria-label": "Keyboard shortcuts"}),
    )


def share(host: str, selection: Selection, version: str) -> list:
    """Build what there is to share: the link, and embed codes, live and frozen."""

    def link(**changes: str) -> str:
        return f"{host.rstrip('/')}/{selection.with_(**changes).to_query()}"

    return [
        html.P("Link to this view", className="menu__note"),
        _copied(link(), "Copy link"),
        html.P("Embed the timeline, always with the newest data", className="menu__note"),
        _copied(_frame(link(embed="timeline")), "Copy code"),
        html.P(f"Embed the map, marked as data {version}", className="menu__note"),
        _copied(_frame(link(embed="map", version=version)), "Copy code"),
        *(
            [
                html.P("Embed the open event, always with the newest data", className="menu__note"),
                _copied(_frame(link(embed="event")), "Copy code"),
            ]
            if selection.event
            else []
        ),
        html.P(
            "For another figure write embed=trend, actors or sources. A frozen embed says so when"
            " the table has changed since.",
            className="menu__note",
        ),
    ]


def _frame(address: str) -> str:
    escaped = address.replace("&", "&amp;").replace('"', "%22")
    return (
        f'<iframe src="{escaped}" width="100%" height="560" style="border:0" loading="lazy"'
        f' title="{wording.NAME}"></iframe>'
    )


def _copied(text: str, label: str) -> html.Div:
    return html.Div(
        [
            html.Code(text, className="share__text"),
            html.Button(
                label,
                className="chip",
                type="button",
                **attributes({"data-do": "copy", "data-text": text, "data-done": "Copied"}),
            ),
        ],
        className="menu__row",
    )
