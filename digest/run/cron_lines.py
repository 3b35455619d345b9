"""A schedule as lines of a crontab. Pure: text in, text out; other lines stay as they are.

Debian's cron knows no zone but the machine's. So a line wakes at every time of the day at which the
newsletter's clock may show the time that is meant, and `digest schedule due` lets one of them
through.
"""

from __future__ import annotations

import re
from itertools import groupby
from shlex import join, quote
from typing import TYPE_CHECKING

from digest.errors import UsageError
from digest.run.schedule_plan import ENVIRONMENT, LOG
from digest.run.schedule_times import wakings

if TYPE_CHECKING:
    from datetime import date, time, tzinfo

    from digest.run.schedule_plan import SchedulePlan, Task

LONGEST = 998  # characters of a command that Debian's cron takes
_BEGIN = "# {name}: begin; written by 'digest schedule', which takes it away again"
_END = "# {name}: end"


def block(plan: SchedulePlan, here: tzinfo, today: date) -> str:
    """The lines of a plan, between two that say whose they are; `here` is the zone of the machine's
    clock. Raises UsageError where cron would not take them.
    """
    lines = [
        line
        for task in plan.tasks
        for line in _lines(plan, task, wakings(task.at, plan.zone, here, today))
    ]
    about = f"# {plan.timezone}, days: {','.join(plan.days) or 'all'}"
    between = [_BEGIN.format(name=plan.name), about, *lines, _END.format(name=plan.name)]
    return "".join(f"{line}\n" for line in between)


def _lines(plan: SchedulePlan, task: Task, times: tuple[time, ...]) -> list[str]:
    """A line for each minute of the hour at which there is something to wake for."""
    by_minute = sorted(times, key=lambda one: (one.minute, one.hour))
    command = _command(plan, task)
    return [
        f"{minute} {','.join(str(one.hour) for one in same)} * * * {command}"
        for minute, same in groupby(by_minute, key=lambda one: one.minute)
    ]


def _command(plan: SchedulePlan, task: Task) -> str:
    settings = f"set -a; [ ! -f {ENVIRONMENT} ] || . ./{ENVIRONMENT}; set +a"
    run = f"{settings}; {join(task.command)} >>{LOG} 2>&1"
    home = quote(str(plan.config.parent))
    command = f"cd {home} && if {join(plan.due(task))} >/dev/null; then {run}; fi"
    if any(not c.isprintable() for c in command):
        raise UsageError(f"{plan.config}: cron takes no path with a line break in it")
    escaped = command.replace("%", "\\%")  # which cron would take for the end of the line
    if len(escaped) > LONGEST:
        raise UsageError(f"{plan.config}: the path is too long for a line of cron; --with systemd")
    return escaped


def blocks(crontab: str, beginning: str) -> dict[str, str]:
    """The plans that stand in a crontab, by name, with their lines; of names that begin so."""
    return {
        found["name"]: found[0]
        for found in _BLOCK.finditer(crontab)
        if found["name"].startswith(beginning)
    }


_BLOCK = re.compile(r"^# (?P<name>digest-\S+): begin;.*\n(?:.*\n)*?# (?P=name): end(?:\n|\Z)", re.M)


def without(crontab: str, names: frozenset[str]) -> str:
    """The crontab without these plans, and else byte for byte as it was."""
    return _BLOCK.sub(lambda found: "" if found["name"] in names else found[0], crontab)


def with_block(crontab: str, name: str, lines: str) -> str:
    """The crontab with this plan in place of what it had of that name. It stands first, where no
    CRON_TZ, SHELL or HOME of other lines reaches it.
    """
    return lines + without(crontab, frozenset({name}))
