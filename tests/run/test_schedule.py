"""`digest schedule`: the right moment in the newsletter's zone over changes of clocks, by systemd
and by cron, and nothing of anybody else's touched.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time as clock
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.run.cron_lines import block
from digest.run.schedule_plan import SchedulePlan
from digest.run.schedule_times import days_named, due, instant, is_skipped, next_time, wakings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.press import Digest

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
ANALYZE = shutil.which("systemd-analyze") or ""
UNSHARE = shutil.which("unshare") or ""
OTHERS = "SHELL=/bin/bash\n# mine\n*/5 * * * * true 100\\%\n"


# ---------------------------------------------------------------- moments


@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [
        ("2026-03-28", "06:30", "05:30"),
        ("2026-03-29", "06:30", "04:30"),
        ("2026-03-29", "02:30", "01:30"),
        ("2026-10-24", "06:30", "04:30"),
        ("2026-10-25", "06:30", "05:30"),
        ("2026-10-25", "02:30", "00:30"),
    ],
    ids=["winter", "summer", "skipped", "still summer", "winter again", "twice"],
)
def test_a_time_is_one_moment_of_each_day(day: str, at: str, utc: str) -> None:
    """A time that is skipped comes after the change, one that comes twice the first time."""
    found = instant(date.fromisoformat(day), time.fromisoformat(at), BERLIN)
    assert f"{found:%Y-%m-%d %H:%M}" == f"{day} {utc}"


@given(
    st.sampled_from(ZONES),
    st.sampled_from(ZONES),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.integers(0, 729),
)
def test_of_the_times_at_which_cron_wakes_one_a_day_is_due(
    newsletter: str, machine: str, at: time, ahead: int
) -> None:
    """Whatever the two zones are, and however their clocks change: over each stretch of days as
    many are let through as there are days.
    """
    zone, here = ZoneInfo(newsletter), ZoneInfo(machine)
    first = date(2026, 1, 1)
    times = wakings(at, zone, here, first)
    days = [first + timedelta(days=ahead + i) for i in range(4)]
    moments = {
        datetime.combine(day, one, here).astimezone(UTC)
        for day in (days[0] - timedelta(days=1), *days, days[-1] + timedelta(days=1))
        for one in times
    }
    right = {instant(day, at, zone) for day in days}
    span = (min(right), max(right) + timedelta(minutes=30))
    passed = [one for one in sorted(moments) if span[0] <= one < span[1] and due(one, at, zone)]
    assert right <= moments
    assert len(passed) == len(days)


def test_only_the_days_that_are_named_are_due() -> None:
    """A Monday in Berlin, 00:10, is a Sunday in UTC."""
    now, at = datetime(2026, 2, 1, 23, 10, tzinfo=UTC), time(0, 10)
    assert due(now, at, BERLIN, ("mon",))
    assert not due(now, at, BERLIN, ("sun",))
    assert f"{next_time(now, at, BERLIN, ('mon', 'thu')):%a %d %H:%M}" == "Thu 05 00:10"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", ("mon", "tue", "wed", "thu", "fri")),
        ("Sat-Mon", ("mon", "sat", "sun")),
        ("thursday, mon", ("mon", "thu")),
        ("mon-sun", ()),
        ("", ()),
    ],
)
def test_days_are_named_as_people_name_them(text: str, days: tuple[str, ...]) -> None:
    """All seven are every day."""
    assert days_named(text) == days


# ---------------------------------------------------------------- what is written


@pytest.fixture
def house(digest: Digest) -> Digest:
    """A newsletter in Berlin with a deadline, in a folder with a difficult name."""
    home = digest.home / "my led%ger $HOME"
    home.mkdir()
    (home / "feeds.yaml").write_text(
        "newsletter: {timezone: Europe/Berlin}\nfeeds: [{url: 'http://127.0.0.1:9/feed'}]\n"
        'notify: {deadline: "07:00"}\n'
    )
    return type(digest)(home)


def stand_in(folder: Path, name: str, does: str) -> Path:
    """A program of this name, first on the PATH."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{does}\n")
    (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def cron(house: Digest) -> dict[str, str]:
    """A machine with a crontab of the user's and no systemd, as environment; the crontab is
    `crontab.txt`.
    """
    file = house.home.parent / "crontab.txt"
    programs = stand_in(
        house.home.parent / "bin",
        "crontab",
        f'case "$1" in\n-l) cat "{file}" 2>/dev/null || {{ echo "no crontab for me" >&2; exit 1; }};;\n'
        f'-r) rm "{file}";;\n-) cat >"{file}";;\nesac',
    )
    stand_in(programs, "systemctl", "exit 1")
    config = str(house.home.parent / "config")
    return {"PATH": f"{programs}:{os.environ['PATH']}", "XDG_CONFIG_HOME": config}


def test_a_crontab_keeps_every_line_of_others(house: Digest, cron: dict[str, str]) -> None:
    """Installed twice it stands once; another time replaces it; removed it has never been."""
    crontab = house.home.parent / "crontab.txt"
    crontab.write_text(OTHERS)
    assert house("schedule", "install", **cron).returncode == 0
    once = crontab.read_text()
    assert once.endswith(OTHERS)
    assert house("schedule", "install", **cron).returncode == 0
    assert crontab.read_text() == once
    house("schedule", "install", "--edition", "weekly", "--at", "05:00", **cron)
    house("schedule", "install", "--at", "05:45", **cron)
    assert crontab.read_text().count(": begin;") == 2
    assert "45 3,4 * * *" in crontab.read_text()
    assert "30 4,5 * * *" not in crontab.read_text()
    assert house("schedule", "show", **cron).stdout.count("digest run") == 2
    house("schedule", "remove", "--edition", "weekly", **cron)
    assert crontab.read_text().count(": begin;") == 1
    assert house("schedule", "remove", **cron).returncode == 0
    assert crontab.read_text() == OTHERS
    assert house("schedule", "remove", **cron).stdout == "nothing was on schedule\n"


def test_a_crontab_that_was_none_is_none_again(house: Digest, cron: dict[str, str]) -> None:
    """Nothing is left behind."""
    house("schedule", "install", **cron)
    assert (house.home.parent / "crontab.txt").exists()
    house("schedule", "remove", **cron)
    assert not (house.home.parent / "crontab.txt").exists()


def test_a_crontab_that_cannot_be_read_is_not_written_over(
    house: Digest, cron: dict[str, str]
) -> None:
    """One line says so."""
    written = house.home.parent / "written"
    stand_in(
        house.home.parent / "bin",
        "crontab",
        f'[ "$1" = -l ] && {{ echo "not allowed" >&2; exit 1; }}; touch "{written}"',
    )
    done = house("schedule", "install", "--with", "cron", **cron)
    assert done.returncode == 1
    assert "not allowed" in done.stderr
    assert not written.exists()


def test_what_is_printed_is_not_written(house: Digest, cron: dict[str, str]) -> None:
    """And is what would be."""
    printed = json.loads(house("schedule", "install", "--print", "--json", **cron).stdout)
    assert not (house.home.parent / "crontab.txt").exists()
    house("schedule", "install", **cron)
    assert printed["files"]["crontab"] == (house.home.parent / "crontab.txt").read_text()
    house("schedule", "install", "--print", "--with", "systemd", **cron)
    assert not (house.home.parent / "config").exists()


def test_systemd_is_told_of_units_that_come_and_go(house: Digest, cron: dict[str, str]) -> None:
    """They are enabled, and gone altogether when they are removed; what cron had before is taken
    away, or the day would have two runs.
    """
    house("schedule", "install", **cron)
    calls = house.home.parent / "calls"
    stand_in(house.home.parent / "bin", "systemctl", f'echo "$@" >>"{calls}"')
    done = house("schedule", "install", **cron)
    assert done.returncode == 0, done.stderr
    assert not (house.home.parent / "crontab.txt").exists()
    units = house.home.parent / "config/systemd/user"
    names = sorted(path.name for path in units.iterdir())
    assert [name.rpartition("-daily")[2] for name in names] == [
        "-watch.service", "-watch.timer", ".service", ".timer",
    ]  # fmt: skip
    assert calls.read_text().count("--user enable --now") == 2
    assert "OnCalendar=*-*-* 06:30:00 Europe/Berlin" in house("schedule", "show", **cron).stdout
    house("schedule", "remove", **cron)
    assert list(units.iterdir()) == []
    assert calls.read_text().count("--user disable --now") == 2


def test_the_doctor_says_when_the_schedule_is_another_zones(
    house: Digest, cron: dict[str, str]
) -> None:
    """What was installed before feeds.yaml moved is named."""

    def said() -> str:
        lines = house("doctor", **cron).stdout.splitlines()
        return next(line for line in lines if " schedule: " in line)

    assert said().startswith("off ")
    house("schedule", "install", **cron)
    assert said() == "ok     schedule: by cron"
    settings = house.home / "feeds.yaml"
    settings.write_text(settings.read_text().replace("Europe/Berlin", "Asia/Tokyo"))
    assert "stale  schedule: it was made for another time zone than Asia/Tokyo" in said()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--at", "25:00"), "no time of the day"),
        (("--days", "mon-foo"), "no day of the week"),
        (("--with", "at"), "neither systemd nor cron"),
        (("--at", "07:30"), "not before it"),
        (("--edition", "nope"), "nope"),
    ],
)
def test_what_makes_no_schedule_is_refused(
    house: Digest, cron: dict[str, str], arguments: Sequence[str], says: str
) -> None:
    """In one line, and nothing is written."""
    done = house("schedule", "install", *arguments, **cron)
    assert done.returncode == 2
    assert says in done.stderr
    assert not (house.home.parent / "crontab.txt").exists()


