"""What goes wrong beside the model: an error of our own, a model that finds too little, a judge
that cannot be asked. All of it is told.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from digest.errors import IssueError
from digest.insights.model.second_reading import NO_ANSWER
from digest.llm.question import Answer, NoAnswer
from digest.run.attempt import tried
from digest.run.candidates import readable
from digest.run.compose import compose
from digest.run.read import read_with_model
from digest.run.report import Report
from digest.run.summarise import summarise
from digest.store import insights
from tests.model_server import Asked, Sent, completion, model_server, second_reading, sums
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


# ---------------------------------------------------------------- the second reading


def judging(asked: Asked) -> str:
    """A model that reads well, and the second time bears out everything but the first claim of
    c2.
    """
    return sums(asked) if asked.is_probe else second_reading(asked, ["c2"]) or good(asked)


def with_judge(
    home: Path, server: Any, more: str = "", judge: str = "judge", at_once: int = 8
) -> tuple[dict[str, Any], list[str]]:
    """The issue of a run with a second reader of its own, and the report's lines."""
    settings = home / "feeds.yaml"
    settings.write_text(f"grounding: {{judge: {judge}}}\n{settings.read_text()}")
    issue, run = make(home, server, more, at_once=at_once)
    return issue, list(run.report.lines())


def told(issue: dict[str, Any]) -> list[dict[str, Any]]:
    """Every insight of an issue."""
    return [
        insight
        for section in issue["sections"]
        for story in section["stories"]
        for insight in story["insights"]
    ]


def test_second_readings_are_told(home: Path) -> None:
    """How many texts were read stands in issue.json and in the report, what was said of it with
    each insight, and the verdicts of stories, title and highlights follow from it.
    """
    with model_server(judging) as server:
        issue, lines = with_judge(home, server)
    readings = issue["run"]["second_reading"]
    grounded = [insight for insight in told(issue) if insight["verdict"] == "grounded"]
    assert grounded
    assert all(insight["checks"]["meaning"]["result"] == "pass" for insight in grounded)
    assert all(insight["checks"]["meaning"]["quote"] for insight in grounded)
    assert readings["read"] >= len(grounded)
    assert readings["not_read"] == 0
    assert f"second reading: {readings['read']} texts read, " in "\n".join(lines)
    assert {"grounded"} <= {
        story["verdict"] for section in issue["sections"] for story in section["stories"]
    }
    assert issue["highlights_verdict"] == "grounded"
    assert issue["verdicts"]["grounded"] > 0
    assert issue["verdicts"]["checked"] == issue["verdicts"]["flagged"] == 0
    assert [line for line in lines if line.startswith("texts: ")]


def test_whoever_reads_reads_again_unless_told_otherwise(home: Path) -> None:
    """Without a word in feeds.yaml the second reading is on; `none` turns it off, and then nothing
    is more than checked.
    """
    with model_server(judging) as server:
        issue, _ = make(home, server)
        assert {insight["verdict"] for insight in told(issue)} <= {"grounded", "extract"}
        off, lines = with_judge(home, server, judge="none")
    assert {insight["verdict"] for insight in told(off)} <= {"checked", "extract"}
    assert off["verdicts"]["checked"] > 0
    assert off["run"]["second_reading"]["read"] == 0
    assert [line for line in lines if "checked, meaning not read" in line]


def test_a_second_reader_that_cannot_be_asked_is_told(home: Path) -> None:
    """The issue stands by the checks in code, and says that nobody read what it means."""
    with model_server(good) as server:
        server.behave(*[_no_judge] * 400)
        issue, lines = with_judge(home, server)
    readings = issue["run"]["second_reading"]
    assert issue["summariser"] == "m"
    assert readings["read"] == 0
    assert readings["why"] == {NO_ANSWER: readings["not_read"]}
    assert {insight["verdict"] for insight in told(issue)} <= {"checked", "extract"}
    assert [line for line in lines if f"{readings['not_read']} not read: {NO_ANSWER}" in line]


def _no_judge(asked: Asked, text: str) -> Sent:
    return (
        Sent(b"{}", 500)
        if asked.body["model"] == "judge"
        else completion(text, tokens_in=asked.tokens)
    )


def test_a_model_that_cannot_read_a_second_time_still_reads_and_writes(home: Path) -> None:
    """However many of its second readings are of no use, its other answers are taken."""

    def no_use(asked: Asked) -> str:
        return "No." if "Task: a second reading" in asked.prompt else good(asked)

    with model_server(no_use) as server:
        issue, _ = make(home, server)
    assert issue["summariser"] == "m"
    assert issue["run"]["reading"]["unread"] == []
    assert issue["run"]["second_reading"]["read"] == 0
    assert issue["highlights"]


def test_dear_second_readings_leave_reading_and_writing_their_money(home: Path) -> None:
    """They stop at their share; what was not read says why, and the issue is written as without
    them.
    """
    with model_server(judging) as server:
        server.behave(*[_dear_judge] * 400)
        issue, lines = with_judge(home, server, ", max_tokens_per_run: 48000", at_once=1)
    readings, (reads, judges) = issue["run"]["second_reading"], issue["run"]["models"]
    # 30 %, and what the question under way took beyond what was set aside
    assert judges["tokens_in"] + judges["tokens_out"] <= 0.35 * 48000
    assert readings["not_read"] > 0
    assert reads["calls"] > judges["calls"]
    assert issue["highlights"]
    assert [line for line in lines if "budget" in line]


def _dear_judge(asked: Asked, text: str) -> Sent:
    """Takes twice the room that its answer has, as models do that think first."""
    sent = completion(text, tokens_in=asked.tokens)
    most = str(2 * asked.body["max_tokens"]).encode()
    dear = asked.body["model"] == "judge"
    counted = b'"completion_tokens": '
    return replace(sent, body=sent.body.replace(counted + b"20", counted + most)) if dear else sent
