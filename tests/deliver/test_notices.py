"""Mails that come back, one of each make: read right, or left alone and named; the folder `bounces`
holds them, each with what it is expected to come to.
"""

from __future__ import annotations

import base64
import random
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from digest.config.loading import load
from digest.deliver.bounce_severity import severity
from digest.deliver.leave_links import LeaveWays
from digest.deliver.mailboxes import mailbox_at
from digest.deliver.message import message_mark
from digest.deliver.notices import LARGEST, read_notice
from digest.deliver.proof import marks_in
from digest.deliver.reader_messages import reader_messages
from digest.deliver.return_address import return_address
from digest.errors import UsageError
from digest.run.bounces import read_bounces
from digest.store import deliveries, readers
from digest.store.readers_file import (
    bounce_tokens_of,
    join_tokens_of,
    message_key,
    open_readers,
    tokens_of,
)
from tests.deliver.conftest import ISSUE, letter
from tests.press import Digest

if TYPE_CHECKING:
    from digest.deliver.reader import ReaderState

MAILS = {path.stem: path for path in sorted(Path(__file__).parent.glob("bounces/*.eml"))}
RETURNS = "bounces+*@ledger.example"
ANN, BOB = "ann@inbox.example", "bob@inbox.example"
STATES = {"bounced": "bounced", "complained": "complained", "unsubscribed": "unsubscribed"}


@pytest.fixture(scope="module")
def two_readers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two readers. To be copied, never changed."""
    home = tmp_path_factory.mktemp("two-readers")
    digest = Digest(home)
    (digest.home / "feeds.yaml").write_text(
        f"mail: {{from: news@ledger.example, bounces: '{RETURNS}'}}\n"
        "feeds:\n  - url: https://a.example/\n"
    )
    for address in (ANN, BOB):
        assert digest("subscribers", "add", address).returncode == 0
    return home


@pytest.fixture
def ledger(digest: Digest, two_readers: Path) -> Digest:
    """The command in a home with two readers."""
    shutil.copytree(two_readers, digest.home, dirs_exist_ok=True)
    return digest


def filled(home: Path, name: str) -> bytes:
    """A mail of the folder, about a message to Ann, which was sent."""
    with open_readers(home / "digest.sqlite3") as db:
        if not deliveries.sending_of(db, ISSUE):
            begun = deliveries.begin(db, ISSUE, "daily", "hash", datetime.now(UTC))
            with db:
                db.execute("UPDATE deliveries SET state = 'submitted' WHERE sending = ?",
                           (begun.number,))  # fmt: skip
        leave, join = tokens_of(db), join_tokens_of(db)
        key, returns = message_key(db), return_address(RETURNS, bounce_tokens_of(db))
    ways = LeaveWays("daily", "https://lists.example", "leave@ledger.example")
    mine = replace(letter(), issue=ISSUE, ways=ways, key=key)
    mail = reader_messages(mine).for_reader(ANN, leave.token(1, "daily"))
    headers = mail.partition(b"\r\n\r\n")[0].replace(b"\r\n", b"\n").decode()
    status = f"Reporting-MTA: dns; odd.example\n\nFinal-Recipient: rfc822;{ANN}\nStatus: 5.1.1\n"
    values = {
        "ADDRESS": ANN,
        "VERP": returns.of(1),
        "JOIN": f"https://lists.example/join/{join.token(4, '')}",
        "LINK": ways.url(leave.token(1, "daily")),
        "OTHER_LINK": ways.url(leave.token(2, "daily")),
        "MESSAGE_ID": str(message_from_bytes(mail)["Message-ID"]),
        "RETURNED": headers,
        "RETURNED_BASE64": base64.encodebytes(headers.encode()).decode().strip(),
        "STATUS_BASE64": base64.encodebytes(status.encode()).decode().strip(),
    }
    text = MAILS[name].read_text().partition("\n")[2]
    for key_, value in values.items():
        text = text.replace(f"@@{key_}@@", value)
    assert "@@" not in text
    return text.encode()


def expected(name: str) -> str:
    """What the folder says that a mail comes to."""
    return MAILS[name].read_text().partition("\n")[0].partition(": ")[2]


def states(ledger: Digest) -> dict[str, ReaderState]:
    """Each reader's state."""
    with open_readers(ledger.home / "digest.sqlite3") as db:
        return {one.address: one.state for one in readers.every(db)}


def test_there_are_mails_of_many_makes() -> None:
    """More than forty, a third of which are to change nothing."""
    results = [expected(name) for name in MAILS]
    assert len(results) >= 50
    assert sum(one in {"nothing", "left alone"} for one in results) >= 15


