"""What travels alone: pages that open from disk, and the evidence pack, one zip of everything."""

from dashboard.pack.archive import NOT_TO_PASS_ON, build, check, zipped
from dashboard.pack.page import single

__all__ = ["NOT_TO_PASS_ON", "build", "check", "single", "zipped"]
