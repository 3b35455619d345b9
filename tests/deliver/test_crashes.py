"""Senders that are killed, that run twice, on two machines, and from an old copy of the state."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from digest.errors import Locked
from digest.store import deliveries
from digest.store.readers_file import open_readers
from tests.deliver.conftest import ISSUE, subscribe
from tests.mail_sink import mail_sink

if TYPE_CHECKING:
    from tests.mail_sink import MailSink
    from tests.press import Digest


def start(digest: Digest, sink: MailSink, *options: str) -> subprocess.Popen[str]:
    """A sender in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "digest", "send", ISSUE, *options],
        cwd=digest.home,
        env={**os.environ, **sink.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def taken(sink: MailSink) -> int:
    """How many messages the server has taken."""
    return sum(sink.counts.values())


def wait_until_taken(sink: MailSink, count: int, process: subprocess.Popen[str]) -> None:
    """Wait for the server to have taken so many messages."""
    deadline = time.monotonic() + 120
    while taken(sink) < count and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.002)


@pytest.mark.parametrize(
    ("readers", "kills", "connections"),
    [
        (300, 4, 1),
        (300, 3, 3),
        pytest.param(10_000, 30, 1, marks=pytest.mark.slow),
        pytest.param(10_000, 30, 4, marks=pytest.mark.slow),
    ],
)
def test_killed_and_started_again_nobody_gets_two_and_nobody_is_lost(
    ledger: Digest, readers: int, kills: int, connections: int
) -> None:
    """At most one message a kill and connection is uncertain, and the counts add up."""
    settings = ledger.home / "feeds.yaml"
    settings.write_text(settings.read_text() + f"  connections: {connections}\n")
    subscribe(ledger, readers)
    chance = random.Random(15)  # noqa: S311
    with mail_sink(delay=0.004, keep=False) as sink:
        for kill in range(kills):
            process = start(ledger, sink)
            wait_until_taken(sink, (kill + 1) * readers // (kills + 2), process)
            time.sleep(chance.random() * 0.02)
            process.send_signal(signal.SIGKILL)
            process.communicate()
        done = ledger("send", ISSUE, "--json", **sink.environment)
        value = json.loads(done.stdout)
        uncertain = value["counts"]["uncertain"]
        assert sum(value["counts"].values()) == value["audience"] == readers
        assert uncertain <= kills * connections
        assert set(sink.counts.values()) == {1}
        assert value["counts"]["submitted"] == readers - uncertain
        assert readers - uncertain <= len(sink.counts) <= readers
        assert done.returncode == (1 if uncertain else 0)
        again = ledger("send", ISSUE, "--resend-uncertain", **sink.environment)
        assert again.returncode == 0
        assert len(sink.counts) == readers
        assert taken(sink) <= readers + uncertain


@pytest.mark.slow
def test_a_server_that_takes_its_time_is_waited_for(ledger: Digest) -> None:
    """An answer after half a minute is an answer."""
    subscribe(ledger, 2)
    with mail_sink(delay=31) as sink:
        done = ledger("send", ISSUE, **sink.environment)
    assert done.stdout.splitlines()[-1].endswith("2 readers: 2 submitted")
    assert set(sink.counts.values()) == {1}


def test_interrupted_it_ends_the_message_under_way(ledger: Digest) -> None:
    """Ctrl-C leaves nothing uncertain: exit code 130, and the next run goes on."""
    subscribe(ledger, 60)
    with mail_sink(delay=0.02) as sink:
        process = start(ledger, sink)
        wait_until_taken(sink, 10, process)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        process.communicate()
        done = ledger("send", ISSUE, **sink.environment)
        assert done.returncode == 0
        assert done.stdout.splitlines()[-1].endswith("60 readers: 60 submitted")
        assert set(sink.counts.values()) == {1}


def test_two_runs_at_once_send_nothing_twice(ledger: Digest) -> None:
    """The second says who sends, exit code 4."""
    subscribe(ledger, 60)
    with mail_sink(delay=0.02) as sink:
        first = start(ledger, sink)
        wait_until_taken(sink, 3, first)
        second = ledger("send", ISSUE, **sink.environment)
        out, err = first.communicate(timeout=60)
        assert second.returncode == 4
        assert first.returncode == 0, out + err
        assert set(sink.counts.values()) == {1}
        assert len(sink.counts) == 60


def test_another_machine_that_sends_from_the_same_disk_is_not_overtaken(
    ledger: Digest, sink: MailSink
) -> None:
    """Its sign of life counts for ten minutes, where the kernel's lock does not reach it."""
    subscribe(ledger, 3)
    lease = ledger.home / "digest.readers.sqlite3.sender"
    lease.write_text(json.dumps({"system": "another", "host": "mail2", "process": 7}))
    done = ledger("send", ISSUE, **sink.environment)
    assert done.returncode == 4
    assert "mail2 (process 7) is sending" in done.stderr
    assert not sink.counts
    old = time.time() - 700
    os.utime(lease, (old, old))
    assert ledger("send", ISSUE, **sink.environment).returncode == 0
    assert not lease.exists()


def test_a_sender_that_was_taken_over_sends_nothing_more(ledger: Digest) -> None:
    """It wakes, finds another owner on the list, and ends."""
    subscribe(ledger, 3)
    with mail_sink(mail=lambda _number: "550 nothing yet") as sink:
        ledger("send", ISSUE, **sink.environment)
    with (
        open_readers(ledger.home / "digest.sqlite3", threads=True) as db,
        ThreadPoolExecutor(1) as committer,
    ):
        sending = deliveries.sending_of(db, ISSUE)
        assert sending is not None
        first = deliveries.Deliveries(db, sending.number, committer)
        under_way = first.next(None, time.time())
        assert under_way is not None
        under_way.durable()
        second = deliveries.Deliveries(db, sending.number, committer)
        with pytest.raises(Locked):
            first.next(None, time.time())
        assert deliveries.counts(db, sending.number) == {"waiting": 2, "uncertain": 1}
        following = second.next(None, time.time())
        assert following is not None
        following.durable()
        assert following.reader != under_way.reader


def test_a_restored_state_sends_nothing_by_itself(ledger: Digest) -> None:
    """Neither what was approved when the back-up was made, nor the rest of what was under way."""
    subscribe(ledger, 6)
    with mail_sink(mail=lambda number: "250 OK" if number < 2 else "550 later") as sink:
        ledger("send", ISSUE, **sink.environment)
        assert taken(sink) == 2
    assert ledger("backup", "half.digest").returncode == 0
    with mail_sink() as sink:
        assert ledger("send", ISSUE, **sink.environment).returncode == 0
        assert taken(sink) == 4
    for file in ledger.home.glob("digest*.sqlite3*"):
        file.unlink()
    assert ledger("restore", "half.digest").returncode == 0
    with mail_sink() as sink:
        done = ledger("send", ISSUE, **sink.environment)
        assert done.returncode == 1
        assert not sink.counts
        assert "--resend-uncertain" in done.stdout + done.stderr


def test_an_issue_approved_before_a_restore_is_sent_only_on_purpose(
    ledger: Digest, sink: MailSink
) -> None:
    """It may have gone out since the back-up was made."""
    subscribe(ledger, 2)
    ledger("backup", "approved.digest")
    for file in ledger.home.glob("digest*.sqlite3*"):
        file.unlink()
    assert ledger("restore", "approved.digest").returncode == 0
    done = ledger("send", ISSUE, **sink.environment)
    assert done.returncode == 1
    assert "was restored on" in done.stderr
    assert not sink.counts
    assert ledger("send", ISSUE, "--resend-uncertain", **sink.environment).returncode == 0
    assert len(sink.counts) == 2


def test_an_old_copy_of_the_list_is_noticed(ledger: Digest, sink: MailSink) -> None:
    """Files that were copied back by hand: the issue's folder says that it went out."""
    subscribe(ledger, 2)
    kept = {file: file.read_bytes() for file in ledger.home.glob("digest.readers.sqlite3")}
    ledger("send", ISSUE, **sink.environment)
    for file in ledger.home.glob("digest.readers.sqlite3*"):
        file.unlink()
    for file, content in kept.items():
        file.write_bytes(content)
    done = ledger("send", ISSUE, **sink.environment)
    assert done.returncode == 1
    assert "is it an old copy?" in done.stderr
    assert taken(sink) == 2
