"""Serve one WSGI application to this computer: quietly, and clear about what is in the way."""

from __future__ import annotations

import errno
import gc
import http.client
import socket
import threading
from collections.abc import Callable
from wsgiref.types import WSGIApplication

from werkzeug.serving import WSGIRequestHandler, make_server

from dashboard.errors import ServeError

_START_SECONDS = 120
_OBJECTS_BETWEEN = 50_000
_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}


class _QuietHandler(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write nothing for a request that was answered; errors are still written."""


def settle() -> None:
    """Set apart what this process keeps until it ends; called once, before it answers.

    Python looks through all its objects for garbage now and then. With a page's modules and tables
    among them that takes a tenth of a second, in the middle of some reader's click.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN)


def listen(host: str, port: int) -> socket.socket:
    """Take a port; 0 takes any free one.

    Raises:
        ServeError: The port or the address cannot be had; the message says what to do.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except socket.gaierror:
        raise ServeError(f"No computer is called {host!r}. Write --host 127.0.0.1.") from None
    except OSError as error:
        raise ServeError(_advice(error, host, port)) from None


def _advice(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use by another program. Stop it, or choose another port:"
            f" --port {port + 1 if port < 65535 else 8050}."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} may not be used by this account. Choose one above 1023: --port 8050."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"This computer has no address {host}. Write --host 127.0.0.1."
    return f"{host}, port {port} cannot be used: {error.strerror}."


def address(listener: socket.socket) -> str:
    """Return the web address at which a browser on this computer finds the page."""
    host, port = _near(listener)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def serve(
    application: WSGIApplication, listener: socket.socket, on_ready: Callable[[], None]
) -> None:
    """Answer requests, several at a time, until the process is interrupted.

    Args:
        application: What answers.
        listener: The socket that `listen` gave.
        on_ready: Called once, from another thread, when `/healthz` has been answered.
    """
    host, port = _bound(listener)
    server = make_server(
        host,
        port,
        application,
        threaded=True,
        request_handler=_QuietHandler,
        fd=listener.fileno(),
    )
    threading.Thread(target=_report, args=(*_near(listener), on_ready), daemon=True).start()
    server.serve_forever()


def _bound(listener: socket.socket) -> tuple[str, int]:
    host, port = listener.getsockname()[:2]
    return str(host), int(port)


def _near(listener: socket.socket) -> tuple[str, int]:
    host, port = _bound(listener)
    return _ANYWHERE.get(host, host), port


def _report(host: str, port: int, on_ready: Callable[[], None]) -> None:
    connection = http.client.HTTPConnection(host, port, timeout=_START_SECONDS)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return
    finally:
        connection.close()
    on_ready()
