import pytest
from dash import dcc, html

from dashboard.app.links import attributes
from dashboard.app.markup import to_html

pytestmark = pytest.mark.unit


def test_writes_components_as_html():
    link = html.A(["More ", html.Strong("now")], href="?q=a&tab=trend", className="pill")
    assert to_html([link, None, 3]) == (
        '<a class="pill" href="?q=a&amp;tab=trend">More <strong>now</strong></a>3'
    )


def test_text_and_attributes_are_never_markup():
    text = html.P('<script>alert("x")</script>', **attributes({"aria-label": '"><img src=x>'}))
    assert to_html(text) == (
        '<p aria-label="&#34;&gt;&lt;img src=x&gt;">'
        "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;</p>"
    )


def test_flags_stand_alone_or_not_at_all():
    assert to_html(html.Details([], open=True, hidden=False)) == "<details open></details>"


def test_refuses_what_only_dash_can_draw():
    with pytest.raises(TypeError, match="Graph is no plain HTML"):
        to_html(html.Div(dcc.Graph()))
