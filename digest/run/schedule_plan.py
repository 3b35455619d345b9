"""What is put on schedule: an edition's run, and a look at its deadline. Pure values, with the
commands that they stand for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2s
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import time
    from pathlib import Path

ENVIRONMENT, LOG = "digest.env", "digest.log"  # beside feeds.yaml


@dataclass(frozen=True, slots=True)
class Task:
    """One command at one time of the day. `name` is unique on this machine."""

    name: str
    what: str  # in words
    at: time
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchedulePlan:
    """An edition of a newsletter on schedule; `program` is how digest is called, `config` its
    feeds.yaml by its full path, `days` of the week, () for every day.
    """

    program: tuple[str, ...]
    config: Path
    edition: str
    at: time
    days: tuple[str, ...]
    timezone: str
    send: bool
    deadline: time | None

    @property
    def zone(self) -> ZoneInfo:
        """The newsletter's."""
        return ZoneInfo(self.timezone)

    @property
    def name(self) -> str:
        """What tells it from every other."""
        return f"{name_of(self.config)}{self.edition}"

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What is to be run, and when."""
        about = ("--config", str(self.config), "--edition", self.edition)
        sends = ("--send-if-clean",) if self.send else ()
        run = Task(
            self.name, f"the {self.edition} issue", self.at, (*self.program, "run", *about, *sends)
        )
        if self.deadline is None:
            return (run,)
        look = (*self.program, "watch", *about)
        what = f"is the {self.edition} issue there?"
        return (run, Task(f"{self.name}-watch", what, self.deadline, look))

    def due(self, task: Task) -> tuple[str, ...]:
        """The command that says whether a task's time has come, by its exit code."""
        about = ("--config", str(self.config), "--at", f"{task.at:%H:%M}")
        days = ("--days", ",".join(self.days)) if self.days else ()
        return (*self.program, "schedule", "due", *about, *days)


def name_of(config: Path) -> str:
    """What the names of a newsletter's schedules begin with: its folder, and its path for where two
    folders are called the same.
    """
    words = "-".join(re.findall(r"[a-z0-9]+", config.parent.name.lower()))[:30] or "newsletter"
    return f"digest-{words}-{blake2s(str(config).encode(), digest_size=3).hexdigest()}-"
