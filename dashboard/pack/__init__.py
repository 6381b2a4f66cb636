"""What travels alone: pages that open from disk, and the evidence pack, one zip of everything."""

from dashboard.pack.archive import SCALE, build, check, zipped
from dashboard.pack.page import check_terms, single

__all__ = ["SCALE", "build", "check", "check_terms", "single", "zipped"]
