"""What processes use, read from Linux's /proc: the processor time and the memory of a process and
all that it has started.
"""

from __future__ import annotations

import os
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def _stat(process: int) -> list[str]:
    text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    return text.rpartition(")")[2].split()


def family(process: int) -> list[int]:
    """The process and its living descendants."""
    parents = dict[int, int]()
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parents[int(entry.name)] = int(_stat(int(entry.name))[1])
            except (OSError, IndexError):
                continue  # it has ended just now
    found = [process]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def cpu_seconds(process: int) -> float:
    """The processor seconds of a process, its living descendants, and those it has waited for."""
    ticks = 0
    for one in family(process):
        try:
            ticks += sum(map(int, _stat(one)[11:15]))
        except OSError:
            continue
    return ticks / _TICK


def pss_mb(process: int) -> float:
    """The memory of a process and its descendants, what they share counted once (PSS), in MB."""
    kilobytes = 0
    for one in family(process):
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="utf-8")
        except OSError:
            continue
        kilobytes += next(
            (int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0
        )
    return kilobytes * 1024 / 1e6
