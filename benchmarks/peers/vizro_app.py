"""A map, a histogram and one filter as a Vizro dashboard.

python benchmarks/peers/vizro_app.py EVENTS.parquet    (where vizro is installed)
"""

import logging
import socket
import sys

import pandas as pd
import vizro.models as vm
import vizro.plotly.express as px
from vizro import Vizro
from vizro.models.types import capture

COLUMNS = ["start_date", "latitude_deg", "longitude_deg", "theatre", "event_type", "title"]
events = pd.read_parquet(sys.argv[1], columns=[*COLUMNS, "killed_best"])
events["killed_best"] = events["killed_best"].fillna(0).astype(float)


@capture("graph")
def places(data_frame):
    """Draw a map without outlines: those come from another host."""
    return px.scatter_geo(
        data_frame,
        lat="latitude_deg",
        lon="longitude_deg",
        color="event_type",
        size="killed_best",
        hover_name="title",
    ).update_geos(visible=False)


page = vm.Page(
    title="Events",
    components=[
        vm.Graph(
            id="graph-timeline", figure=px.histogram(events, x="start_date", color="event_type")
        ),
        vm.Graph(id="graph-map", figure=places(events)),
    ],
    controls=[vm.Filter(column="theatre", selector=vm.Checklist(value=["iraq"]))],
)

if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    application = Vizro().build(vm.Dashboard(pages=[page]))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    print(f"http://127.0.0.1:{port}", flush=True)
    application.run(port=port)
