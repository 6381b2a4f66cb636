"""Figures as image files: drawn by one Chromium that stays open, with their recipe inside."""

from dashboard.export.exporter import Exporter, image
from dashboard.export.recipe import has_recipe, page_script, read_recipe
from dashboard.export.target import check_target, write

__all__ = ["Exporter", "check_target", "has_recipe", "image", "page_script", "read_recipe", "write"]
