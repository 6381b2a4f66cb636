"""The reader of stories: a step's text, its figures, and the links to the other steps."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

from dash import html
from markdown_it.token import Token

from dashboard import comparison, wording
from dashboard.app import links
from dashboard.app.links import attributes
from dashboard.app.site import Site
from dashboard.selection import Selection
from dashboard.stories import Story, fill, to_tokens
from dashboard.stories.text import COMPARING
from dashboard.views import chosen
from dashboard.views.chosen import totals as totals_of


def menu(site: Site) -> list[html.A]:
    """List the stories as links to their first steps."""
    return [
        html.A(
            [html.Strong(story.title), html.Span(story.summary)],
            href=site.step(story, 0).to_query(),
            className="menu__item",
        )
        for story in site.stories.values()
    ]


def contents(site: Site, selection: Selection) -> list:
    """Build the reader of the open story; empty where none is open."""
    story = site.stories.get(selection.story)
    if story is None:
        return []
    number = min(selection.step, len(story.steps) - 1)
    step = story.steps[number]
    shown = site.step(story, number)
    parts = [
        html.Div(
            [
                html.Span(f"{story.title} · {number + 1} of {len(story.steps)}"),
                html.Span(className="spacer"),
                _turn(site, story, number - 1, "‹ Back", "ArrowLeft"),
                _turn(site, story, number + 1, "Next ›", "ArrowRight"),
                html.A(
                    "×",
                    href=links.href(selection, story="", step=0),
                    className="panel__close",
                    **attributes({"aria-label": "Close the story", "data-key": "Escape"}),
                ),
            ],
            className="panel__steps",
        ),
        html.H2(step.heading, className="story__heading", tabIndex="-1"),
        html.Div(paragraphs(fill(step.text, figures(site, shown))), className="story__text"),
    ]
    if selection.filters != shown.filters:
        parts.append(
            html.A("Back to what this step shows", href=shown.to_query(), className="reset")
        )
    return parts


def paragraphs(text: str) -> list:
    """Turn Markdown into components: paragraphs, quotations and lists of text, emphasis, links."""
    open_parts: list[Any] = [html.Div([])]
    for token in _flat(to_tokens(text)):
        if token.nesting > 0:
            kind = _KINDS.get(token.type, html.P)
            part = kind([], **{str(name): value for name, value in token.attrs.items()})
            open_parts[-1].children.append(part)
            open_parts.append(part)
        elif token.nesting < 0:
            open_parts.pop()
        elif token.type in ("softbreak", "hardbreak"):
            open_parts[-1].children.append(" ")
        elif token.content:
            open_parts[-1].children.append(token.content)
    return open_parts[0].children


def _flat(blocks: Iterable[Token]) -> Iterator[Token]:
    """Go through all tokens in order; the hidden paragraph of an item of one line is none."""
    for block in blocks:
        if block.type == "inline":
            yield from block.children or ()
        elif not block.hidden:
            yield block


_KINDS: dict[str, Any] = {
    "blockquote_open": html.Blockquote,
    "bullet_list_open": html.Ul,
    "ordered_list_open": html.Ol,
    "list_item_open": html.Li,
    "link_open": html.A,
    "strong_open": html.Strong,
    "em_open": html.Em,
}


def _turn(site: Site, story: Story, number: int, label: str, key: str):
    if not 0 <= number < len(story.steps):
        return html.Span(label, className="panel__step--off", **attributes({"aria-hidden": "true"}))
    return html.A(
        label,
        href=site.step(story, number).to_query(),
        className="story__turn",
        **attributes({"data-key": key}),
    )


def figures(site: Site, selection: Selection) -> dict[str, str]:
    """Return the figures that a step's text may name, computed from what it shows."""
    dataset = site.dataset
    totals = totals_of(dataset, selection)
    found = {
        "events": f"{totals.events:,}",
        "killed": _known(totals.killed.best, totals.killed.known),
        "killed_low": _known(totals.killed.low, totals.killed.known),
        "killed_high": _known(totals.killed.high, totals.killed.known),
        "killed_known": f"{totals.killed.known:,}",
        "wounded": _known(totals.wounded.best, totals.wounded.known),
        "displaced": _known(totals.displaced, totals.displaced_known),
        "places": f"{totals.places:,}",
        "reports": f"{_reports(site, selection):,}",
    }
    compared = chosen.compared(dataset, selection)
    if compared is None:
        return dict.fromkeys(COMPARING, "unknown") | found
    before = compared.window.before
    earlier = selection.with_(from_date=before.first, to_date=before.last)
    span = f"{compared.low:.1f}–" + ("…" if math.isinf(compared.high) else f"{compared.high:.1f}")
    return found | {
        "events_before": f"{compared.events_before:,}",
        "killed_before": f"{compared.killed_before.best:,}",
        "reports_before": f"{_reports(site, earlier):,}",
        "before": wording.days_text(before.first, before.last),
        "ratio": f"{compared.ratio:.1f} (95 % interval {span})"
        if compared.events_before
        else "undefined, with none before",
        "change": comparison.verdict(compared),
    }


def _known(number: int, known: int) -> str:
    """Write a sum; one that rests on no event is unknown, not zero."""
    return f"{number:,}" if known else "an unknown number"


def _reports(site: Site, selection: Selection) -> int:
    ids = chosen.rows(site.dataset, selection).index
    return len(site.dataset.reports_of(ids))
