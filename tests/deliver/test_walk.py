"""The path as a user walks it: import, send, leave by one click, the next issue, the counts."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

from starlette.testclient import TestClient

from digest.config.loading import load
from digest.model import Window
from digest.run.serve_lists import lists_application
from digest.store import issues, open_state
from tests.deliver.conftest import ISSUE, LISTS, subscribe

if TYPE_CHECKING:
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


def test_a_thousand_readers_twenty_leave_the_next_issue_goes_to_980(
    ledger: Digest, sink: MailSink
) -> None:
    """And `stats` says so."""
    subscribe(ledger, 1000)
    first = ledger("send", ISSUE, "--json", **sink.environment)
    assert first.returncode == 0, first.stdout
    assert json.loads(first.stdout)["counts"]["submitted"] == 1000
    pages = TestClient(lists_application(load(ledger.home / "feeds.yaml")))
    leavers = [f"reader{i * 37}@inbox.example" for i in range(20)]
    for address in leavers:
        (mail,) = sink.taken[address]
        (link,) = re.findall(rf"List-Unsubscribe: <{LISTS}(\S+)>, ", mail.decode())
        post = {"List-Unsubscribe": "One-Click"}
        assert pages.post(link, data=post, follow_redirects=False).status_code == 200
    counts = json.loads(ledger("subscribers", "stats", "--json").stdout)
    assert (counts["confirmed"], counts["unsubscribed"]) == (980, 20)
    sink.counts.clear()
    second = ledger("send", next_issue(ledger), "--json", **sink.environment)
    assert second.returncode == 0, second.stdout + second.stderr
    assert json.loads(second.stdout)["audience"] == 980
    assert len(sink.counts) == 980
    assert not set(leavers) & set(sink.counts)
    rows = json.loads(ledger("issues", "--json").stdout)
    assert [row["status"] for row in rows] == ["submitted", "submitted"]
