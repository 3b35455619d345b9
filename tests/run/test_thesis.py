"""The newsletter's own reading of a day: written, shown as such, and held to what it rests on when
its editor changes it.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from digest.errors import IssueError
from digest.issue.issue_md import write
from digest.run import pipeline
from digest.run.approval import approve
from digest.run.job import with_thesis
from digest.run.publish import issue_object, load, render
from tests.model_server import Asked, model_server
from tests.run.test_model_run import good, make, opened

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(fetched_day: Path, tmp_path: Path) -> Path:
    """A copy of what was fetched."""
    return shutil.copytree(fetched_day, tmp_path / "home")


PLAIN = "Some of it is borrowed while the rest is paid for, and nobody says who pays in the end."


def thoughtful(asked: Asked) -> str:
    """A model that answers well and has a thesis on the first two stories."""
    answer = good(asked)
    if '"title_insights"' not in asked.prompt:
        return answer
    return json.dumps({**json.loads(answer), "thesis": PLAIN, "thesis_stories": ["s1", "s2"]})


def edited(home: Path, server: Any, **change: Any) -> dict[str, Any]:
    """issue.json after the editor changed these fields of the draft."""
    with opened(home, server) as (session, job):
        place = session.folder(job.id)
        draft = place.draft()
        place.markdown.write_text(write(replace(draft, **change)))
        return issue_object(render(session, job.id))


def test_a_thesis_stands_above_the_highlights_as_the_newsletter_s_own(home: Path) -> None:
    """In web, mail, text and JSON, marked; it lowers no story's verdict."""
    with model_server(thoughtful) as server:
        issue, run = make(home, server)
    stories = [story["id"] for section in issue["sections"] for story in section["stories"]]
    assert issue["thesis"] == {"text": PLAIN, "stories": stories[:2], "verdict": "reading"}
    assert issue["verdicts"]["reading"] == 1
    assert issue["verdicts"]["flagged"] == 0
    for name in ("index.html", "email.html", "email.txt"):
        words = re.sub(r"<[^>]+>|\s+", " ", (run.folder(issue["id"]).path / name).read_text())
        shown = re.sub(r"\s+", " ", words)
        assert f"Our reading: {PLAIN}" in shown, name
        assert shown.index(PLAIN) < shown.rindex(" Highlights "), name


INVENTED = "Some of it is borrowed while the lenders have begun to sue, and nobody says who pays."


@pytest.mark.parametrize(("better", "stands"), [(PLAIN, True), (INVENTED, False)])
def test_a_thesis_that_tells_what_no_source_tells_is_put_right_or_dropped(
    home: Path, better: str, stands: bool
) -> None:
    """The second reading is told that it is a reading, and doubts its deed; the model has one more
    attempt.
    """

    def answers(asked: Asked) -> str:
        if "(reading) Some of it is borrowed while the lenders" in asked.prompt:
            row = {"id": "thesis", "words": "", "why": "nobody sues", "result": "not_said"}
            return json.dumps({"claims": [row]})
        if "the newsletter's own reading, one sentence" in asked.prompt:
            return json.dumps({"claims": [{"id": "thesis", "text": better}]})
        answer = thoughtful(asked)
        return answer.replace(PLAIN, INVENTED)

    with model_server(answers) as server:
        issue, _ = make(home, server)
    assert (issue["thesis"] or {}).get("text") == (PLAIN if stands else None)


def test_without_a_second_reading_there_is_no_thesis(home: Path) -> None:
    """Nobody has read whether a source says otherwise; the question does not ask for one."""
    settings = home / "feeds.yaml"
    settings.write_text("grounding: {judge: none}\n" + settings.read_text())
    with model_server(thoughtful) as server:
        issue, _ = make(home, server)
        assert not [one for one in server.real if "- thesis:" in one.system]
    assert issue["thesis"] is None


def test_a_thesis_that_the_editor_changed_is_checked_again(home: Path) -> None:
    """A number that no story has is flagged and keeps the issue from approval; one of plain words
    is read a second time and stands.
    """
    with model_server(thoughtful) as server:
        issue, _ = make(home, server)
        wrong = edited(home, server, thesis="Somebody pays $873 billion in the end.")["thesis"]
        assert wrong["verdict"] == "flagged"
        assert "873" in wrong["flagged"]
        with (
            opened(home, server) as (session, job),
            pytest.raises(IssueError, match="thesis is flagged"),
        ):
            approve(session, job.id)
        waits = edited(home, server, thesis="Some of it is borrowed, and nobody says who pays.")
        assert "nobody has read" in waits["thesis"]["flagged"]
        with opened(home, server) as (session, job):
            assert approve(session, job.id).status == "approved"
            assert load(session, job.id).standings["thesis"].verdict == "reading"
    assert issue["thesis"]["verdict"] == "reading"


def test_a_thesis_whose_stories_are_dropped_is_none(home: Path) -> None:
    """With one of its two stories gone it rests on one."""
    with model_server(thoughtful) as server:
        make(home, server)
        with opened(home, server) as (session, job):
            parts = session.folder(job.id).draft().parts
        left = (replace(parts[0], items=parts[0].items[1:]), *parts[1:])
        thesis = edited(home, server, parts=left)["thesis"]
    assert len(thesis["stories"]) == 1
    assert "fewer than 2 stories" in thesis["flagged"]


OWN = "Some of it is lent while the rest is paid for, and nobody says who pays in the end."


def made_with(home: Path, server: Any, thesis: str) -> dict[str, Any]:
    """issue.json of a run with the editor's thesis; "" for a run without."""
    with opened(home, server) as (session, job):
        pipeline.make(session, with_thesis(job, thesis))
        issue: dict[str, Any] = json.loads((session.folder(job.id).path / "issue.json").read_text())
        return issue


def test_an_editor_s_thesis_is_read_and_title_and_highlights_are_told_of_it(home: Path) -> None:
    """It rests on the stories that the model names, and a run without it keeps it."""
    with model_server(thoughtful) as server:
        thesis = made_with(home, server, OWN)["thesis"]
        asked = [one for one in server.real if "The thesis is the editor's" in one.prompt]
        again = made_with(home, server, "")["thesis"]
    assert (thesis["text"], thesis["verdict"], len(thesis["stories"])) == (OWN, "reading", 2)
    assert [OWN in one.prompt for one in asked] == [True]
    assert again == thesis


def test_an_editor_s_thesis_that_no_story_bears_out_is_flagged_and_not_rewritten(
    home: Path,
) -> None:
    """The words are the editor's; it is approved only by name."""
    with model_server(thoughtful) as server:
        thesis = made_with(home, server, "Somebody pays $873 billion in the end.")["thesis"]
    assert thesis["text"] == "Somebody pays $873 billion in the end."
    assert (thesis["verdict"], "873" in thesis["flagged"]) == ("flagged", True)
