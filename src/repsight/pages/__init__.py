"""The report as a page that a lifter reads on a phone."""

from __future__ import annotations

from repsight.pages.page import render_html, write_html

__all__ = ["render_html", "write_html"]
