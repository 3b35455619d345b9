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


def publishing(newsroom: Digest, program: str, more: str = "") -> Path:
    """A newsroom with a draft, whose `publish` runs this program; returns where it may write."""
    home = newsroom.home
    (home / "publish.py").write_text(program)
    settings = home / "feeds.yaml"
    command = f"publish: {{command: ['{sys.executable}', publish.py, 'two words; $HOME']{more}}}\n"
    settings.write_text(settings.read_text() + command)
    assert newsroom("run", "--date", DAY).returncode == 0
    return home / "calls"


COPY = """
import os, pathlib, sys
site = pathlib.Path(os.environ["DIGEST_SITE"])
with open("calls", "a") as calls:
    print(sys.argv[1:], (site / "index.html").is_file(), file=calls)
"""
CALL = "['two words; $HOME'] True"


def test_the_command_runs_when_the_archive_has_changed(newsroom: Digest) -> None:
    """Its words reach it as they stand, without a shell, in the folder of feeds.yaml; an archive
    that is as it was is not carried again.
    """
    calls = publishing(newsroom, COPY)
    assert not calls.exists()
    assert newsroom("approve", ISSUE).returncode == 0
    assert calls.read_text().splitlines() == [CALL]
    assert newsroom("site", "rebuild").returncode == 0
    assert calls.read_text().splitlines() == [CALL]
    (newsroom.home / "output/site/index.html").write_text("spoilt")
    assert newsroom("site", "rebuild").returncode == 0
    assert calls.read_text().splitlines() == [CALL, CALL]


def test_a_command_that_fails_is_one_line_and_tried_again(newsroom: Digest) -> None:
    """What was approved stays so; the next time it works, and then there is nothing to do."""
    fails = 'import sys; print("one\\nno route to host"); sys.exit(23)'
    calls = publishing(newsroom, fails)
    done = newsroom("approve", ISSUE)
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("digest: ")]
    assert "exit code 23: no route to host" in line
    assert "approved" in newsroom("issues").stdout
    (newsroom.home / "publish.py").write_text(COPY)
    assert newsroom("site", "rebuild").returncode == 0
    assert calls.read_text().splitlines() == [CALL]


def test_a_command_that_hangs_is_ended_with_what_it_started(newsroom: Digest) -> None:
    """After `timeout` seconds."""
    hangs = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()'], stdin=-1)"
    publishing(newsroom, f"{hangs}; import time; time.sleep(60)", ", timeout: 0.5")
    began = time.monotonic()
    done = newsroom("approve", ISSUE)
    assert done.returncode == 1
    assert "took over 0.5 s" in done.stderr
    assert time.monotonic() - began < 20


def test_a_command_that_is_not_there_is_named(newsroom: Digest) -> None:
    """In one line."""
    settings = newsroom.home / "feeds.yaml"
    settings.write_text(settings.read_text() + "publish: no-such-program output/site\n")
    newsroom("run", "--date", DAY)
    done = newsroom("approve", ISSUE)
    assert done.returncode == 1
    assert "publish: no-such-program: No such file or directory" in done.stderr
