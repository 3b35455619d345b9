"""A file is the old one or the new one, never a part of either."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from digest.config.atomic_files import write_atomic, write_if_changed
from digest.errors import DigestError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_and_its_folder_are_made(tmp_path: Path) -> None:
    """Text is written as UTF-8, bytes as they are, and no other file stays behind."""
    write_atomic(tmp_path / "a" / "b.txt", "é\n")
    write_atomic(tmp_path / "a" / "c.bin", b"\x00\xff")
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"\xc3\xa9\n"
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["b.txt", "c.bin"]


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    """What cannot be encoded, or cannot replace what is there, changes nothing."""
    kept = tmp_path / "kept.txt"
    kept.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_atomic(kept, "\ud800")
    (tmp_path / "folder").mkdir()
    with pytest.raises(DigestError, match="folder: cannot be written"):
        write_atomic(tmp_path / "folder", "new")
    assert kept.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "kept.txt"]


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    """Once it is older than any write takes; a write that is under way is let be."""
    left, busy = tmp_path / ".a.txt.0123abcd.tmp", tmp_path / ".a.txt.4567abcd.tmp"
    for path in (left, busy):
        path.write_text("half")
    os.utime(left, (1, 1))
    write_atomic(tmp_path / "a.txt", "whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == [busy.name, "a.txt"]


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    """So that a file's time says when its content changed."""
    path = tmp_path / "a.txt"
    assert write_if_changed(path, "one") is True
    before = path.stat().st_ino
    assert write_if_changed(path, b"one") is False
    assert path.stat().st_ino == before
    assert write_if_changed(path, "two") is True


def test_a_new_file_is_as_readable_as_any_other(tmp_path: Path) -> None:
    """A web server must be able to read the archive: the mode is the umask's, not a temporary
    file's.
    """
    (tmp_path / "usual").write_text("")
    write_atomic(tmp_path / "ours", "")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    """As those have it who keep their files in a repository and link to them."""
    (tmp_path / "repository").mkdir()
    link = tmp_path / "home" / "feeds.yaml"
    link.parent.mkdir()
    link.symlink_to("../repository/feeds.yaml")
    for text in ("made", "changed"):
        write_atomic(link, text)
        assert (tmp_path / "repository" / "feeds.yaml").read_text() == text
        assert link.is_symlink()
    assert sorted(path.name for path in link.parent.iterdir()) == ["feeds.yaml"]


def test_links_in_a_circle_cannot_be_written(tmp_path: Path) -> None:
    """One line, and both are as they were."""
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(DigestError, match="a: cannot be written"):
        write_atomic(tmp_path / "a", "new")
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_symlink()) == ["a", "b"]


def test_who_may_read_a_file_stays_as_it_was(tmp_path: Path) -> None:
    """A file that its owner closed to others does not open at the next write."""
    path = tmp_path / "feeds.yaml"
    path.write_text("old")
    path.chmod(0o600)
    write_atomic(path, "new")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o600)
