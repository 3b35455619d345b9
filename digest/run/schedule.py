"""`digest schedule`: a plan laid down as systemd's units or cron's lines, shown, and taken away.
Nothing of anybody else's is touched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from digest.config.atomic_files import write_if_changed
from digest.errors import DigestError, UsageError
from digest.run.cron_lines import block, blocks, with_block, without
from digest.run.schedule_plan import name_of
from digest.run.systemd_units import MADE_BY, units

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from digest.run.schedule_plan import SchedulePlan

Means = Literal["systemd", "cron"]
MEANS: tuple[Means, ...] = ("systemd", "cron")
_SECONDS = 30.0
_LOCALTIME = Path("/etc/localtime")


@dataclass(frozen=True, slots=True)
class Laid:
    """What a schedule consists of, or is to consist of: texts by where they stand."""

    means: Means
    texts: dict[str, str]

    def lines(self) -> list[str]:
        """For a person: each place, and below it what stands there."""
        shown = []
        for place, text in self.texts.items():
            shown += [f"{place}:", *(f"  {line}" for line in text.splitlines())]
        return shown


def means_here() -> Means:
    """What this machine has: systemd with a manager of the user's own, else cron. Raises
    UsageError.
    """
    if shutil.which("systemctl") and not _ran(["systemctl", "--user", "show-environment"]).code:
        return "systemd"
    if shutil.which("crontab"):
        return "cron"
    raise UsageError(
        "this machine has neither a systemd of the user's own nor cron; 'digest schedule install"
        " --print --with systemd' (or cron) shows what to put where"
    )


def laid(plan: SchedulePlan, means: Means) -> Laid:
    """What would be written."""
    today = datetime.now(UTC).date()
    if means == "cron":
        return Laid(means, {"crontab": block(plan, _machine_zone(), today)})
    folder = _unit_folder()
    return Laid(means, {str(folder / name): text for name, text in units(plan, today).items()})


def install(plan: SchedulePlan, means: Means) -> Laid:
    """Write a plan, in place of what there was of it by whatever means. Raises DigestError."""
    new = laid(plan, means)
    other: Means = "cron" if means == "systemd" else "systemd"
    _remove(other, [name for name in _names(other, plan.config) if _is_of(name, plan.name)])
    if means == "cron":
        before = _crontab()
        _write_crontab(before, with_block(before, plan.name, new.texts["crontab"]))
        return new
    gone = [one for one in _names("systemd", plan.config) if _is_of(one, plan.name)]
    kept = {Path(place).stem for place in new.texts}
    _remove("systemd", [name for name in gone if name not in kept])  # a deadline that was given up
    for place, text in new.texts.items():
        write_if_changed(Path(place), text)
    _systemctl("daemon-reload")
    for name in sorted(kept):
        _systemctl("enable", "--now", f"{name}.timer")
    return new


def installed(config: Path) -> list[Laid]:
    """What there is of a newsletter's schedules."""
    found = []
    folder = _unit_folder()
    names = _names("systemd", config)
    if names:
        files = [folder / f"{name}.{kind}" for name in names for kind in ("service", "timer")]
        there = [path for path in files if path.is_file()]
        found.append(Laid("systemd", {str(path): path.read_text("utf-8") for path in there}))
    lines = blocks(_crontab(), name_of(config)) if shutil.which("crontab") else {}
    if lines:
        found.append(Laid("cron", {"crontab": "".join(lines.values())}))
    return found


def remove(config: Path, edition: str | None) -> list[str]:
    """Take a newsletter's schedules away, or an edition's; returns the names of what is gone."""
    gone = []
    for means in MEANS:
        names = _names(means, config)
        if edition:
            names = [name for name in names if _is_of(name, f"{name_of(config)}{edition}")]
        _remove(means, names)
        gone += names
    return gone


def _is_of(name: str, plan: str) -> bool:
    return name in {plan, f"{plan}-watch"}


def _names(means: Means, config: Path) -> list[str]:
    """The tasks (systemd) or plans (cron) of a newsletter that are there."""
    if means == "cron":
        return sorted(blocks(_crontab(), name_of(config))) if shutil.which("crontab") else []
    files = _unit_folder().glob(f"{name_of(config)}*.timer")
    ours = [path for path in files if path.read_text("utf-8", "replace").startswith(MADE_BY)]
    return sorted(path.stem for path in ours)


def _remove(means: Means, names: Sequence[str]) -> None:
    if not names:
        return
    if means == "cron":
        before = _crontab()
        _write_crontab(before, without(before, frozenset(names)))
        return
    for name in names:
        _ran(["systemctl", "--user", "disable", "--now", f"{name}.timer"])
        for kind in ("timer", "service"):
            (_unit_folder() / f"{name}.{kind}").unlink(missing_ok=True)
    _ran(["systemctl", "--user", "daemon-reload"])


# ---------------------------------------------------------------- what the machine has


@dataclass(frozen=True, slots=True)
class _Ran:
    code: int
    out: str
    err: str


def _ran(command: Sequence[str], text: str | None = None) -> _Ran:
    try:
        done = subprocess.run(  # noqa: S603  our own words
            command,
            input=text.encode("utf-8", "surrogateescape") if text is not None else None,
            stdin=subprocess.DEVNULL if text is None else None,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return _Ran(1, "", str(error))
    out = done.stdout.decode("utf-8", "surrogateescape")
    return _Ran(done.returncode, out, " ".join(done.stderr.decode("utf-8", "replace").split()))


def _systemctl(*words: str) -> None:
    done = _ran(["systemctl", "--user", *words])
    if done.code:
        raise DigestError(f"systemctl --user {' '.join(words)}: {done.err or done.code}")


def _unit_folder() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "systemd" / "user"


def _crontab() -> str:
    """The user's crontab; "" when there is none. Raises DigestError when it cannot be read: what is
    not known must not be written over.
    """
    done = _ran(["crontab", "-l"])
    if done.code and "no crontab for" not in done.err:
        raise DigestError(f"crontab -l: {done.err or done.code}; nothing was changed")
    return done.out


def _write_crontab(before: str, text: str) -> None:
    if text == before:
        return
    done = _ran(["crontab", "-"], text) if text else _ran(["crontab", "-r"])
    if done.code:
        raise DigestError(f"crontab: {done.err or done.code}; the crontab is as it was")


def _machine_zone() -> tzinfo:
    """The zone that cron's clock runs in, whatever TZ says here."""
    try:
        with _LOCALTIME.open("rb") as file:
            return ZoneInfo.from_file(file)
    except (OSError, ValueError):
        return UTC
