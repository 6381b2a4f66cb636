"""What travels alone: pages that open from disk, and the evidence pack, one zip of everything."""

from dashboard.pack.archive import build, check, zipped
from dashboard.pack.page import single

__all__ = ["build", "check", "single", "zipped"]
