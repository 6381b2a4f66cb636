"""A map, a histogram and one filter as one would write them in plain Dash with plotly express.

python benchmarks/peers/plain.py EVENTS.parquet
"""

import logging
import socket
import sys

import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, dcc, html

COLUMNS = ["start_date", "latitude_deg", "longitude_deg", "theatre", "event_type", "title"]
events = pd.read_parquet(sys.argv[1], columns=[*COLUMNS, "killed_best"])
events["killed_best"] = events["killed_best"].fillna(0).astype(float)

app = Dash()
app.layout = html.Div(
    [
        dcc.Checklist(sorted(events["theatre"].unique()), [], id="theatres"),
        dcc.Graph(id="graph-timeline"),
        dcc.Graph(id="graph-map"),
    ]
)


@app.callback(
    Output("graph-timeline", "figure"), Output("graph-map", "figure"), Input("theatres", "value")
)
def draw(theatres):
    """Draw both figures of the chosen theatres, of all where none is chosen."""
    chosen = events[events["theatre"].isin(theatres)] if theatres else events
    return (
        px.histogram(chosen, x="start_date", color="event_type"),
        px.scatter_geo(
            chosen,
            lat="latitude_deg",
            lon="longitude_deg",
            color="event_type",
            size="killed_best",
            hover_name="title",
        ).update_geos(visible=False),  # its outlines come from another host
    )


if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    print(f"http://127.0.0.1:{port}", flush=True)
    app.run(port=port)
