"""Whatever ends a run, the next one completes, fetches nothing again that was stored, and gives
what an undisturbed run gives.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from bench.crash import (
    ISSUE,
    RUN,
    orphans,
    read_pages,
    result,
    started,
    stored,
    try_kill,
    undisturbed_run,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.press import Digest, Press
    from tests.servers import Route, ScriptedServer

QUICK = 30.0  # seconds in which an interrupted run is to have ended; an answer takes far longer


@pytest.fixture(scope="module")
def whole(press: Press, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], float]:
    """What an undisturbed run gives, and how long it takes."""
    return undisturbed_run(press, tmp_path_factory.mktemp("undisturbed") / "home")


def one_line(text: str) -> bool:
    """Is what follows the names of the stages one line, and no traceback?"""
    said = [
        line
        for line in text.splitlines()
        if not re.match(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d (?:fetch|extract|summarise): ", line)
    ]
    return len(said) == 1 and said[0].startswith("digest: ")


# ---------------------------------------------------------------- ended from outside


SLOW_SHARES = [pytest.param(i / 20, marks=pytest.mark.slow) for i in range(20)]


@pytest.mark.parametrize("share", [0.4, 0.7, 0.9, *SLOW_SHARES])
def test_a_killed_run_is_completed_by_the_next(
    newsroom: Digest, press: Press, whole: tuple[dict[str, Any], float], share: float
) -> None:
    """At any moment; `make slow` tries twenty, bench/crash.py any number. The killed run's worker processes end with
    it.
    """
    undisturbed, took = whole
    trial = try_kill(press, newsroom.home, share * took, undisturbed)
    assert (trial.exit_code, trial.equal, trial.asked_twice, trial.orphans) == (0, True, 0, 0)


@pytest.fixture
def stuck(press: Press) -> Iterator[ScriptedServer]:
    """The first publisher, of whose pages only the first answers."""
    server = press.servers[0]
    usual: Mapping[str, Route] = dict(server.routes)
    pages = [path for path in server.routes if path != "/feed"]
    server.routes.update(dict.fromkeys(pages[1:], server.hang))
    yield server
    server.routes.clear()
    server.routes.update(usual)


def _ctrl_c(run: subprocess.Popen[str]) -> None:
    os.killpg(run.pid, signal.SIGINT)  # a terminal tells every process of the command


@pytest.mark.parametrize("stop", [_ctrl_c, subprocess.Popen.terminate], ids=["SIGINT", "SIGTERM"])
def test_an_interrupted_run_ends_at_once_and_keeps_what_it_has(
    newsroom: Digest, stuck: ScriptedServer, stop: Callable[[subprocess.Popen[str]], None]
) -> None:
    """One line, exit code 130, no process left, although a server is still being waited for."""
    mark, settings = uuid4().hex, newsroom.home / "feeds.yaml"
    patient = "limits: {timeout: 100, deadline: 200, "
    settings.write_text(settings.read_text().replace("limits: {", patient))
    with started(newsroom.home, mark) as run:
        until = time.monotonic() + 120
        while len(read_pages(newsroom.home)) < 3 and time.monotonic() < until:
            time.sleep(0.1)
        began = time.monotonic()
        stop(run)
        _, said = run.communicate(timeout=120)
    assert time.monotonic() - began < QUICK
    assert run.returncode == 130
    assert one_line(said), said
    assert "interrupted; what was stored is kept" in said
    assert orphans(mark) == []
    assert len(read_pages(newsroom.home)) >= 3


def test_of_two_runs_at_once_one_does_the_work(
    newsroom: Digest, whole: tuple[dict[str, Any], float]
) -> None:
    """The other says so with exit code 4 and touches nothing."""
    runs = [started(newsroom.home, "two") for _ in range(2)]
    said = [run.communicate(timeout=120)[1] for run in runs]
    assert sorted(run.returncode for run in runs) == [0, 4]
    loser = next(text for run, text in zip(runs, said, strict=True) if run.returncode == 4)
    assert one_line(loser)
    assert result(newsroom.home) == whole[0]


# ---------------------------------------------------------------- disks and folders


@pytest.mark.parametrize("kilobytes", [2, 100])
def test_a_full_disk_costs_nothing_that_was_stored(
    newsroom: Digest, press: Press, whole: tuple[dict[str, Any], float], kilobytes: int
) -> None:
    """A file that may not grow stops the run with one line that names it; with room again, the next
    run completes.
    """
    limit = kilobytes * 1024

    def narrow() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    with started(newsroom.home, "full", preexec_fn=narrow) as run:
        _, said = run.communicate(timeout=120)
    assert run.returncode == 1
    assert one_line(said), said
    assert "digest.sqlite3: the state cannot be read or written" in said
    _completes(newsroom, press, whole[0])


def _completes(newsroom: Digest, press: Press, undisturbed: dict[str, Any]) -> None:
    """The next run gives the whole result and asks for no page that was stored."""
    known = read_pages(newsroom.home) if (newsroom.home / "digest.sqlite3").exists() else set()
    before = [len(server.seen) for server in press.servers]
    done = newsroom(*RUN)
    assert done.returncode == 0, done.stderr
    asked = {
        seen.path
        for server, count in zip(press.servers, before, strict=True)
        for seen in server.seen[count:]
    }
    assert not asked & known
    assert result(newsroom.home) == undisturbed


def test_a_file_where_the_output_folder_should_be_stops_the_run_before_it_begins(
    newsroom: Digest, press: Press, whole: tuple[dict[str, Any], float]
) -> None:
    """Nothing is asked for in vain; when it is gone the next run completes."""
    (newsroom.home / "output").write_text("in the way")
    done = newsroom(*RUN)
    assert done.returncode == 2
    assert one_line(done.stderr), done.stderr
    assert "'output' in feeds.yaml" in done.stderr
    assert (newsroom.home / "output").read_text() == "in the way"
    (newsroom.home / "output").unlink()
    _completes(newsroom, press, whole[0])


def test_a_read_only_output_folder_keeps_the_last_good_files(
    newsroom: Digest, press: Press, whole: tuple[dict[str, Any], float]
) -> None:
    """The run says which file it could not write; what stood there stands there still."""
    prefix = () if os.geteuid() else _without_roots_privilege()
    folder = newsroom.home / "output" / ISSUE
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("yesterday's")
    folder.chmod(0o555)
    with started(newsroom.home, "read-only", prefix=prefix) as run:
        _, said = run.communicate(timeout=120)
    folder.chmod(0o755)
    assert run.returncode == 1
    assert one_line(said), said
    assert "issue.md: cannot be written: Permission denied" in said
    assert [path.name for path in folder.iterdir()] == ["index.html"]
    assert (folder / "index.html").read_text() == "yesterday's"
    _completes(newsroom, press, whole[0])


def _without_roots_privilege() -> tuple[str, ...]:
    """Root may write anywhere; a command that is started like this may not."""
    if not shutil.which("setpriv"):
        pytest.skip("root ignores permissions, and there is no setpriv to give that up")
    return (
        "setpriv",
        "--bounding-set=-dac_override,-dac_read_search",
        "--inh-caps=-dac_override,-dac_read_search",
    )


# ---------------------------------------------------------------- the state


def test_a_damaged_state_is_refused_and_left_as_it_is(newsroom: Digest, press: Press) -> None:
    """The line says how to go on: with the file moved aside the next run reads the feeds again, and
    an edited draft stays.
    """
    assert newsroom(*RUN).returncode == 0
    draft = newsroom.home / "output" / ISSUE / "issue.md"
    draft.write_text(draft.read_text().replace("##", "## ", 1))
    edited, state = draft.read_bytes(), newsroom.home / "digest.sqlite3"
    damaged = bytearray(state.read_bytes())
    damaged[4096 * 4 : 4096 * 9] = os.urandom(4096 * 5)
    state.write_bytes(damaged)
    done = newsroom(*RUN)
    assert done.returncode == 1
    assert one_line(done.stderr), done.stderr
    assert "move it aside, or restore a copy" in done.stderr
    assert state.read_bytes() == damaged
    state.rename(newsroom.home / "aside")
    again = newsroom(*RUN)
    assert again.returncode == 0, again.stderr
    assert "the draft was left alone" in again.stdout
    assert draft.read_bytes() == edited
    assert stored(newsroom.home)["documents"]
