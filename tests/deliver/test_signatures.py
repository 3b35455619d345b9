"""DKIM: what dkimpy signs for us it verifies, and both headers for leaving are signed."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.deliver.conftest import ISSUE, subscribe

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mail_sink import MailSink
    from tests.press import Digest

dkim = pytest.importorskip("dkim")
KEY = Path(__file__).with_name("dkim.pem")


def published(_name: bytes, timeout: int = 5) -> bytes:
    """The public key as DNS has it."""
    der = subprocess.run(
        [
            shutil.which("openssl") or "openssl",
            "rsa",
            "-in",
            str(KEY),
            "-pubout",
            "-outform",
            "DER",
        ],
        capture_output=True,
        check=True,
    ).stdout
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(der)


@pytest.fixture
def signed(ledger: Digest, sink: MailSink) -> bytes:
    """A message that was sent signed."""
    (ledger.home / "news.pem").write_bytes(KEY.read_bytes())
    settings = ledger.home / "feeds.yaml"
    settings.write_text(settings.read_text() + "  dkim: {selector: s1, key: news.pem}\n")
    subscribe(ledger, 1)
    done = ledger("send", ISSUE, **sink.environment)
    assert done.returncode == 0, done.stderr
    ((mail,),) = sink.taken.values()
    return mail


def test_the_signature_holds(signed: bytes) -> None:
    """As sent, and with both headers named in it."""
    assert dkim.verify(signed, dnsfunc=published)
    header = re.sub(rb"\s+", b"", signed.partition(b"\r\nFrom:")[0]).lower()
    names = re.findall(rb";h=([^;]*);", header)[0].split(b":")
    assert {b"from", b"to", b"list-unsubscribe", b"list-unsubscribe-post"} <= set(names)


@pytest.mark.parametrize(
    "change",
    [
        lambda mail: mail.replace(b"/u/daily/", b"/u/other/", 1),
        lambda mail: mail.replace(b"=One-Click", b"=Two-Click", 1),
        lambda mail: mail.replace(b"To: reader0@", b"To: reader1@", 1),
        lambda mail: mail.replace(b"Ledger", b"Leader", 1),
    ],
)
def test_a_change_on_the_way_breaks_it(signed: bytes, change: Callable[[bytes], bytes]) -> None:
    """Of the link, of its Post header, of the recipient, of a word."""
    assert change(signed) != signed
    assert not dkim.verify(change(signed), dnsfunc=published)


@pytest.mark.parametrize("key", [None, "no key\n"])
def test_a_key_that_is_none_is_said_before_anything_is_sent(
    ledger: Digest, sink: MailSink, key: str | None
) -> None:
    """One line, exit code 2; the issue stays approved."""
    if key:
        (ledger.home / "news.pem").write_text(key)
    settings = ledger.home / "feeds.yaml"
    settings.write_text(settings.read_text() + "  dkim: {selector: s1, key: news.pem}\n")
    subscribe(ledger, 1)
    done = ledger("send", ISSUE, **sink.environment)
    assert done.returncode == 2
    assert "mail.dkim.key" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not sink.connections
