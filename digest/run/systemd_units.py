"""A schedule as units of systemd: a service and a timer for each task (systemd.timer(5),
systemd.time(7)). Pure: text.

A timer knows the newsletter's zone, and a day on which a change of clocks skips its time it skips
altogether. Where there is such a day the timer wakes by UTC, and `digest schedule due` lets the
right waking through, as with cron.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from digest.run.schedule_plan import ENVIRONMENT
from digest.run.schedule_times import is_skipped, wakings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from digest.run.schedule_plan import SchedulePlan, Task

MADE_BY = "# Written by 'digest schedule'; 'digest schedule remove' takes it away again."


def units(plan: SchedulePlan, today: date) -> dict[str, str]:
    """Each unit's text by its file name."""
    texts = {}
    for task in plan.tasks:
        skipped = is_skipped(task.at, plan.zone, today)
        days = f"{','.join(day.capitalize() for day in plan.days)} " if plan.days else ""
        when = [f"{days}*-*-* {task.at:%H:%M}:00 {plan.timezone}"]
        if skipped:
            times = wakings(task.at, plan.zone, UTC, today)
            when = [f"*-*-* {one:%H:%M}:00 UTC" for one in times]
        texts[f"{task.name}.service"] = _service(plan, task, asked=skipped)
        texts[f"{task.name}.timer"] = _timer(task, when)
    return texts


def _service(plan: SchedulePlan, task: Task, *, asked: bool) -> str:
    home = _plain(str(plan.config.parent))
    due = [f"ExecCondition={_line(plan.due(task))}"] if asked else []
    return "\n".join(
        [
            MADE_BY,
            "[Unit]",
            f"Description=digest: {task.what}",
            "",
            "[Service]",
            "Type=oneshot",
            f"WorkingDirectory={home}",
            f"EnvironmentFile=-{home}/{ENVIRONMENT}",
            *due,
            f"ExecStart={_line(task.command)}",
            "# a quiet day is no failure",
            "SuccessExitStatus=3",
            "",
        ]
    )


def _timer(task: Task, when: Sequence[str]) -> str:
    return "\n".join(
        [
            MADE_BY,
            "[Unit]",
            f"Description=digest: {task.what}",
            "",
            "[Timer]",
            *(f"OnCalendar={one}" for one in when),
            "AccuracySec=10s",
            "# a machine that was off makes up for it",
            "Persistent=true",
            "",
            "[Install]",
            "WantedBy=timers.target",
            "",
        ]
    )


def _plain(path: str) -> str:
    """A path that stands for itself on its line."""
    return path.replace("%", "%%")


def _line(command: Sequence[str]) -> str:
    return " ".join(map(_quoted, command))


def _quoted(word: str) -> str:
    """A word of a command line, whatever is in it."""
    inside = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inside.replace("%", "%%").replace("$", "$$")}"'
