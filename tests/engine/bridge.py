"""ClickHouse's own engine behind ClickHouse's own HTTP interface: chDB, in this process.

Ibis then talks to it as to any server. Only what Ibis asks for is answered.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit


@contextmanager
def server(folder: Path, tables: dict[str, Path]) -> Iterator[str]:
    """Serve some Parquet files as tables; the address is for `engine.connect`, without a table.

    Args:
        folder: Where the engine keeps its files.
        tables: The Parquet file of each table.
    """
    from chdb.session import Session

    session = Session(str(folder))
    for name, path in tables.items():
        session.query(
            f"CREATE TABLE {name} ENGINE = MergeTree ORDER BY tuple()"
            f" AS SELECT * FROM file('{path}', Parquet)"
        )
    handler = type("Handler", (_Handler,), {"session": session, "lock": threading.Lock()})
    listening = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=listening.serve_forever)
    thread.start()
    try:
        yield f"clickhouse://127.0.0.1:{listening.server_port}/default"
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()
        session.close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _answer(self, body: bytes) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        statement = " ".join(filter(None, (asked.get("query", ""), body.decode()))).strip()
        wanted = self.headers.get("X-ClickHouse-Format") or asked.get("default_format", "")
        words = statement.rstrip("; \n").rsplit(None, 2)
        if len(words) == 3 and words[1].upper() == "FORMAT":
            statement, wanted = words[0], words[2]
        try:
            with self.lock:
                answer = self.session.query(statement, wanted or "TabSeparated").bytes()
        except RuntimeError as error:
            return self._send(500, str(error).encode(), {})
        return self._send(200, answer, {"X-ClickHouse-Format": wanted or "TabSeparated"})

    def _send(self, status: int, answer: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("X-ClickHouse-Timezone", "UTC")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""
