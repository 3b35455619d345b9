"""`digest serve-lists`: leaving by one click, and whatever else comes to a public address."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx2
import pytest
from starlette.testclient import TestClient

from digest.config.loading import load
from digest.deliver.attempts import MINUTE, REMEMBERED, Attempts
from digest.deliver.lists_app import WRONG_KEYS
from digest.run.serve_lists import lists_application
from digest.store.readers_file import open_readers, tokens_of
from tests.deliver.conftest import subscribe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.press import Digest

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MULTIPART = {"Content-Type": "multipart/form-data; boundary=b"}
ONE_CLICK = b"List-Unsubscribe=One-Click"
PARTS = (
    b'--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
)


@pytest.fixture
def ledger(digest: Digest) -> Digest:
    """The command in a home with three readers."""
    (digest.home / "feeds.yaml").write_text(
        "newsletter: {name: 'The <b>Ledger'}\nfeeds:\n  - url: https://press.example/feed\n"
    )
    subscribe(digest, 3)
    return digest


@pytest.fixture
def pages(ledger: Digest) -> TestClient:
    """The application, asked in process."""
    application = lists_application(load(ledger.home / "feeds.yaml"))
    return TestClient(application, client=("127.0.0.1", 50_000))


def path(ledger: Digest, number: int, edition: str = "daily") -> str:
    """A reader's link."""
    with open_readers(ledger.home / "digest.sqlite3") as db:
        return f"/u/{edition}/{tokens_of(db).token(number, edition)}"


def stats(ledger: Digest) -> dict[str, int]:
    """How many are in each state."""
    value: dict[str, int] = json.loads(ledger("subscribers", "stats", "--json").stdout)
    return value


def test_looking_at_the_page_changes_nothing(ledger: Digest, pages: TestClient) -> None:
    """Link scanners look at every link."""
    for method in ("GET", "HEAD"):
        answer = pages.request(method, path(ledger, 1))
        assert answer.status_code == 200
    assert "<form method=post>" in pages.get(path(ledger, 1)).text
    assert "The &lt;b&gt;Ledger" in pages.get(path(ledger, 1)).text
    assert stats(ledger)["confirmed"] == 3


@pytest.mark.parametrize(("headers", "body"), [(FORM, ONE_CLICK), (MULTIPART, PARTS), ({}, b"")])
def test_one_click_is_enough_and_can_be_repeated(
    ledger: Digest, pages: TestClient, headers: dict[str, str], body: bytes
) -> None:
    """RFC 8058: both content types, 200 with no redirect and no cookie, each time."""
    for _ in range(3):
        answer = pages.post(path(ledger, 2), content=body, headers=headers, follow_redirects=False)
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
    assert stats(ledger)["unsubscribed"] == 1
    rows = json.loads(ledger("subscribers", "list", "--state", "unsubscribed", "--json").stdout)
    assert [(row["address"], row["why"]) for row in rows] == [
        ("reader1@inbox.example", "left by one click")
    ]


def test_who_gets_several_editions_leaves_the_one_that_the_mail_was_of(
    ledger: Digest, pages: TestClient
) -> None:
    """And the others on the same page."""
    ledger("subscribers", "add", "ann@inbox.example", "--edition", "daily", "--edition", "insights")
    answer = pages.post(path(ledger, 4), content=ONE_CLICK, headers=FORM)
    assert "You still get insights" in answer.text
    rows = json.loads(ledger("subscribers", "list", "--json").stdout)
    ann = next(row for row in rows if row["address"] == "ann@inbox.example")
    assert (ann["state"], ann["editions"]) == ("confirmed", ["insights"])
    pages.post(path(ledger, 4), content=b"all=1", headers=FORM)
    assert stats(ledger)["unsubscribed"] == 1


def test_forged_cut_and_foreign_links_do_nothing(ledger: Digest, pages: TestClient) -> None:
    """404; a link of another edition is none, and neither is one with its end cut."""
    own = path(ledger, 1)
    token = own.rpartition("/")[2]
    for wrong in (
        own[:-1], f"{own}A", f"/u/insights/{token}", "/u/daily/" + "A" * 20, "/u/daily/../../x",
        f"/u/daily/{token[:10]}{'B' * 10}", "/u/", "/", "/u/daily/%00", f"/u/daily/{token}%0a",
        f"/u/da%0d%0aily/{token}",
    ):  # fmt: skip
        assert pages.post(wrong, content=ONE_CLICK, headers=FORM).status_code in {404, 405}
    assert stats(ledger)["confirmed"] == 3


