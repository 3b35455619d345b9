"""The lock: one run at a time, and none left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from digest.errors import Locked
from digest.run.lock import locked

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys, time
from pathlib import Path
from digest.run.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    """Another process has it: exit code 4 and its number; killed without mercy, it leaves no
    lock.
    """
    state = tmp_path / "state.sqlite3"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(state)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Locked, match=f"process {other.pid}") as error, locked(state):
            pytest.fail("both hold the lock")
        assert error.value.exit_code == 4
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
    with locked(state):
        assert state.with_name("state.sqlite3.lock").exists()
