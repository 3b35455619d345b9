"""`publish` in feeds.yaml: a command that is run with the finished archive, when it has changed."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from tests.press import DAY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.press import Digest

ISSUE = f"{DAY}-daily"


def publishing(drafted: Digest, program: str, more: str = "") -> Path:
    """A home with a draft, whose `publish` runs this program; returns where it may write."""
    home = drafted.home
    (home / "publish.py").write_text(program)
    settings = home / "feeds.yaml"
    command = f"publish: {{command: ['{sys.executable}', publish.py, 'two words; $HOME']{more}}}\n"
    settings.write_text(settings.read_text() + command)
    return home / "calls"


COPY = """
import os, pathlib, sys
site = pathlib.Path(os.environ["DIGEST_SITE"])
with open("calls", "a") as calls:
    print(sys.argv[1:], (site / "index.html").is_file(), file=calls)
"""
CALL = "['two words; $HOME'] True"


def test_the_command_runs_when_the_archive_has_changed(drafted: Digest) -> None:
    """Its words reach it as they stand, without a shell, in the folder of feeds.yaml; an archive
    that is as it was is not carried again.
    """
    calls = publishing(drafted, COPY)
    assert not calls.exists()
    assert drafted("approve", ISSUE).returncode == 0
    assert calls.read_text().splitlines() == [CALL]
    assert drafted("site", "rebuild").returncode == 0
    assert calls.read_text().splitlines() == [CALL]
    (drafted.home / "output/site/index.html").write_text("spoilt")
    assert drafted("site", "rebuild").returncode == 0
    assert calls.read_text().splitlines() == [CALL, CALL]


def test_a_command_that_fails_is_one_line_and_tried_again(drafted: Digest) -> None:
    """What was approved stays so; the next time it works, and then there is nothing to do."""
    fails = 'import sys; print("one\\nno route to host"); sys.exit(23)'
    calls = publishing(drafted, fails)
    done = drafted("approve", ISSUE)
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("digest: ")]
    assert "exit code 23: no route to host" in line
    assert "approved" in drafted("issues").stdout
    (drafted.home / "publish.py").write_text(COPY)
    assert drafted("site", "rebuild").returncode == 0
    assert calls.read_text().splitlines() == [CALL]


def test_a_command_that_hangs_is_ended_with_what_it_started(drafted: Digest) -> None:
    """After `timeout` seconds."""
    hangs = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()'], stdin=-1)"
    publishing(drafted, f"{hangs}; import time; time.sleep(60)", ", timeout: 0.5")
    began = time.monotonic()
    done = drafted("approve", ISSUE)
    assert done.returncode == 1
    assert "took over 0.5 s" in done.stderr
    assert time.monotonic() - began < 20


def test_a_command_that_is_not_there_is_named(drafted: Digest) -> None:
    """In one line."""
    settings = drafted.home / "feeds.yaml"
    settings.write_text(settings.read_text() + "publish: no-such-program output/site\n")
    done = drafted("approve", ISSUE)
    assert done.returncode == 1
    assert "publish: no-such-program: No such file or directory" in done.stderr
