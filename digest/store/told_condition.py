"""What counts as told, in SQL: an issue has told what stands in it, and once one of its edition is
approved, only approved ones have.
"""

from __future__ import annotations


def counts_as_told(table: str) -> str:
    """The condition on a row of `table`, which has an `edition`, that was joined to its issue."""
    return f"""(issues.approved_hash IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM issues AS other
        WHERE other.edition = {table}.edition AND other.approved_hash IS NOT NULL))"""  # noqa: S608  # our own name
