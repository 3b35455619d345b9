"""The path as a user walks it: import, send, leave by one click, bounce, join, the next issue, the
counts.
"""

from __future__ import annotations

import json
import re
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from digest.config.loading import load
from digest.model import Window
from digest.run.serve_lists import lists_application
from digest.store import issues, open_state
from tests.deliver.conftest import ISSUE, LISTS, subscribe

if TYPE_CHECKING:
    from pathlib import Path

    from tests.mail_sink import MailSink
    from tests.press import Digest


def next_issue(digest: Digest) -> str:
    """Make another issue in the state as a run of another day would have, approved."""
    day = date(2025, 9, 23)
    identity = issues.issue_id("daily", day)
    with open_state(digest.home / "digest.sqlite3") as db:
        record = issues.get(db, ISSUE)
        assert record is not None
        window = Window(record.window.end, record.window.end.replace(day=24))
        with db:
            issues.save_draft(db, "daily", day, window, (), record.facts)
    draft = (digest.home / "output" / ISSUE / "issue.md").read_text()
    folder = digest.home / "output" / identity
    folder.mkdir()
    (folder / "issue.md").write_text(
        draft.replace(ISSUE, identity).replace("2025-09-22", "2025-09-23")
    )
    done = digest("approve", identity)
    assert done.returncode == 0, done.stderr
    return identity


LEAVE, BOUNCE, JOIN = 20, 10, 5


@pytest.mark.parametrize(
    "readers", [200, pytest.param(1000, marks=pytest.mark.slow)], ids=["small", "whole"]
)
def test_twenty_leave_ten_bounce_five_join_and_the_next_issue_goes_to_25_fewer(
    ledger: Digest, sink: MailSink, monkeypatch: pytest.MonkeyPatch, readers: int
) -> None:
    """Of a thousand 975 get it; `stats` says so, and nobody who left or bounced gets mail."""
    for name, value in sink.environment.items():
        monkeypatch.setenv(name, value)
    settings = ledger.home / "feeds.yaml"
    settings.write_text(
        settings.read_text().replace("mail:\n", "mail:\n  bounces: back+*@ledger.example\n")
    )
    subscribe(ledger, readers)
    senders = Envelopes()
    sink.mail_from, sink.rcpt = senders.begin, senders.end
    first = ledger("send", ISSUE, "--json", **sink.environment)
    assert first.returncode == 0, first.stdout
    assert json.loads(first.stdout)["counts"]["submitted"] == readers
    with TestClient(lists_application(load(settings))) as pages:
        leavers = [f"reader{i * 7}@inbox.example" for i in range(LEAVE)]
        for address in leavers:
            (mail,) = sink.taken[address]
            (link,) = re.findall(rf"List-Unsubscribe: <{LISTS}(\S+)>, ", mail.decode())
            post = {"List-Unsubscribe": "One-Click"}
            assert pages.post(link, data=post, follow_redirects=False).status_code == 200
        joiners = [f"joiner{i}@inbox.example" for i in range(JOIN)]
        for address in joiners:
            assert pages.post("/join", data={"email": address}).status_code == 202
            assert pages.post(confirmation(sink, address)).status_code == 200
    bouncers = [f"reader{i * 7 + 1}@inbox.example" for i in range(BOUNCE)]
    box = returned(ledger, {address: senders.of[address] for address in bouncers})
    read = json.loads(ledger("bounces", "read", str(box), "--json").stdout)
    assert read["counts"]["bounced"] == BOUNCE
    counts = json.loads(ledger("subscribers", "stats", "--json").stdout)
    left = readers - LEAVE - BOUNCE + JOIN
    assert (counts["confirmed"], counts["unsubscribed"], counts["bounced"]) == (left, LEAVE, BOUNCE)
    sink.counts.clear()
    second = ledger("send", next_issue(ledger), "--json", **sink.environment)
    assert second.returncode == 0, second.stdout + second.stderr
    assert json.loads(second.stdout)["audience"] == len(sink.counts) == left
    assert not {*leavers, *bouncers} & set(sink.counts)
    assert set(joiners) <= set(sink.counts)
    rows = json.loads(ledger("issues", "--json").stdout)
    assert [row["status"] for row in rows] == ["submitted", "submitted"]


class Envelopes:
    """Whom each recipient's message was from, as the server was told."""

    def __init__(self) -> None:
        self.sender, self.of = "", dict[str, str]()

    def begin(self, sender: str) -> None:
        """MAIL FROM."""
        self.sender = sender

    def end(self, recipient: str, _attempt: int) -> str:
        """RCPT TO."""
        self.of[recipient] = self.sender
        return "250 OK"


def confirmation(sink: MailSink, address: str) -> str:
    """The path of the link in the mail that asks to confirm."""
    for _ in range(500):
        if address in sink.taken:
            break
        time.sleep(0.01)
    text = sink.taken[address][0].replace(b"=\r\n", b"").decode()  # quoted-printable
    (link,) = set(re.findall(rf"{LISTS}(/join/[\w-]+)", text))
    return str(link)


def returned(digest: Digest, senders: dict[str, str]) -> Path:
    """A maildir with a bounce for each recipient, sent to whom the message was from."""
    box = digest.home / "Maildir"
    for inside in ("new", "cur", "tmp"):
        (box / inside).mkdir(parents=True)
    for recipient, sender in senders.items():
        (box / "new" / recipient).write_text(
            f"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: {sender}\nSubject: failure"
            f" notice\n\nI'm afraid I wasn't able to deliver your message.\n\n<{recipient}>:\nSorry,"
            " no mailbox here by that name. (#5.1.1)\n"
        )
    return box
