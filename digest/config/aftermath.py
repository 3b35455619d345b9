"""What follows an issue: the command that carries the archive to its host, and who is told when
something is wrong.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Annotated, Any

from digest.config.typed_mapping import ValueRule, above, at_most, not_empty
from digest.config.value_types import HttpUrl, Line  # noqa: TC001  read at run time


@dataclass(frozen=True, kw_only=True)
class Publish:
    """A command that is run, without a shell, whenever the archive has changed; `timeout` is in
    seconds.
    """

    command: Annotated[tuple[Line, ...], not_empty()]
    timeout: Annotated[float, above(0), at_most(86_400)] = 600.0
    folder: Path = Path()


def publish_form(value: Any) -> Any:
    """A command by itself, as words or as a list, is the whole section."""
    if isinstance(value, str):
        try:
            value = shlex.split(value)
        except ValueError as error:
            raise ValueError(f"is no command: {error}; write it as a list") from None
    return {"command": value} if isinstance(value, list) else value


def hour_and_minute(value: str) -> str:
    """A time of the day, such as 06:30."""
    try:
        found = time.fromisoformat(value.strip())
    except ValueError:
        found = None
    if found is None or found.tzinfo or value.strip() != f"{found:%H:%M}":
        raise ValueError(f"'{value}' is no time of the day such as \"06:30\" (in quotes)")
    return value.strip()


Clock = Annotated[str, ValueRule(hour_and_minute)]


def _clock_as_written(value: Any) -> Any:
    """YAML 1.1 takes 10:30 without quotes for a number of minutes."""
    return f"{value // 60:02d}:{value % 60:02d}" if type(value) is int else value


@dataclass(frozen=True, kw_only=True)
class Notify:
    """Who is told, and by when a day is to have its issue, in the newsletter's time zone."""

    mail: Line = ""
    ping: HttpUrl | None = None
    deadline: Annotated[Clock, ValueRule(_clock_as_written, first=True)] | None = None

    @property
    def by(self) -> time | None:
        """The deadline as a time of the day."""
        return time.fromisoformat(self.deadline) if self.deadline else None
