import http.client
import socket
import threading

import pytest

from dashboard import server
from dashboard.errors import ServeError

pytestmark = pytest.mark.unit


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["PATH_INFO"].encode()]


@pytest.fixture
def listener():
    with server.listen("127.0.0.1", 0) as found:
        yield found


def test_says_when_it_is_ready_and_answers(listener, capfd):
    ready = threading.Event()
    threading.Thread(target=server.serve, args=(hello, listener, ready.set), daemon=True).start()
    assert ready.wait(10)
    connection = http.client.HTTPConnection(*listener.getsockname(), timeout=10)
    connection.request("GET", "/some/page")
    assert connection.getresponse().read() == b"/some/page"
    connection.close()
    assert capfd.readouterr() == ("", "")


def test_gives_the_address_that_a_browser_opens(listener):
    port = listener.getsockname()[1]
    assert server.address(listener) == f"http://127.0.0.1:{port}"


def test_gives_a_near_address_where_every_address_is_served():
    with server.listen("0.0.0.0", 0) as listener:
        assert server.address(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_names_a_port_in_use(listener):
    port = listener.getsockname()[1]
    with pytest.raises(ServeError) as caught:
        server.listen("127.0.0.1", port)
    assert str(caught.value) == (
        f"Port {port} is in use by another program. Stop it, or choose another port:"
        f" --port {port + 1}."
    )


def test_names_an_address_of_another_computer():
    with pytest.raises(ServeError) as caught:
        server.listen("192.0.2.1", 0)
    assert str(caught.value) == ("This computer has no address 192.0.2.1. Write --host 127.0.0.1.")


def test_names_a_host_that_is_not_known(monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "create_server", unknown)
    with pytest.raises(ServeError) as caught:
        server.listen("nowhere.invalid", 8050)
    assert str(caught.value) == "No computer is called 'nowhere.invalid'. Write --host 127.0.0.1."


def test_names_a_port_that_needs_rights(monkeypatch):
    def forbidden(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket, "create_server", forbidden)
    with pytest.raises(ServeError) as caught:
        server.listen("127.0.0.1", 80)
    assert str(caught.value) == (
        "Port 80 may not be used by this account. Choose one above 1023: --port 8050."
    )
