"""The terms of a table whose source is nobody we know: the file itself."""

from __future__ import annotations

from dashboard.provenance import own_terms as terms_of

__all__ = ["terms_of"]
