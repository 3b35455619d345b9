"""What SpamAssassin's own rules say of our messages, where it is installed (Debian: spamassassin)."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.deliver.conftest import ISSUE, subscribe

if TYPE_CHECKING:
    from pathlib import Path

    from tests.press import Digest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("spamassassin"), reason="SpamAssassin is not installed"),
]
_RULE = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s+([A-Z]\w+)\s", re.MULTILINE)
# The test string that every filter must know (GTUBE).
KNOWN = b"XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"


def blamed(message: bytes, home: Path) -> dict[str, float]:
    """The rules that count against a message, with their points; no network is asked."""
    done = subprocess.run(
        ["spamassassin", "--local", "--test-mode", "--prefspath", str(home / "prefs")],  # noqa: S607  wherever it is
        input=message,
        env={"HOME": str(home), "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        timeout=300,
        check=True,
    )
    report = done.stdout.decode("utf-8", "replace").rpartition("Content analysis details")[2]
    points = {name: float(number) for number, name in _RULE.findall(report)}
    assert "HTML_MESSAGE" in points  # it was read, and as what it is
    return {name: count for name, count in points.items() if count > 0}


@pytest.mark.parametrize("settings", ["", "  reply_to: editor@ledger.example\n  connections: 2\n"])
def test_no_rule_counts_against_a_message(ledger: Digest, tmp_path: Path, settings: str) -> None:
    """As every reader gets it."""
    file = ledger.home / "feeds.yaml"
    file.write_text(file.read_text() + settings)
    subscribe(ledger, 1)
    assert ledger("send", ISSUE, "--dry-run").returncode == 0
    (mail,) = (ledger.home / "output" / "mail" / ISSUE).glob("*.eml")
    message = mail.read_bytes()
    assert blamed(message, tmp_path) == {}
    begins = b"quoted-printable\r\n\r\n"
    spoiled = message.replace(begins, begins + KNOWN + b"\r\n", 1)
    assert spoiled != message
    assert "GTUBE" in blamed(spoiled, tmp_path)
