"""`digest backup` and `digest restore`: all state in one file, and back."""

from __future__ import annotations

import json
import sqlite3
import stat
import threading
import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.press import Digest


@pytest.fixture
def ledger(digest: Digest) -> Digest:
    """The command in a home with a state and a reader."""
    (digest.home / "feeds.yaml").write_text("feeds:\n  - url: https://press.example/feed\n")
    assert digest("feeds", "list").returncode == 0
    assert digest("subscribers", "add", "ann@inbox.example").returncode == 0
    return digest


def test_a_backup_comes_back_as_it_was(ledger: Digest) -> None:
    """Readers, their tokens and their secrets; the files are their owner's alone."""
    assert ledger("backup", "copies/monday.digest").returncode == 0
    copy = ledger.home / "copies" / "monday.digest"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    before = ledger("subscribers", "list", "--json").stdout
    with sqlite3.connect(ledger.home / "digest.readers.sqlite3") as db:
        secrets = db.execute("SELECT * FROM secrets ORDER BY name").fetchall()
    db.close()
    refused = ledger("restore", str(copy))
    assert refused.returncode == 2
    assert "move it aside" in refused.stderr
    for file in ledger.home.glob("digest*.sqlite3*"):
        file.unlink()
    assert ledger("restore", str(copy)).returncode == 0
    assert ledger("subscribers", "list", "--json").stdout == before
    assert stat.S_IMODE((ledger.home / "digest.readers.sqlite3").stat().st_mode) == 0o600
    with sqlite3.connect(ledger.home / "digest.readers.sqlite3") as db:
        assert db.execute("SELECT * FROM secrets ORDER BY name").fetchall() == secrets
    db.close()


def test_a_backup_overwrites_nothing(ledger: Digest) -> None:
    """Exit code 2, the file as it was."""
    (ledger.home / "mine").write_text("precious")
    assert ledger("backup", "mine").returncode == 2
    assert (ledger.home / "mine").read_text() == "precious"
    assert {file.name for file in ledger.home.glob(".*")} == set()


def test_a_backup_is_consistent_while_others_write(ledger: Digest) -> None:
    """A writer that adds two rows in each transaction is never seen with one."""
    stop = threading.Event()

    def write() -> None:
        with sqlite3.connect(ledger.home / "digest.readers.sqlite3", timeout=10) as db:
            number = 0
            while not stop.is_set():
                number += 1
                with db:
                    for half in "ab":
                        db.execute(
                            "INSERT INTO forgotten VALUES (?, '')", (f"{number}{half}".encode(),)
                        )
        db.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            assert ledger("backup", f"{number}.digest").returncode == 0
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        with zipfile.ZipFile(ledger.home / f"{number}.digest") as packed:
            packed.extract("readers.sqlite3", ledger.home / str(number))
        with sqlite3.connect(ledger.home / str(number) / "readers.sqlite3") as db:
            assert db.execute("SELECT count(*) FROM forgotten").fetchone()[0] % 2 == 0
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        db.close()


@pytest.mark.parametrize("damage", ["cut", "text", "foreign", "flipped", "missing", "swapped"])
def test_a_damaged_backup_restores_nothing(ledger: Digest, damage: str) -> None:
    """One line, and no file is left."""
    ledger("backup", "good.digest")
    good, bad = ledger.home / "good.digest", ledger.home / "bad.digest"
    data = good.read_bytes()
    if damage == "cut":
        bad.write_bytes(data[: len(data) // 2])
    elif damage == "text":
        bad.write_text("no back-up")
    elif damage == "flipped":
        middle = len(data) // 2
        bad.write_bytes(data[:middle] + bytes([data[middle] ^ 255]) + data[middle + 1 :])
    elif damage == "foreign":
        with zipfile.ZipFile(bad, "w") as packed:
            packed.writestr("backup.json", json.dumps({"made_at": "2026-01-01T00:00:00+00:00"}))
            packed.writestr("state.sqlite3", "x")
            packed.writestr("../evil", "x")
    elif damage == "swapped":
        with zipfile.ZipFile(good) as packed, zipfile.ZipFile(bad, "w") as made:
            made.writestr("backup.json", packed.read("backup.json"))
            made.writestr("state.sqlite3", packed.read("readers.sqlite3"))
    for file in ledger.home.glob("digest*.sqlite3*"):
        file.unlink()
    done = ledger("restore", "bad.digest")
    assert done.returncode in {1, 2}
    assert done.stderr.count("\n") == 1
    assert not [file for file in ledger.home.glob("digest*.sqlite3") if file.exists()]
    assert not list(ledger.home.glob(".restore*"))
