"""The checks by name, in the order of their table: what a claim's `checks` hold, and what a reader
of stored claims needs no check for.
"""

from __future__ import annotations

CHECKS = (
    "quotes",
    "numbers",
    "dates",
    "names",
    "direction",
    "support",
)
