"""The frame that queries run on: a small table in memory, or a large one that an engine holds."""

from dashboard.engine.connecting import Connection, connect
from dashboard.engine.large import LargeDataset, enlarged, is_large, open_large
from dashboard.engine.preparing import fold, independent_sources, open_events, prepared
from dashboard.engine.residing import resident
from dashboard.engine.writing import write

__all__ = [
    "Connection",
    "LargeDataset",
    "connect",
    "enlarged",
    "fold",
    "independent_sources",
    "is_large",
    "open_events",
    "open_large",
    "prepared",
    "resident",
    "write",
]
