"""What goes wrong beside the model: an error of our own, a model that finds too little, a judge
that cannot be asked. All of it is told.
"""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest

from digest.errors import IssueError
from digest.insights.model.second_opinion import NO_ANSWER
from digest.llm.question import Answer, NoAnswer
from digest.run.attempt import tried
from digest.run.candidates import readable
from digest.run.compose import compose
from digest.run.read import read_with_model
from digest.run.report import Report
from digest.run.summarise import summarise
from digest.store import insights
from tests.model_server import Asked, Sent, completion, model_server, sums
from tests.run.test_model_run import good, make, opened

if TYPE_CHECKING:
    from pathlib import Path

    from digest.llm.provider import Provider
    from digest.llm.question import Form, Question, Task


@pytest.fixture
def home(fetched_day: Path, tmp_path: Path) -> Path:
    """A copy of what was fetched."""
    return shutil.copytree(fetched_day, tmp_path / "home")


# ---------------------------------------------------------------- errors of our own


@dataclass
class Fragile:
    """Somebody who answers, but comes upon an error that nobody foresaw when asked about a document
    that `breaks` names.
    """

    breaks: str
    asked: list[str] = field(default_factory=list)
    name: str = "fragile"

    def room(self, task: Task) -> int:  # noqa: ARG002  the seam has it
        """As `Answerer`."""
        return 8000

    def ask(self, question: Question[Form]) -> Answer[Form]:
        """As `Answerer`."""
        self.asked.append(question.about)
        if self.breaks in question.about:
            raise KeyError("no such thing")
        return Answer(
            question.form.model_validate({name: [] for name in question.form.model_fields}),
            self.name,
        )


