"""What the editions that come along are called; the first is what is meant where none is named."""

from __future__ import annotations

NAMES = ("daily", "weekly", "insights", "column")
