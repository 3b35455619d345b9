"""A run that ends while models are being asked: what was answered is kept, and the next run asks
for the rest and makes the issue.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from bench.crash import ISSUE, RUN, orphans, started
from tests.model_server import BEHAVIOURS, Asked, ModelServer, Sent, model_server
from tests.press import Digest
from tests.run.test_model_run import good

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.press import Press

WORKERS = 2  # questions that are asked at once
# before the server stalls: fewer than any worker has to ask, so that all of them come to wait
ANSWERED = 3
QUICK = 40.0  # seconds in which an interrupted run is to have ended


@dataclass
class Stalling:
    """A model that answers some questions and then keeps everybody waiting, until it is told to go
    on.
    """

    server: ModelServer
    answered: list[str] = field(default_factory=list)  # prompts
    waiting: list[str] = field(default_factory=list)
    again: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, asked: Asked, text: str) -> Sent:
        """As a server's behaviour."""
        with self._lock:
            stalls = not self.again.is_set() and len(self.answered) == ANSWERED
            (self.waiting if stalls else self.answered).append(asked.prompt)
        return Sent(late=90.0) if stalls else BEHAVIOURS["ok"](asked, text)

    def stalls(self, seconds: float = 100.0) -> bool:
        """Wait until every worker waits: then all that was answered before has been taken."""
        until = time.monotonic() + seconds
        while len(self.waiting) < WORKERS and time.monotonic() < until:
            time.sleep(0.05)
        return len(self.waiting) == WORKERS


@contextmanager
def stalling(home: Path, press: Press) -> Iterator[Stalling]:
    """Such a model, and a feeds.yaml that names it."""
    with model_server(good) as server:
        model = Stalling(server)
        server.behave(*[model] * 200)
        llm = (
            "grounding: {judge: none}\n"
            f"llm: {{base_url: '{server.base_url}', model: m, concurrency: {WORKERS}, timeout: 80,"
            " price: {input: 1, output: 1}}\n"
        )
        (home / "feeds.yaml").write_text(press.config + llm)
        yield model


def _ctrl_c(run: subprocess.Popen[str]) -> None:
    os.killpg(run.pid, signal.SIGINT)  # a terminal tells every process of the command


@pytest.fixture(scope="module")
def undisturbed(press: Press, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The draft that a run makes which nobody disturbs."""
    home = tmp_path_factory.mktemp("undisturbed")
    with model_server(good) as server:
        (home / "feeds.yaml").write_text(
            press.config
            + f"grounding: {{judge: none}}\nllm: {{base_url: '{server.base_url}', model: m}}\n"
        )
        done = Digest(home)(*RUN)
    assert done.returncode == 0, done.stderr
    return (home / "output" / ISSUE / "issue.md").read_text()


def _feared(home: Path) -> int:
    """Calls whose cost nobody told: the day's cap takes their worst for spent, an answer of full
    length.
    """
    with closing(sqlite3.connect(home / "digest.sqlite3")) as db:
        count: int = db.execute("SELECT count(*) FROM spending WHERE tokens_out > 1000").fetchone()[
            0
        ]
    return count


ENDINGS = [
    (subprocess.Popen.kill, -signal.SIGKILL),
    (_ctrl_c, 130),
    (subprocess.Popen.terminate, 130),
]


@pytest.mark.parametrize(("stop", "code"), ENDINGS, ids=["SIGKILL", "SIGINT", "SIGTERM"])
def test_what_was_answered_is_kept_and_the_rest_is_asked_by_the_next_run(
    digest: Digest,
    press: Press,
    undisturbed: str,
    stop: Callable[[subprocess.Popen[str]], None],
    code: int,
) -> None:
    """No answer is paid for twice, a call that was cut off counts at its worst, and the issue is
    the one that nobody disturbed.
    """
    mark = uuid4().hex
    with stalling(digest.home, press) as model:
        with started(digest.home, mark) as run:
            assert model.stalls()
            began = time.monotonic()
            stop(run)
            said = run.communicate(timeout=120)[1]
        assert time.monotonic() - began < QUICK
        assert run.returncode == code
        assert "Traceback" not in said
        assert orphans(mark) == []
        assert _feared(digest.home) == WORKERS
        before, cut = list(model.answered), list(model.waiting)
        model.again.set()
        done = digest(*RUN, "--json")
        assert done.returncode == 0, done.stderr
        asked = model.answered[ANSWERED:]
        assert not set(asked) & set(before)
        assert set(cut) <= set(asked)
    assert (digest.home / "output" / ISSUE / "issue.md").read_text() == undisturbed
    report = json.loads(done.stdout)
    assert report["model"]["cached"] == ANSWERED
    assert report["reading"]["unread"] == []
