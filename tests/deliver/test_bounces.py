"""`digest bounces read`: mailboxes of every kind, read once, whatever ends the program; and what
follows from bounces that come time after time.
"""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from digest.deliver.mailboxes import Maildir
from digest.deliver.return_address import return_address
from digest.store import bounces, readers
from digest.store.readers_file import bounce_tokens_of, open_readers
from tests.deliver.conftest import ISSUE, subscribe
from tests.imap_server import imap_server

if TYPE_CHECKING:
    from pathlib import Path

    from tests.mail_sink import MailSink
    from tests.press import Digest

RETURNS = "bounces+*@ledger.example"


@pytest.fixture
def post(digest: Digest) -> Digest:
    """The command in a home with ten readers, reader0@inbox.example and on, numbered from one."""
    (digest.home / "feeds.yaml").write_text(
        f"mail: {{from: news@ledger.example, bounces: '{RETURNS}'}}\n"
        "feeds:\n  - url: https://a.example/\n"
    )
    subscribe(digest, 10)
    return digest


def bounce(home: Path, reader: int, why: str = "550 5.1.1 user unknown", mark: str = "") -> bytes:
    """A bounce of a reader's mail."""
    with open_readers(home / "digest.sqlite3") as db:
        to = return_address(RETURNS, bounce_tokens_of(db)).of(reader)
    return (
        f"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: <{to}>\r\nX-Mark: {mark}\r\n"
        f"Subject: failure notice\r\n\r\nUnable to deliver:\r\n{why}\r\n"
    ).encode()


LETTER = (
    b"From: Ann <ann@inbox.example>\r\nTo: news@ledger.example\r\nSubject: Hi\r\n\r\nHello.\r\n"
)
AWAY = b"From: Ann <ann@inbox.example>\r\nSubject: Out of office\r\n\r\nBack on Monday.\r\n"


def maildir(home: Path, mails: dict[str, bytes]) -> Path:
    """A maildir with new mails by name."""
    for inside in ("new", "cur", "tmp"):
        (home / "Maildir" / inside).mkdir(parents=True, exist_ok=True)
    for name, mail in mails.items():
        (home / "Maildir" / "new" / name).write_bytes(mail)
        os.utime(home / "Maildir" / "new" / name, (time.time() + 5,) * 2)
    return home / "Maildir"


def names(folder: Path) -> list[str]:
    """The files in `new` and `cur`."""
    return sorted(f"{path.parent.name}/{path.name}" for path in folder.glob("[nc][eu][wr]/*"))


def state_of(home: Path, reader: int) -> str:
    """What the list says of a reader."""
    with open_readers(home / "digest.sqlite3") as db:
        found = readers.by_number(db, reader)
    return found.state if found else ""


def test_a_maildir_is_read_once_and_says_what_became_of_each(post: Digest) -> None:
    """What is done with is seen; what a person should see stays unseen with a flag, and is named
    once.
    """
    box = maildir(
        post.home,
        {
            "1.a": bounce(post.home, 1),
            "2.a": LETTER,
            "3.a": AWAY,
            "4.a": bounce(post.home, 2, "mailbox full"),
        },
    )
    done = post("bounces", "read", str(box))
    assert done.stdout.splitlines() == [
        "bounced: reader0@inbox.example: 550 5.1.1 user unknown",
        "left alone: 'Hi' from Ann <ann@inbox.example>: is no bounce, complaint or automatic answer",
        "soft: reader1@inbox.example: Unable to deliver: (1 of 5)",
        "4 read: 1 bounced, 1 soft, 1 nothing, 1 left alone",
    ]
    assert names(box) == ["cur/1.a:2,S", "cur/2.a:2,F", "cur/3.a:2,S", "cur/4.a:2,S"]
    assert [state_of(post.home, n) for n in (1, 2, 3)] == ["bounced", "confirmed", "confirmed"]
    again = post("bounces", "read", str(box))
    assert (again.returncode, again.stdout) == (0, "0 read\n")


