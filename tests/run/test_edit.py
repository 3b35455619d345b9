"""An editor at work on a draft: what is asked for is done, can be undone, and never goes over what
somebody else has written meanwhile.
"""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from digest.config.loading import load as load_config
from digest.errors import ConflictError, IssueError, Locked, UsageError
from digest.issue.folder import hash_of
from digest.run import edit, pipeline
from digest.run.acceptance import accept
from digest.run.approval import approve
from digest.run.candidates import standing
from digest.run.draft_history import history
from digest.run.job import job_for
from digest.run.lock import drafting
from digest.run.publish import issue_object, load, render
from digest.run.session import Session
from digest.store import drafts, open_state
from tests.means import MEANS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from digest.run.edit import Edited

ISSUE = "2025-09-22-daily"


@contextmanager
def opened(home: Path) -> Iterator[Session]:
    """The state of a home, as one command opens it."""
    config = load_config(home / "feeds.yaml")
    with open_state(config.state) as db:
        yield Session(config, db, now=datetime(2025, 9, 24, 7, 0, tzinfo=UTC), **MEANS)


@pytest.fixture
def home(made_day: Path, tmp_path: Path) -> Path:
    """A copy of a made issue."""
    return shutil.copytree(made_day, tmp_path / "home")


@pytest.fixture
def session(home: Path) -> Iterator[Session]:
    """It, opened."""
    with opened(home) as session:
        yield session


def ids(session: Session) -> list[str]:
    """The stories that the draft tells, in their order."""
    return [one.id for one in load(session, ISSUE).told if one.item.kind == "story"]


def markdown(session: Session) -> Path:
    """The draft's file."""
    return session.folder(ISSUE).markdown


def changed_by_hand(session: Session) -> str:
    """Somebody writes another headline in another editor; returns the text."""
    file = markdown(session)
    headline = load(session, ISSUE).told[0].item.headline
    file.write_text(file.read_text().replace(headline, "Prices fell by 97%"))
    return file.read_text()


def test_a_dropped_story_is_listed_as_left_out(session: Session) -> None:
    """And its source still stands in the highlights, which is said."""
    story = load(session, ISSUE).told[0]
    done = edit.drop(session, ISSUE, story.id)
    assert story.id not in ids(session)
    rows = issue_object(load(session, ISSUE))["left_out"]
    assert "dropped by the editor" in [
        row["why"] for row in rows if row["entry_url"] == story.sources[0].url
    ]
    assert any(f"no story does: {story.item.links[0].url}" in line for line in done.said)


def test_a_story_is_named_by_words_of_its_headline(session: Session) -> None:
    """Where they could mean two, both are named; where none, all that there are."""
    first = load(session, ISSUE).told[0]
    edit.move(session, ISSUE, first.item.headline[:25].upper(), 2)
    assert ids(session)[1] == first.id
    with pytest.raises(IssueError, match=first.id):
        edit.drop(session, ISSUE, "no such story")


def test_a_theme_is_kept_over_another_run(session: Session) -> None:
    """It is the editor's, wherever the issue's themes are shown, and goes when it is undone."""
    story = ids(session)[0]
    edit.set_theme(session, ISSUE, story, "energy")
    pipeline.make(session, job_for(session, "daily", date(2025, 9, 22)))
    told = load(session, ISSUE).told[0].facts
    assert (told["theme"], told["theme_why"]) == ("Energy & grid", "chosen by the editor")
    edit.undo(session, ISSUE)
    assert load(session, ISSUE).told[0].facts["theme_why"] != "chosen by the editor"
    with pytest.raises(UsageError, match="Energy & grid"):
        edit.set_theme(session, ISSUE, story, "Gardening")


