import shutil
import socket
import threading

import pytest

from dashboard import paths
from dashboard.export import Exporter

SQUARE = """
const square = {type: "GeometryCollection", geometries: [{type: "Polygon", arcs: [[0]]}]};
const none = {type: "GeometryCollection", geometries: []};
window.PlotlyGeoAssets = {topojson: {world_50m: {
  type: "Topology",
  arcs: [[[0, 0], [0, 10], [10, 10], [10, 0], [0, 0]]],
  objects: {land: square, countries: none, coastlines: none, lakes: none, rivers: none,
            ocean: none, subunits: none},
}}};
"""


@pytest.fixture(scope="session")
def assets(tmp_path_factory):
    """The real fonts and plotly.js; one square country, 0 to 10 degrees east and north."""
    folder = tmp_path_factory.mktemp("assets")
    for name in ("fonts", "plotly"):
        shutil.copytree(paths.folder("assets") / name, folder / name)
    (folder / "geo").mkdir()
    (folder / "geo" / "plotly_geo_assets.js").write_text(SQUARE)
    return folder


@pytest.fixture(scope="session")
def exporter(assets):
    with Exporter(assets=assets) as opened:
        yield opened


class LoggingProxy:
    """Takes every connection, keeps what was asked, answers nothing."""

    def __init__(self):
        self.asked = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(2)
                try:
                    self.asked.append(connection.recv(500))
                except OSError as error:
                    self.asked.append(repr(error))

    def close(self):
        self._server.close()


@pytest.fixture
def proxy():
    running = LoggingProxy()
    yield running
    running.close()
