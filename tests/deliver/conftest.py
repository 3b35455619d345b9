"""A home with an approved issue, and the ways in which tests look at what was sent."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from digest.deliver.leave_links import LeaveWays
from digest.deliver.message import Letter
from tests.built_once import built_once
from tests.press import DAY, Digest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.press import Press

ISSUE = f"{DAY}-daily"
LISTS = "https://127.0.0.1:9"  # where nobody answers: sending warns and goes on
MAIL = f"""mail:
  from: The Ledger <news@ledger.example>
  lists_url: {LISTS}
  lists_mail: leave@ledger.example
"""


@pytest.fixture(scope="session")
def approved_home(tmp_path_factory: pytest.TempPathFactory, press: Press) -> Path:
    """A home whose issue is approved. To be copied, never changed."""

    def build(home: Path) -> None:
        (home / "feeds.yaml").write_text(press.config + MAIL)
        digest = Digest(home)
        for command in (("run", "--date", DAY), ("approve", ISSUE)):
            done = digest(*command)
            assert done.returncode == 0, done.stderr

    return built_once(tmp_path_factory, "approved-home", build)


@pytest.fixture
def ledger(approved_home: Path, digest: Digest) -> Digest:
    """The command in a home whose issue is approved and has no readers yet."""
    shutil.copytree(approved_home, digest.home, dirs_exist_ok=True)
    return digest


def subscribe(digest: Digest, count: int, first: int = 0) -> None:
    """Put so many confirmed readers on the list."""
    rows = "".join(f"reader{i}@inbox.example\n" for i in range(first, first + count))
    file = digest.home / "readers.csv"
    file.write_text(f"email\n{rows}")
    done = digest("subscribers", "import", str(file), "--state", "confirmed")
    assert done.returncode == 0, done.stderr


def letter(**changes: str) -> Letter:
    """A letter, with some of it changed."""
    values = {"subject": "Chips", "list_name": "The Ledger", "html": "<p>Hi</p>", "text": "Hi\n"}
    return Letter(
        issue="2026-02-05-daily",
        sender="The Ledger <news@ledger.example>",
        reply_to="",
        when=datetime(2026, 2, 5, 7, tzinfo=UTC),
        ways=LeaveWays("daily", "https://lists.example", "leave@ledger.example"),
        **{**values, **changes},  # type: ignore[arg-type]  # texts, all of them
    )
