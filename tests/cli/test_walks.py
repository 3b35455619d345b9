"""Walks through the program as a newcomer, as cron and as an editor take them: what each types, and
what each must be told on the way.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
from typing import TYPE_CHECKING

from digest.issue.issue_md import parse
from tests.press import DAY, Digest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.press import Press

ISSUE = f"{DAY}-daily"


def said(digest: Digest, line: str, code: int = 0) -> str:
    """What a command line prints, errors last; it ends with this exit code, and every error is one
    line.
    """
    done = digest(*shlex.split(line))
    assert done.returncode == code, (line, done.stdout, done.stderr)
    errors = [one for one in done.stderr.splitlines() if one.startswith("digest: ")]
    assert len(errors) <= 1 + (code == 0)
    assert "Traceback" not in done.stderr
    return f"{done.stdout}\n{done.stderr}".strip()


def test_a_newcomer_is_told_what_to_do_next(digest: Digest, press: Press) -> None:
    """From nothing to an issue: each step says what it did and what comes next."""
    assert "init" in said(digest, "")
    assert "digest run --edition insights --date yesterday" in said(digest, "help run")
    began = said(digest, "init 'my list' --empty").splitlines()
    assert began[0] == "wrote 'my list/feeds.yaml'"
    assert began[-1].endswith("feeds add URL")
    assert "nothing is overwritten" in said(digest, "init 'my list'", 2)
    here = Digest(digest.home / "my list")
    assert said(here, "issues") == "no issues yet; make one with: digest run"
    assert "'digest feeds add URL' adds one" in said(here, "run", 2)
    assert said(here, "doctor", 1).splitlines()[-1] == "exit code 1; what does not work: feeds"
    assert "Did you mean 'run'?" in said(here, "rnu", 2)
    (here.home / "feeds.yaml").write_text(press.config)
    assert said(here, "doctor").splitlines()[-1] == "exit code 0: what is set up works"
    assert f"{ISSUE}: the draft is made" in said(here, f"run --date {DAY}")
    assert ISSUE in said(here, "issues")
    assert "is not a day" in said(here, "run --date tomorrow-ish", 2)
    assert "OPML is no JSON" in said(here, "feeds export --json", 2)


def test_cron_is_told_what_came_of_a_night(newsroom: Digest) -> None:
    """A time beside each stage; a second run does nothing; a quiet day says what there was."""
    night = said(newsroom, f"run --date {DAY}")
    assert len(re.findall(r"^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d \w+: ", night, re.MULTILINE)) == 3
    draft = newsroom.home / "output" / ISSUE / "issue.md"
    before = draft.read_bytes()
    assert "already made; nothing has changed" in said(newsroom, f"run --date {DAY}")
    assert draft.read_bytes() == before
    settings = newsroom.home / "feeds.yaml"
    many = settings.read_text().replace("min_stories: 3", "min_stories: 90")
    settings.write_text(many)
    draft.unlink()
    quiet = said(newsroom, f"run --date {DAY}", 3).splitlines()[-1]
    assert re.search(r"a quiet day: \d+ stories of the 90 that a daily issue needs \(\w.*\)", quiet)
    settings.write_text(f"newsletter: {{language: sw}}\n{many}")
    foreign = said(newsroom, f"run --date {DAY}", 3).splitlines()[-1]
    assert re.search(r"needs; \d+ documents left out \(other language \d+\)", foreign)


def test_an_editor_loses_nothing_and_is_told_each_mistake(made_day: Path, digest: Digest) -> None:
    """Lists, other bullets and lost markers are understood; what cannot be is refused with its
    line, and the last good page stays.
    """
    shutil.copytree(made_day, digest.home, dirs_exist_ok=True)
    draft = digest.home / ISSUE / "issue.md"
    page = draft.with_name("index.html")
    text = draft.read_text()
    first, second = parse(text).parts[0].items[:2]
    listed = text.replace(first.text, f"{first.text}\n  * one point\n  * another")
    listed = re.sub(r"^- \*\*(.+?):\*\*", r"+ __\1:__", listed, flags=re.MULTILINE)
    draft.write_text(re.sub(rf"\n *<!-- story:{second.id}.*-->", "", listed))
    assert "flagged" in said(digest, f"render {ISSUE}")
    stories = json.loads(said(digest, f"show {ISSUE} --json"))["sections"][0]["stories"]
    assert [story["id"] for story in stories[:2]] == [first.id, second.id]
    assert stories[0]["text"].endswith("• one point • another")
    good = page.read_bytes()
    marker = re.search(rf"<!-- story:{first.id}.*-->", text)
    assert marker is not None
    for wrong, says in (
        (text.replace(first.text, f"![a chart](https://a.example/c.png) {first.text}"), "an image"),
        (text.replace(first.text, f"<iframe src=x> {first.text}"), "<iframe"),
        (text.replace(marker[0], f"{marker[0]} and more"), "goes above it"),
        (
            text.replace(marker[0], f"{marker[0]}\n  <!-- story:{second.id} -->"),
            "delete the marker",
        ),
        (text.replace("## Top Stories", "# Top Stories"), "a heading"),
    ):
        draft.write_text(wrong)
        refused = said(digest, f"render {ISSUE}", 1)
        assert re.search(rf"issue\.md:\d+: .*{re.escape(says)}", refused), refused
        assert page.read_bytes() == good
        assert "cannot be read" in said(digest, "issues")
    draft.write_text(text)
    assert "approved; the archive is" in said(digest, f"approve {ISSUE}")
    assert "approved" in said(digest, "issues")
    draft.write_text(text.replace("title: ", "title: Newly ", 1))
    assert "draft" in said(digest, "issues")