def test_somebody_who_tries_keys_is_slowed_down_and_nobody_else_is(
    ledger: Digest, pages: TestClient
) -> None:
    """Right links are answered all the while."""
    codes = [pages.get("/u/daily/" + f"{i:020d}").status_code for i in range(WRONG_KEYS + 5)]
    assert codes == [404] * WRONG_KEYS + [429] * 5
    assert pages.post(path(ledger, 1), content=ONE_CLICK).status_code == 200
    other = {"X-Forwarded-For": "6.6.6.6, 198.51.100.7"}
    assert pages.get("/u/daily/" + "x" * 20, headers=other).status_code == 404


def test_a_flood_from_many_addresses_takes_no_more_memory() -> None:
    """Who tried longest ago is forgotten first: no more than so many are remembered."""
    wrong = Attempts(WRONG_KEYS, MINUTE, clock=lambda: 0.0)
    assert [wrong.too_many("first") for _ in range(WRONG_KEYS + 1)][-1]
    for number in range(REMEMBERED):
        wrong.too_many(f"address {number}")
    assert not wrong.too_many("first")


def test_a_body_that_is_no_click_is_not_read(ledger: Digest, pages: TestClient) -> None:
    """Ten megabytes are refused after four kilobytes."""
    answer = pages.post(path(ledger, 1), content=b"x" * 10_000_000)
    assert answer.status_code == 413
    assert stats(ledger)["confirmed"] == 3


def test_a_flood_of_clicks_takes_nobody_else_off(ledger: Digest, pages: TestClient) -> None:
    """A hundred on one link."""
    url = path(ledger, 1)
    assert {pages.post(url, content=ONE_CLICK).status_code for _ in range(100)} == {200}
    assert stats(ledger)["unsubscribed"] == 1


def test_who_was_forgotten_is_told_the_same_as_who_has_left(
    ledger: Digest, pages: TestClient
) -> None:
    """The link works as before and brings nobody back."""
    url = path(ledger, 1)
    ledger("subscribers", "forget", "reader0@inbox.example")
    assert pages.post(url, content=ONE_CLICK).status_code == 200
    assert stats(ledger)["confirmed"] == 2


def test_a_mail_that_asks_to_leave_is_heard(ledger: Digest) -> None:
    """By its subject's key; one without a key is refused in one line."""
    token = path(ledger, 1).rpartition("/")[2]
    mail = ledger.home / "request.eml"
    mail.write_text(f"From: x@evil.example\nSubject: Re: leave daily {token}\n\nbye\n")
    assert ledger("subscribers", "remove", "--mail", str(mail)).returncode == 0
    assert stats(ledger)["unsubscribed"] == 1
    mail.write_text(f"From: x@evil.example\nSubject: leave daily {'A' * 20}\n\n")
    refused = ledger("subscribers", "remove", "--mail", str(mail))
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1


@contextmanager
def served(ledger: Digest) -> Iterator[str]:
    """`digest serve-lists` in a process of its own; its address."""
    with subprocess.Popen(
        [sys.executable, "-m", "digest", "serve-lists", "--port", "0"],
        cwd=ledger.home,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            yield re.findall(r"http://\S+?(?=/ )", line)[0]
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0


def test_it_is_served_and_doctor_and_readers_find_it(ledger: Digest) -> None:
    """Real HTTP: one click; `digest doctor` says that it answers, and that it does not once it has
    gone.
    """
    with served(ledger) as url:
        settings = ledger.home / "feeds.yaml"
        mail = f"mail: {{from: news@ledger.example, lists_url: '{url}'}}\n"
        settings.write_text(settings.read_text() + mail)
        answer = httpx2.post(f"{url}{path(ledger, 3)}", content=ONE_CLICK, headers=FORM)
        assert answer.status_code == 200
        looked = {row["what"]: row for row in json.loads(ledger("doctor", "--json").stdout)}
        assert looked["leaving"]["state"] == "ok", looked["leaving"]
    assert stats(ledger)["unsubscribed"] == 1
    looked = {row["what"]: row for row in json.loads(ledger("doctor", "--json").stdout)}
    assert looked["leaving"]["state"] == "broken"
    assert "does not answer" in looked["leaving"]["detail"]
