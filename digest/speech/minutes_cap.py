"""How many minutes may still be transcribed. Pure but for its own count."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Allowance:
    """The minutes of a run and of a day, and what has been taken of them."""

    per_run: float
    per_day: float
    taken_today: float  # before this run
    taken: float = 0.0  # by this run

    def refusal(self, minutes: float) -> str:
        """Why so many minutes more are too many, in words; "" when they are not."""
        caps = (
            (self.per_run, self.taken, "a run", "speech.max_minutes_per_run"),
            (self.per_day, self.taken_today + self.taken, "a day", "speech.max_minutes_per_day"),
        )
        for cap, taken, of, key in caps:
            if taken + minutes > cap:
                left = max(0.0, cap - taken)
                return (
                    f"it has {minutes:.0f} minutes, and of the {cap:.0f} that {of} may take"
                    f" {left:.0f} are left ({key})"
                )
        return ""

    def take(self, minutes: float) -> None:
        """So many are given to an engine now."""
        self.taken += minutes