def test_whatever_ends_the_program_no_mail_is_lost_and_none_counts_twice(post: Digest) -> None:
    """A mail that was noted and not marked is only marked by the next run; one that was neither is
    read by it.
    """
    mails = {f"{n}.a": bounce(post.home, 1, "mailbox full", str(n)) for n in range(3)}
    box = maildir(post.home, mails)
    kept = {path: path.read_bytes() for path in (box / "new").iterdir()}
    assert post("bounces", "read", str(box)).returncode == 0
    for path, mail in list(kept.items())[:2]:  # as if the program had ended before it marked them
        path.write_bytes(mail)
    for path in (box / "cur").iterdir():
        path.unlink()
    done = json.loads(post("bounces", "read", str(box), "--json").stdout)
    assert done["read"] == 0
    assert len(names(box)) == 2
    assert all(name.endswith(":2,S") for name in names(box))
    with open_readers(post.home / "digest.sqlite3") as db:
        assert db.execute("SELECT count(*) FROM soft_bounces").fetchone()[0] == 3


def test_an_imap_folder_is_read_like_a_maildir(post: Digest) -> None:
    """Bounces are seen afterwards, a letter is flagged, and neither is fetched again."""
    with imap_server(
        [bounce(post.home, 1), LETTER, AWAY], date="05-Feb-2036 07:01:12 +0000"
    ) as server:
        done = post("bounces", "read", **server.environment)
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[-1] == "3 read: 1 bounced, 1 nothing, 1 left alone"
        assert server.flags == {0: {"Seen"}, 1: {"Flagged"}, 2: {"Seen"}}
        assert post("bounces", "read", **server.environment).stdout == "0 read\n"
        assert server.fetched == [0, 1, 2]
    assert state_of(post.home, 1) == "bounced"


@pytest.mark.parametrize("dies_at", ["STORE 1", "FETCH 2", "STORE 2", "SEARCH", "SELECT", "LOGIN"])
def test_an_imap_server_that_goes_away_costs_nothing(post: Digest, dies_at: str) -> None:
    """One line and exit code 1; the next run does the rest, and nothing twice."""
    mails = [bounce(post.home, 1, "mailbox full"), bounce(post.home, 2, "mailbox full")]
    later = "05-Feb-2036 07:01:12 +0000"
    with imap_server(mails, dies_at=dies_at, date=later) as server:
        failed = post("bounces", "read", **server.environment)
        assert (failed.returncode, failed.stderr.count("\n")) == (1, 1)
        assert f"127.0.0.1:{server.port}" in failed.stderr
        server.dies_at = ""
        assert post("bounces", "read", **server.environment).returncode == 0
        assert server.flags == {0: {"Seen"}, 1: {"Seen"}}
    with open_readers(post.home / "digest.sqlite3") as db:
        rows = db.execute("SELECT reader FROM soft_bounces ORDER BY reader").fetchall()
    assert [row[0] for row in rows] == [1, 2]


def test_what_is_wrong_with_a_mailbox_is_one_line(post: Digest) -> None:
    """No mailbox, a folder that is none, a wrong password, a folder that is not there."""
    (post.home / "plain").mkdir()
    for arguments, code, said in (
        ((), 2, "DIGEST_IMAP_HOST"),
        (("plain",), 2, "is no maildir"),
        (("nowhere",), 2, "is no maildir"),
    ):
        failed = post("bounces", "read", *arguments)
        assert (failed.returncode, failed.stderr.count("\n")) == (code, 1)
        assert said in failed.stderr
    with imap_server([], password="another") as server:
        failed = post("bounces", "read", **server.environment)
        assert (failed.returncode, "wrong password" in failed.stderr) == (1, True)
        assert "secret" not in failed.stderr
    with imap_server([]) as server:
        failed = post("bounces", "read", "--folder", "Bounces", **server.environment)
        assert (failed.returncode, "no such" in failed.stderr) == (1, True)


