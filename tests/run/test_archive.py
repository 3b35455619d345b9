"""What is published stays published, with the state and without it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.press import DAY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.press import Digest

ISSUE = f"{DAY}-daily"


def approved(newsroom: Digest) -> Path:
    """The archive with one issue in it."""
    assert newsroom("run", "--date", DAY).returncode == 0
    done = newsroom("approve", ISSUE)
    assert done.returncode == 0, done.stderr
    return newsroom.home / "output" / "site"


def rebuilt(newsroom: Digest) -> dict[str, object]:
    """What `digest site rebuild` says."""
    done = newsroom("site", "rebuild", "--json")
    assert done.returncode == 0, done.stderr
    value: dict[str, object] = json.loads(done.stdout)
    return value


def test_without_its_state_the_archive_is_the_same(newsroom: Digest) -> None:
    """An approved issue's folder is complete: page, list and feed come out byte for byte; the index
    of the search has other names each time that it is made.
    """
    site = approved(newsroom)

    def published() -> dict[Path, bytes]:
        files = (path for path in site.rglob("*") if path.is_file())
        return {path: path.read_bytes() for path in files if "pagefind" not in path.parts}

    before = published()
    for path in newsroom.home.glob("digest.sqlite3*"):
        path.unlink()
    for path in before:
        path.unlink()
    assert rebuilt(newsroom)["issues"] == 1
    assert published() == before
    assert (site / "search" / "pagefind" / "pagefind.js").is_file()


def test_what_nobody_vouches_for_stays_and_is_named(newsroom: Digest) -> None:
    """A folder whose draft was changed after the state was lost is no longer what was approved."""
    site = approved(newsroom)
    page = site / "issues" / ISSUE / "index.html"
    published = page.read_bytes()
    for path in newsroom.home.glob("digest.sqlite3*"):
        path.unlink()
    draft = newsroom.home / "output" / ISSUE / "issue.md"
    draft.write_text(draft.read_text().replace("## Highlights", "## Highlights\n\nMore."))
    assert rebuilt(newsroom)["left"] == [ISSUE]
    assert page.read_bytes() == published


def test_a_folder_of_anothers_making_changes_nothing(newsroom: Digest) -> None:
    """Nor does one whose issue.json is no JSON."""
    site = approved(newsroom)
    for name, text in (("a", "{"), ("b", "[]"), ("c", '{"approved": {"hash": "e3"}}')):
        folder = newsroom.home / "output" / name
        folder.mkdir()
        (folder / "issue.json").write_text(text)
    assert (
        rebuilt(newsroom)["issues"],
        sorted(path.name for path in (site / "issues").iterdir()),
    ) == (1, [ISSUE])


def test_an_approved_issue_says_when_and_what_was_approved(newsroom: Digest) -> None:
    """Its issue.json has the hash of what readers get."""
    approved(newsroom)
    value = json.loads((newsroom.home / "output" / ISSUE / "issue.json").read_text())
    assert value["status"] == "approved"
    assert set(value["approved"]) == {"at", "by", "hash"}


def test_an_issue_of_an_earlier_version_is_completed(newsroom: Digest) -> None:
    """A folder that was approved before the hash was kept in it gets it while the state is there,
    and vouches for itself afterwards.
    """
    approved(newsroom)
    file = newsroom.home / "output" / ISSUE / "issue.json"
    value = json.loads(file.read_text())
    del value["approved"]
    file.write_text(json.dumps(value))
    rebuilt(newsroom)
    for path in newsroom.home.glob("digest.sqlite3*"):
        path.unlink()
    again = rebuilt(newsroom)
    assert (again["issues"], again["left"]) == (1, [])