def test_what_is_merged_and_split_is_checked_again(session: Session) -> None:
    """Both parts are the sources' own words still, with their sources."""
    first, second = ids(session)[:2]
    edit.merge(session, ISSUE, first, second)
    one = load(session, ISSUE).told[0]
    assert one.standing.verdict == "extract"
    assert len({span.entry for insight in one.insights for span in insight.evidence}) > 1
    edit.split(session, ISSUE, first)
    parted = load(session, ISSUE).told[:2]
    assert [part.standing.verdict for part in parted] == ["extract", "extract"]
    assert parted[1].facts["theme"] == parted[0].facts["theme"]


def test_what_is_merged_into_another_is_told(session: Session) -> None:
    """It does not come back tomorrow; what was dropped may."""
    first, second, third = ids(session)[:3]
    edit.merge(session, ISSUE, first, second)
    edit.drop(session, ISSUE, third)
    told = standing(session, load(session, ISSUE).record)
    assert (second in told, third in told) == (True, False)


@pytest.mark.parametrize("words", ["headline", "text"])
def test_a_story_that_lost_its_marker_is_known_by_its_words(session: Session, words: str) -> None:
    """Under its headline with another text, and with its text under another headline."""
    one = load(session, ISSUE).told[0]
    text = (session.folder(ISSUE).text() or "").replace(getattr(one.item, words), "Other words", 1)
    marker = next(line for line in text.splitlines() if f"story:{one.id}" in line)
    edit.write_text(session, ISSUE, text.replace(f"{marker}\n", "\n"))
    again = load(session, ISSUE).told[0]
    assert (again.id, again.facts["theme"]) == (one.id, one.facts["theme"])


def test_a_typed_story_is_flagged_where_no_source_says_so(session: Session) -> None:
    """The number that is nobody's is named at once."""
    story = load(session, ISSUE).told[0]
    block = (
        f"- **{story.item.headline}:** It cost $987 million.\n  [A]({story.item.links[0].url})\n"
    )
    done = edit.write_story(session, ISSUE, story.id, block)
    assert any(line.startswith("flagged: ") and "987" in line for line in done.said)


@pytest.mark.parametrize(
    "operation",
    [
        lambda session: edit.drop(session, ISSUE, ids(session)[0]),
        lambda session: edit.move(session, ISSUE, ids(session)[0], 3),
        lambda session: edit.merge(session, ISSUE, *ids(session)[:2]),
        lambda session: edit.set_theme(session, ISSUE, ids(session)[0], "Energy & grid"),
    ],
    ids=["drop", "move", "merge", "theme"],
)
def test_every_change_is_undone_and_redone_after_a_restart(
    home: Path, operation: Callable[[Session], Edited]
) -> None:
    """issue.md is byte for byte what it was, and again what it became; what somebody typed in
    another editor meanwhile is a change like any.
    """
    with opened(home) as session:
        before = markdown(session).read_bytes()
        operation(session)
        after = markdown(session).read_bytes()
        typed = changed_by_hand(session).encode()
    with opened(home) as session:
        edit.undo(session, ISSUE)
        assert markdown(session).read_bytes() == after
        edit.undo(session, ISSUE)
        assert markdown(session).read_bytes() == before
    with opened(home) as session:
        edit.redo(session, ISSUE)
        assert markdown(session).read_bytes() == after
        edit.redo(session, ISSUE)
        assert markdown(session).read_bytes() == typed
        with pytest.raises(IssueError, match="nothing to redo"):
            edit.redo(session, ISSUE)


def test_a_crash_before_the_file_is_written_undoes_nothing_else(session: Session) -> None:
    """The history had the new text, the file did not: the next undo is of the change before."""
    before = markdown(session).read_text()
    edit.move(session, ISSUE, ids(session)[0], 2)
    moved = markdown(session).read_text()
    edit.drop(session, ISSUE, ids(session)[0])
    markdown(session).write_text(moved)
    edit.undo(session, ISSUE)
    assert markdown(session).read_text() == before
    edit.redo(session, ISSUE)
    edit.redo(session, ISSUE)
    assert len(ids(session)) == len(load(session, ISSUE).record.facts["stories"]) - 1