def test_five_soft_bounces_in_fourteen_days_take_a_reader_off(post: Digest) -> None:
    """Four do not, nor five over a longer time, nor any from before they joined anew."""
    now = datetime.now(UTC)
    with open_readers(post.home / "digest.sqlite3") as db:

        def counts(reader: int, days: list[float]) -> list[int]:
            found = readers.by_number(db, reader)
            assert found is not None
            with db:
                return [
                    bounces.soft(db, found, "mailbox full", now + timedelta(days=day, minutes=1))
                    for day in days
                ]

        assert counts(1, [0, 1, 2, 3]) == [1, 2, 3, 4]
        assert counts(2, [0, 4, 8, 12, 14.5]) == [1, 2, 3, 4, 4]
        assert counts(3, [0, 3, 6, 9, 13]) == [1, 2, 3, 4, 5]
        states = [readers.by_number(db, n) for n in (1, 2, 3)]
        assert [one.state for one in states if one] == ["confirmed", "confirmed", "bounced"]
        assert states[2] is not None
        assert states[2].why == "not reached 5 times in 14 days, the last: mailbox full"
        with db:
            readers.change(db, 3, "confirmed", "came back", now + timedelta(days=13, hours=1))
        assert counts(3, [13.5]) == [1]


def test_bounces_of_who_has_left_or_joined_since_change_nothing(post: Digest) -> None:
    """Whoever left has left, and an old bounce is not about the new address."""
    post("subscribers", "remove", "reader0@inbox.example")
    box = maildir(post.home, {"1.a": bounce(post.home, 1), "2.a": bounce(post.home, 2)})
    os.utime(box / "new" / "2.a", (time.time() - 86_400,) * 2)
    done = json.loads(post("bounces", "read", str(box), "--json").stdout)
    assert done["counts"]["nothing"] == 2
    assert [state_of(post.home, n) for n in (1, 2)] == ["unsubscribed", "confirmed"]


def test_a_forgotten_reader_s_bounce_says_no_address(post: Digest) -> None:
    """It is left alone; the key means nobody any more, and what was noted is erased."""
    box = maildir(post.home, {"1.a": bounce(post.home, 1, "mailbox full")})
    post("bounces", "read", str(box))
    post("subscribers", "forget", "reader0@inbox.example")
    maildir(post.home, {"2.a": bounce(post.home, 1, "user unknown")})
    done = post("bounces", "read", str(box))
    assert "its reader is not on the list any more" in done.stdout
    assert "reader0" not in done.stdout
    with open_readers(post.home / "digest.sqlite3") as db:
        assert db.execute("SELECT count(*) FROM soft_bounces").fetchone()[0] == 0


def test_a_mail_that_another_program_takes_away_meanwhile_is_nobodys_loss(post: Digest) -> None:
    """Neither listing nor marking minds."""
    box = maildir(post.home, {"1.a": LETTER, "2.a": LETTER})
    for arrived in Maildir(box):
        for path in box.glob("new/*"):
            path.unlink()
        arrived.mark(True)
    assert names(box) == []


def test_each_message_comes_back_to_an_address_of_its_reader_s_own(
    ledger: Digest, sink: MailSink
) -> None:
    """The envelope says so and the message does not; without `*` all come back to one."""
    settings = ledger.home / "feeds.yaml"
    plain = settings.read_text()
    settings.write_text(plain.replace("mail:\n", f"mail:\n  bounces: '{RETURNS}'\n"))
    subscribe(ledger, 3)
    senders: list[str] = []
    sink.mail_from = senders.append
    assert ledger("send", ISSUE, **sink.environment).returncode == 0
    with open_readers(ledger.home / "digest.sqlite3") as db:
        returns = return_address(RETURNS, bounce_tokens_of(db))
    assert senders == [returns.of(number) for number in (1, 2, 3)]
    assert all(b"bounces+" not in mails[0] for mails in sink.taken.values())