# ---------------------------------------------------------------- held against the real ones


def verified(house: Digest, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What `systemd-analyze verify` says of the units."""
    printed = house("schedule", "install", "--print", "--with", "systemd", "--json", *arguments)
    folder.mkdir()
    for place, text in json.loads(printed.stdout)["files"].items():
        (folder / Path(place).name).write_text(text)
    return subprocess.run(
        [ANALYZE, "verify", "--user", *map(str, folder.iterdir())],
        env={**os.environ, "XDG_RUNTIME_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(not ANALYZE, reason="there is no systemd-analyze")
def test_systemd_has_nothing_against_the_units(house: Digest, tmp_path: Path) -> None:
    """Nor against those of a time that a change of clocks skips."""
    for name, at in (("plain", "06:30"), ("skipped", "02:30")):
        done = verified(house, tmp_path / name, "--at", at, "--days", "mon-fri")
        assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.skipif(not ANALYZE, reason="there is no systemd-analyze")
def test_a_timer_elapses_at_that_time_over_a_change_of_clocks(house: Digest) -> None:
    """By systemd's own reckoning; a time that is skipped wakes by UTC, for systemd would leave the
    day out.
    """

    def elapses(expression: str, base: str, count: int) -> list[str]:
        done = subprocess.run(
            [ANALYZE, "calendar", f"--base-time={base} 12:00 UTC",
             f"--iterations={count}", expression],
            capture_output=True, text=True, check=True, env={**os.environ, "TZ": "UTC"},
        )  # fmt: skip
        words = [line.rpartition(": ")[2].split() for line in done.stdout.splitlines()]
        return [" ".join(one[1:3]) for one in words if one[-1:] == ["UTC"]]

    assert elapses("*-*-* 06:30:00 Europe/Berlin", "2026-03-27", 2) == [
        "2026-03-28 05:30:00", "2026-03-29 04:30:00",
    ]  # fmt: skip
    assert elapses("*-*-* 02:30:00 Europe/Berlin", "2026-03-27", 2) == [
        "2026-03-28 01:30:00", "2026-03-30 00:30:00",
    ]  # fmt: skip
    assert is_skipped(time(2, 30), BERLIN, date(2026, 1, 1))
    printed = house("schedule", "install", "--print", "--with", "systemd", "--at", "02:30").stdout
    assert "OnCalendar=*-*-* 00:30:00 UTC\n  OnCalendar=*-*-* 01:30:00 UTC" in printed
    assert "ExecCondition=" in printed


FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
NAMESPACE = """
mount -t tmpfs none /var/spool/cron/crontabs && mount -t tmpfs none /run &&
crontab "$1" && LD_PRELOAD="$2" FAKETIME="$3" exec timeout 9 cron -f
"""


def may_unshare() -> bool:
    """Whether a file system of a test's own can be made, so that nobody's crontab is touched."""
    return bool(UNSHARE) and not subprocess.run([UNSHARE, "-m", "true"], check=False).returncode


@pytest.mark.slow
@pytest.mark.skipif(
    not (shutil.which("cron") and FAKETIME and os.getuid() == 0 and may_unshare()),
    reason="it takes root, Debian's cron and libfaketime",
)
def test_debians_cron_runs_the_line_at_that_time_over_a_change_of_clocks(tmp_path: Path) -> None:
    """A cron for each of four mornings, whose clocks show three seconds before it wakes: on the day
    before the change the later waking is the right one, on the day after the earlier.
    """
    mornings = ("2026-03-28 04:30", "2026-03-28 05:30", "2026-03-29 04:30", "2026-03-29 05:30")
    running, homes = [], []
    for i, morning in enumerate(mornings):
        home = tmp_path / f"home {i}%"
        home.mkdir()
        homes.append(home)
        config = home / "feeds.yaml"
        config.write_text(
            "newsletter: {timezone: Europe/Berlin}\nfeeds: [{url: 'http://127.0.0.1:9/feed'}]\n"
        )
        program = (sys.executable, "-m", "digest")
        plan = SchedulePlan(program, config, "daily", time(6, 30), (), "Europe/Berlin", False, None)
        wakes = datetime.fromisoformat(f"{morning}+00:00") - timedelta(seconds=3)
        offset = str(int(wakes.timestamp() - clock.time()))
        lines = block(plan, ZoneInfo("UTC"), date(2026, 1, 1))
        crontab = tmp_path / f"crontab{i}"
        given = {"LD_PRELOAD": FAKETIME, "FAKETIME": offset, "PYTHONPATH": Path.cwd()}
        crontab.write_text("".join(f"{name}={value}\n" for name, value in given.items()) + lines)
        command = [UNSHARE, "-m", "sh", "-c", NAMESPACE, "sh", str(crontab), str(FAKETIME), offset]
        running.append(subprocess.Popen(command, env={**os.environ, "TZ": "UTC"}))
    for process in running:
        process.wait()
    ran = [(home / "digest.log").is_file() for home in homes]
    assert ran == [False, True, True, False]
    assert "digest: " in (homes[1] / "digest.log").read_text()