def test_the_history_has_a_bound(session: Session) -> None:
    """The oldest texts go; the change before is there to be undone."""
    for number in range(drafts.MOST_KEPT + 5):
        drafts.put(session.db, ISSUE, str(number), {}, "typed", session.now)
    kept = history(session, ISSUE)
    assert [one.text for one in (kept[0], kept[-1])] == ["5", str(drafts.MOST_KEPT + 4)]


def test_nothing_is_written_over_what_somebody_else_wrote(session: Session) -> None:
    """Whoever saw an older text gets the newer one, and neither file nor history changes."""
    seen = load(session, ISSUE).draft_hash
    typed = changed_by_hand(session)
    for attempt in (
        lambda: edit.drop(session, ISSUE, ids(session)[1], seen=seen),
        lambda: edit.write_text(session, ISSUE, "mine", seen=seen),
        lambda: edit.undo(session, ISSUE, seen=seen),
        lambda: approve(session, ISSUE, seen=seen),
        lambda: accept(session, ISSUE, "x", "Ada", seen=seen),
    ):
        with pytest.raises(ConflictError) as conflict:
            attempt()
        assert conflict.value.current == typed
    assert markdown(session).read_text() == typed
    assert history(session, ISSUE) == ()
    assert edit.write_text(session, ISSUE, typed, seen=hash_of(typed)).text == typed


def test_a_text_that_cannot_be_read_is_not_written(session: Session) -> None:
    """The line that is wrong is named; a broken file can be put right."""
    good = markdown(session).read_text()
    with pytest.raises(IssueError, match=r"issue\.md:\d+"):
        edit.write_text(session, ISSUE, good.replace("## ", "#### ", 1))
    markdown(session).write_text("broken")
    edit.write_text(session, ISSUE, good)
    assert markdown(session).read_text() == good


def test_an_approved_issue_that_is_changed_is_a_draft_again(session: Session) -> None:
    """It says so, in its issue.json too; undone, it is approved as before."""
    approve(session, ISSUE)
    done = edit.drop(session, ISSUE, ids(session)[0])
    assert any("it is a draft again" in line for line in done.said)
    render(session, ISSUE)
    value = json.loads((session.folder(ISSUE).path / "issue.json").read_text())
    assert value["status"] == "draft"
    undone = edit.undo(session, ISSUE)
    assert any("is approved" in line for line in undone.said)
    render(session, ISSUE)
    assert load(session, ISSUE).status == "approved"


def test_an_acceptance_has_a_name_a_note_and_the_words_it_is_for(session: Session) -> None:
    """It stands in issue.json, and lapses when the words change."""
    changed_by_hand(session)
    title, flag = sorted(load(session, ISSUE).unaccepted(), key="title".__ne__)
    accept(session, ISSUE, title)
    issue = accept(session, ISSUE, flag, "Ada", "asked  the\nauthor")
    wanted = {"by": "Ada", "note": "asked the author", "at": session.now.isoformat()}
    assert issue.acceptances[flag] == wanted
    assert issue_object(issue)["acceptances"] == issue.acceptances
    assert issue.acceptances[title]["by"] == session.config.newsletter.editor
    assert issue.unaccepted() == {}
    text = markdown(session).read_text()
    markdown(session).write_text(text.replace("fell by 97%", "fell by 98%"))
    again = load(session, ISSUE)
    assert (again.acceptances, set(again.unaccepted())) == ({}, {title, flag})


def test_an_acceptance_is_of_something_flagged(session: Session) -> None:
    """What is flagged is named."""
    with pytest.raises(IssueError, match="flagged: nothing"):
        accept(session, ISSUE, "nothing", "Ada")


def test_whoever_writes_a_draft_waits_for_the_one_before(session: Session) -> None:
    """And says which process holds it when that lasts."""
    state = session.config.state
    with drafting(state), pytest.raises(Locked), drafting(state, patience=0.05):
        pass
    with drafting(state):
        assert ids(session)