@pytest.mark.parametrize("name", MAILS)
def test_each_is_read_right_or_left_alone_and_named(ledger: Digest, name: str) -> None:
    """What it comes to, for whom, and that nobody else is touched."""
    file = ledger.home / "mail.eml"
    file.write_bytes(filled(ledger.home, name))
    told = read_bounces(load(ledger.home / "feeds.yaml"), mailbox_at(file)).json()
    assert [key for key, count in told["counts"].items() if count] == [expected(name)], told
    assert states(ledger) == {ANN: STATES.get(expected(name), "confirmed"), BOB: "confirmed"}
    if expected(name) in {"bounced", "soft", "complained", "unsubscribed"}:
        assert told["mails"][0]["address"] == ANN
        assert told["mails"][0]["why"]
    if expected(name) == "left alone":
        assert told["mails"][0]["address"] == ""
        assert told["mails"][0]["why"]


@pytest.mark.parametrize(
    ("status", "words", "bad"),
    [
        ("5.1.1", "550 5.1.1 user unknown", "hard"),
        ("5.1.1", "550 User unknown", "hard"),
        ("5.1.1", "550 5.7.1 rejected by our policy", "soft"),  # the server's own code counts
        ("5.1.1", "550 mailbox full", "soft"),
        ("5.0.0", "550 5.0.0 no such user here", "hard"),
        ("5.0.0", "550 Requested action not taken: mailbox unavailable", "soft"),
        ("5.5.0", "550 5.5.0 unknown user", "hard"),
        ("5.1.0", "550 #5.1.0 Address rejected", "hard"),
        ("5.4.4", "", "hard"),
        ("4.1.1", "450 4.1.1 user unknown", "soft"),
        ("5.2.2", "552 5.2.2 over quota", "soft"),
        ("5.3.4", "552 5.3.4 message too large", "soft"),
        ("", "connected to 5.1.1.20 and it said no", "soft"),  # an address is no code
        ("", "we do not like you", "soft"),
        ("", "", "soft"),
    ],
)
def test_in_doubt_a_mailbox_is_there(status: str, words: str, bad: str) -> None:
    """Hard is only what says that nobody gets mail at the address."""
    assert severity(status, words) == bad


def test_any_bytes_are_some_mail(ledger: Digest) -> None:
    """Mails of every make with bytes changed, cut and doubled are read without an error."""
    dice = random.Random(19)  # noqa: S311  the same each time
    for name in MAILS:
        mail = filled(ledger.home, name)
        for _ in range(12):
            broken = bytearray(mail)
            for _ in range(dice.randrange(1, 12)):
                at = dice.randrange(len(broken))
                broken[at : at + dice.randrange(3)] = dice.randbytes(dice.randrange(4))
            cut = broken[: dice.randrange(1, len(broken) + 1)]
            for given in (bytes(broken), bytes(cut), bytes(broken + cut)):
                assert read_notice(given).kind
    assert read_notice(b"").kind == "other"
    assert read_notice(b"x" * (LARGEST + 1)).kind == "other"
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (i, i) for i in range(300)
    )
    assert read_notice(b"Return-Path: <>\n" + nested).kind


@pytest.mark.parametrize(
    "given",
    ["bounces", "a*b*@x.example", "bounces@*.example", "b ounces@x.example", "ü*@x.example"],
)
def test_a_return_address_that_is_none_is_said(ledger: Digest, given: str) -> None:
    """In one line, which names the key."""
    (ledger.home / "feeds.yaml").write_text(
        f"mail: {{from: news@ledger.example, bounces: '{given}'}}\nfeeds:\n  - url: https://a.example/\n"
    )
    (ledger.home / "mail.eml").write_bytes(b"From: a@b.example\n\n")
    done = ledger("bounces", "read", str(ledger.home / "mail.eml"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "mail.bounces" in done.stderr


def test_keys_survive_servers_that_write_addresses_in_capitals(ledger: Digest) -> None:
    """And a key that is cut or made up is none."""
    with open_readers(ledger.home / "digest.sqlite3") as db:
        returns = return_address(RETURNS, bounce_tokens_of(db))
    address = returns.of(7)
    assert len(address.partition("@")[0]) <= 64
    assert returns.readers_in(f"<{address.upper()}>") == {7}
    for wrong in (
        address[:-20],
        address.replace("+", "+a"),
        "bounces+" + "a" * 24 + "@ledger.example",
    ):
        assert returns.readers_in(wrong) == frozenset()
    with pytest.raises(UsageError):
        return_address("bounces", returns.tokens)


@pytest.mark.parametrize("issue", [ISSUE, f"{ISSUE}-3f2a"])
def test_whatever_was_sent_is_known_by_its_message_id(issue: str) -> None:
    """An issue, and a correction to one; nothing else that has that form."""
    mine = replace(letter(), issue=issue, key=b"k" * 32)
    mail = reader_messages(mine).for_reader(ANN, "A" * 20).decode()
    assert marks_in(mail) == {(issue, message_mark(issue, ANN, b"k" * 32))}
    assert marks_in(mail.replace(f"<{issue}", "<join")) == frozenset()
