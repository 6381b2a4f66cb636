"""An engine's address taken apart: `spark://host:7077?path=/tables/events.parquet`."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from dashboard.errors import EngineError


@dataclass(frozen=True, slots=True)
class Address:
    """Where an engine answers, and what it is asked for. `password` stays out of messages."""

    scheme: str
    host: str
    port: int | None
    database: str
    user: str
    password: str
    options: dict[str, str]

    @property
    def place(self) -> str:
        """Scheme, host and port, fit to be shown."""
        return f"{self.scheme}://{self.host}" + (f":{self.port}" if self.port else "")


def parse(text: str, known: tuple[str, ...]) -> Address:
    """Take an address apart.

    Args:
        text: The address.
        known: The options that this engine has, behind the question mark.

    Raises:
        EngineError: No host, a port that is none, an option that is not known.
    """
    parts = urlsplit(text)
    try:
        port = parts.port
    except ValueError as error:
        raise EngineError(f"{parts.scheme}://…: the port is not a number to 65535.") from error
    options = dict(parse_qsl(parts.query))
    strange = sorted(options.keys() - set(known))
    if not parts.hostname:
        raise EngineError(f"{parts.scheme}://… names no host. Write {parts.scheme}://host:port?…")
    if strange:
        raise EngineError(
            f"{parts.scheme}://{parts.hostname}: no option is called {strange[0]!r}."
            f" There are {', '.join(known)}."
        )
    return Address(
        scheme=parts.scheme,
        host=parts.hostname,
        port=port,
        database=parts.path.strip("/"),
        user=parts.username or "",
        password=parts.password or "",
        options=options,
    )
