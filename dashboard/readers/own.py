"""The terms of a table whose source is nobody we know: the file itself."""

from __future__ import annotations

from dashboard.provenance import Terms


def terms_of(file: str) -> Terms:
    """Return the terms of a reader's own table, which stands as the source of its events.

    Args:
        file: The file's name.
    """
    return Terms(
        name=file,
        credit=f"Source: {file}",
        sentence=(
            "This is a table of your own: whether its rows may be passed on is for you and its"
            " sources to say."
        ),
        citation=file,
        url="",
        may_redistribute=True,
    )
