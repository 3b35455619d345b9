"""What the editor typed in a draft, and what nobody had read for its meaning: the second reading at
approval, or when asked.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from digest.cli.issue_results import approval_json, approval_lines, issue_lines, issue_value
from digest.errors import IssueError
from digest.issue.issue_md import parse
from digest.run import pipeline
from digest.run.approval import approve
from digest.run.publish import load, read_draft, render
from tests.model_server import Asked, ModelServer, model_server, second_reading, sums
from tests.run.test_model_run import good, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from digest.run.session import Session

ISSUE = "2025-09-22-daily"


@pytest.fixture
def home(fetched_day: Path, tmp_path: Path) -> Path:
    """A copy of what was fetched."""
    return shutil.copytree(fetched_day, tmp_path / "home")


def unread(asked: Asked) -> str:
    """A model that reads well and gives no second reading that counts."""
    return '{"claims": []}' if second_reading(asked) else good(asked)


def doubting(asked: Asked) -> str:
    """A model that contradicts the first text that it reads a second time."""
    return sums(asked) if asked.is_probe else second_reading(asked, ["t1"]) or good(asked)


def edited(
    home: Path, answer: Callable[[Asked], str], server: ModelServer, *, none: bool = False
) -> str:
    """Make the issue, change the first story's text to other words that its source bears out, and
    let the model answer in this way from now on; returns the story's id.
    """
    if none:
        settings = home / "feeds.yaml"
        settings.write_text(f"grounding: {{judge: none}}\n{settings.read_text()}")
    with opened(home, server) as (session, job):
        pipeline.make(session, job)
        draft = session.folder(job.id).markdown
        item = parse(draft.read_text()).parts[0].items[0]
        words = item.text.split()
        less = next(i for i, word in enumerate(words) if word.lower() in {"the", "a"} and i)
        draft.write_text(
            draft.read_text().replace(item.text, " ".join(words[:less] + words[less + 1 :]))
        )
        server.answer = answer
    return item.id


def story(session: Session, name: str) -> dict[str, Any]:
    """A story of issue.json."""
    value = json.loads((session.folder(ISSUE).path / "issue.json").read_text())
    return next(
        one for section in value["sections"] for one in section["stories"] if one["id"] == name
    )


def test_what_the_editor_typed_is_read_when_the_issue_is_approved(home: Path) -> None:
    """Before, it is checked by code and says that nobody has read its meaning; after, it is
    grounded, with the words that decide, and stays so without another question.
    """
    with model_server(good) as server:
        name = edited(home, good, server)
        with opened(home, server) as (session, _):
            render(session, ISSUE)
            assert story(session, name)["verdict"] == "checked"
            assert "[checked, meaning not read] " in "\n".join(
                issue_lines(issue_value(session, ISSUE))
            )
            before = len(server.real)
            issue = approve(session, ISSUE)
            assert len(server.real) == before + 1
            assert story(session, name)["verdict"] == "grounded"
            assert story(session, name)["insights"][-1]["checks"]["meaning"]["quote"]
            assert approval_json(session, issue)["clean"] is True
            assert "  clean: yes" in list(approval_lines(session, issue))
            read_draft(session, ISSUE)
            assert len(server.real) == before + 1


def test_what_a_second_reading_contradicts_is_not_approved_unless_accepted(home: Path) -> None:
    """The reason has the source's words, and the editor may accept it by name."""
    with model_server(good) as server:
        name = edited(home, doubting, server)
        with opened(home, server) as (session, _):
            with pytest.raises(IssueError, match=rf"{name} is flagged: the second reading: contr"):
                approve(session, ISSUE)
            issue = approve(session, ISSUE, (name,))
            assert issue.status == "approved"
            assert issue.verdicts["flagged"] == 1
            assert approval_json(session, issue)["clean"] is False


def test_without_an_answer_an_approval_goes_on_and_says_so(home: Path) -> None:
    """The text stays checked, by name, in the summary."""
    with model_server(good) as server:
        name = edited(home, unread, server)
        with opened(home, server) as (session, _):
            lines = list(approval_lines(session, approve(session, ISSUE)))
            assert story(session, name)["verdict"] == "checked"
    assert f"  meaning not read: {name}" in lines
    assert "  clean: no" in lines
    assert [line for line in lines if "not read: the second reading left it out" in line]


def test_an_editor_who_asks_has_it_read_before(home: Path) -> None:
    """Also what the run itself could not have read; nothing is asked where nobody is to read."""
    with model_server(unread) as server:
        edited(home, good, server)
        with opened(home, server) as (session, _):
            assert load(session, ISSUE).verdicts["checked"] > 1
            assert read_draft(session, ISSUE).verdicts["checked"] == 0
    with model_server(good) as server:
        edited(home, good, server, none=True)
        with opened(home, server) as (session, _):
            before = len(server.real)
            read_draft(session, ISSUE)
            assert len(server.real) == before
