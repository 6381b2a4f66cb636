"""Figures as image files: drawn by one Chromium that stays open, with their recipe inside."""

from dashboard.export.exporter import Exporter, image
from dashboard.export.recipe import read_recipe
from dashboard.export.target import check_target, write

__all__ = ["Exporter", "check_target", "image", "read_recipe", "write"]
