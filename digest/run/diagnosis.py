"""What `digest doctor` finds: one thing that it looked at, and what came of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at. "off" is what is not set up and need not be, "stale" what works and has
    been outgrown.
    """

    what: str
    state: Literal["ok", "broken", "off", "stale"]
    detail: str

    @property
    def broken(self) -> bool:
        """Does it keep a run or a command from working?"""
        return self.state == "broken"

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        return asdict(self)

    def line(self) -> str:
        """For a person."""
        return f"{self.state:<6} {self.what}: {self.detail}"