def test_an_error_of_our_own_costs_its_document_alone(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The others are read; the document keeps its extracts, the report names it with the reason,
    and -v logs where it happened.
    """
    with (
        model_server(good) as server,
        opened(home, server) as (session, job),
        caplog.at_level(logging.INFO, "digest"),
    ):
        wanted = readable(session, job)[0][:6]
        report = Report(read=read_with_model(session, Fragile(wanted[2].url), wanted))
        known = insights.readings(session.db, [one.entry_id for one in wanted], session.summariser)
        assert set(known) == {one.entry_id for one in wanted} - {wanted[2].entry_id}
        assert [(left.entry_url, left.why) for left in report.read.unread] == [
            (wanted[2].url, "KeyError: 'no such thing'")
        ]
        assert report.run_json()["crashed"] == [
            {"what": f"reading {wanted[2].url}", "why": "KeyError: 'no such thing'"}
        ]
        lines = "\n".join(report.lines())
    assert (
        f"reading {wanted[2].url} broke off: KeyError: 'no such thing' (an error of digest's own;"
        " -v shows where)" in lines
    )
    assert "1 document was read without a model" in lines
    assert "Traceback" in caplog.text
    assert "raise KeyError" in caplog.text


class Breaking:
    """A provider that comes upon an error when anything is to be written."""

    def __init__(self, inner: Provider) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def ask(self, question: Question[Form]) -> Answer[Form]:
        """As `Answerer`."""
        if question.task == "write":
            raise ZeroDivisionError
        return self._inner.ask(question)


def test_an_error_of_our_own_in_writing_leaves_the_draft_that_stands_without_it(home: Path) -> None:
    """Stories are told by their insights, the title by headlines, and the report names what broke
    off.
    """
    with (
        model_server(good) as server,
        opened(home, server) as (session, job),
        session.answerer(job.id) as provider,
    ):
        breaking = cast("Provider", Breaking(cast("Provider", provider)))
        read = summarise(session, job, breaking)
        composed = compose(session, job, breaking, Report(read=read))
        assert composed.state == "made"
        draft = session.folder(job.id).draft()
        broken = [
            crash.what
            for crash in composed.report.crashes
            if crash.why.startswith("ZeroDivisionError")
        ]
    assert "writing the front" in broken
    assert draft.title
    assert draft.highlights
    assert all(item.text for part in draft.parts for item in part.items)


@pytest.mark.parametrize(
    "error",
    [
        IssueError("templates/prompts/read.user.txt.j2:3: wrong"),
        sqlite3.OperationalError("disk is full"),
    ],
)
def test_what_would_meet_every_document_ends_the_run(error: Exception) -> None:
    """A template that is wrong, a state that cannot be written: going on would only say it once for
    each document.
    """

    def fail() -> None:
        raise error

    with pytest.raises(type(error)):
        tried("read", fail)


def test_what_no_model_answers_is_no_error_of_ours() -> None:
    """The reason is kept, and nothing is called broken."""

    def fail() -> str:
        raise NoAnswer("m at 127.0.0.1: HTTP 500")

    assert tried("read", fail).why == "m at 127.0.0.1: HTTP 500"
    assert not tried("read", fail).crashed


# ---------------------------------------------------------------- a model that finds too little


def sparing(asked: Asked) -> str:
    """A model that finds something only in what the newswire reports."""
    if "Return the insights" in asked.prompt and "Publisher: Meridian Newswire" not in asked.prompt:
        return '{"insights": []}'
    return good(asked)


def test_a_day_saved_by_the_sources_own_words_says_so(home: Path) -> None:
    """What the model did find stays; the documents in which it found nothing are counted in the
    report and in issue.json.
    """
    with model_server(sparing) as server:
        issue, run = make(home, server)
    told = [
        insight
        for section in issue["sections"]
        for story in section["stories"]
        for insight in story["insights"]
    ]
    restored = issue["run"]["reading"]["restored"]
    assert {bool(insight.get("read_by")) for insight in told} == {True, False}
    assert restored > 1
    line = (
        f"the model found too little for an issue: {restored} documents were taken in the sources'"
        " own words"
    )
    assert line in list(run.report.lines())
    assert issue["run"]["insights"]["made"] > len(
        [insight for insight in told if not insight.get("read_by")]
    )


def test_a_usual_day_needs_no_saving(home: Path) -> None:
    """Zero is said in issue.json, and no line in the report."""
    with model_server(good) as server:
        issue, run = make(home, server)
    assert issue["run"]["reading"] == {
        "documents": run.report.read.documents,
        "unread": [],
        "restored": 0,
    }
    assert issue["run"]["crashed"] == []
    assert not [line for line in run.report.lines() if "too little" in line]


# ---------------------------------------------------------------- a judge


def judging(asked: Asked) -> str:
    """A model that reads well, and as a judge bears out everything but the second claim."""
    if asked.is_probe or '"supported"' not in asked.prompt:
        return sums(asked) if asked.is_probe else good(asked)
    names = [
        line.removeprefix("Claim ")
        for line in asked.prompt.splitlines()
        if line.startswith("Claim ")
    ]
    return json.dumps(
        {"claims": [{"id": name, "supported": name != "c2", "why": "not there"} for name in names]}
    )


def with_judge(home: Path, server: Any, more: str = "") -> tuple[dict[str, Any], list[str]]:
    """The issue of a run with a second opinion, and the report's lines."""
    settings = home / "feeds.yaml"
    settings.write_text(f"grounding: {{judge: judge}}\n{settings.read_text()}")
    issue, run = make(home, server, more)
    return issue, list(run.report.lines())


def test_second_opinions_are_told(home: Path) -> None:
    """How many texts were judged stands in issue.json and in the report, and what a judge said of
    it with each insight.
    """
    with model_server(judging) as server:
        issue, lines = with_judge(home, server)
    opinions = issue["run"]["second_opinion"]
    told = [
        insight
        for section in issue["sections"]
        for story in section["stories"]
        for insight in story["insights"]
    ]
    grounded = [insight for insight in told if insight["verdict"] == "grounded"]
    assert grounded
    assert all(insight["checks"]["judge"]["result"] == "pass" for insight in grounded)
    assert opinions["judged"] >= len(grounded)
    assert opinions["not_judged"] == 0
    assert (
        f"second opinion: {opinions['judged']} texts judged, {opinions['doubted']} doubted" in lines
    )


def test_a_judge_that_cannot_be_asked_is_told(home: Path) -> None:
    """The issue stands by the checks in code, and says that nobody gave a second opinion."""
    with model_server(good) as server:
        server.behave(*[_no_judge] * 400)
        issue, lines = with_judge(home, server)
    opinions = issue["run"]["second_opinion"]
    assert issue["summariser"] == "m"
    assert opinions["judged"] == 0
    assert opinions["why"] == {NO_ANSWER: opinions["not_judged"]}
    assert [line for line in lines if f"{opinions['not_judged']} not judged: {NO_ANSWER}" in line]


def _no_judge(asked: Asked, text: str) -> Sent:
    return (
        Sent(b"{}", 500)
        if asked.body["model"] == "judge"
        else completion(text, tokens_in=asked.tokens)
    )


def test_a_dear_judge_leaves_reading_and_writing_their_money(home: Path) -> None:
    """It stops at its share; what it did not judge says why, and the issue is written as without
    it.
    """
    with model_server(judging) as server:
        issue, lines = with_judge(home, server, ", max_tokens_per_run: 60000")
    opinions, (reads, judges) = issue["run"]["second_opinion"], issue["run"]["models"]
    assert judges["tokens_in"] + judges["tokens_out"] <= 0.15 * 60000
    assert opinions["not_judged"] > 0
    assert reads["tokens_in"] > 2 * judges["tokens_in"]
    assert issue["highlights"]
    assert [line for line in lines if "budget" in line]
