"""Runs with a model that misbehaves in every way we know: the issue is made each time, and nothing
ungrounded stands in it.
"""

from __future__ import annotations

import json
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from digest.config.loading import load
from digest.errors import IssueError
from digest.issue.issue_md import write
from digest.run import pipeline
from digest.run.approval import approve
from digest.run.job import job_for
from digest.run.publish import load as load_issue
from digest.run.session import Session
from digest.run.single_stage import STAGES
from digest.store import documents, open_state
from tests.means import MEANS
from tests.model_server import (
    BEHAVIOURS,
    Asked,
    ModelServer,
    model_server,
    second_reading,
    sums,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from digest.issue.folder import Folder
    from digest.run.job import Job
    from digest.run.report import Report

MONDAY = date(2025, 9, 22)
LATER = datetime(2025, 9, 24, 6, 30, tzinfo=UTC)
LLM = "\nllm: {{base_url: '{url}', model: m, timeout: 5, concurrency: {at_once}{more}}}\n"


@contextmanager
def opened(
    home: Path, server: ModelServer, more: str = "", edition: str = "daily", at_once: int = 8
) -> Iterator[tuple[Session, Job]]:
    """A session on what was fetched, and Monday's job. `more` is more of `llm`."""
    settings = home / "feeds.yaml"
    settings.write_text(
        settings.read_text().partition("\nllm:")[0]
        + LLM.format(url=server.base_url, at_once=at_once, more=more)
    )
    config = load(settings)
    with open_state(config.state) as db:
        session = Session(config, db, now=LATER, **MEANS)
        yield session, job_for(session, edition, MONDAY)


@dataclass(frozen=True)
class MadeRun:
    """A run that is over: where its files are, and what it reported."""

    folder: Callable[[str], Folder]
    report: Report


def make(
    home: Path, server: ModelServer, more: str = "", edition: str = "daily", at_once: int = 8
) -> tuple[dict[str, Any], MadeRun]:
    """The issue that a run makes of what was fetched, and the run."""
    with opened(home, server, more, edition, at_once) as (session, job):
        outcome = pipeline.make(session, job)
        issue = json.loads((session.folder(job.id).path / "issue.json").read_text())
        check_grounded(session, issue)
        return issue, MadeRun(session.folder, outcome.report)


def check_grounded(session: Session, issue: dict[str, Any]) -> None:
    """Every insight of the issue passed every check, and its evidence is its document's own
    text.
    """
    for section in issue["sections"]:
        for story in section["stories"]:
            assert story["insights"], story["headline"]
            for insight in story["insights"]:
                assert insight["verdict"] in {"grounded", "checked", "extract"}
                assert all(check["result"] != "fail" for check in insight["checks"].values())
                assert insight["evidence"]
                for span in insight["evidence"]:
                    found = documents.of(session.db, [span["entry"]])[span["entry"]]
                    assert span["quote"] == found.text[span["start"] : span["end"]]


@pytest.fixture
def home(fetched_day: Path, tmp_path: Path) -> Path:
    """A copy of what was fetched."""
    return shutil.copytree(fetched_day, tmp_path / "home")


# ---------------------------------------------------------------- a model that reads well enough


def fenced_text(prompt: str, name: str) -> str:
    """What stands in the fence of that name."""
    found = re.search(
        rf"^===== BEGIN {name} .*?=====$\n(.*?)^===== END {name}", prompt, re.MULTILINE | re.DOTALL
    )
    return found[1] if found else ""


def first_sentence(prompt: str) -> str:
    """The first sentence of a document's text that is long enough to be news."""
    text = fenced_text(prompt, "document").partition("\n\n")[2]
    return next((one for one in re.findall(r"[A-Z][^.!?\n]{60,240}\.(?=\s)", text + "\n")), "")


def shortened(sentence: str) -> str:
    """The same claim in fewer words: no extract any more, and still true."""
    return re.sub(r",[^,]*,", "", re.sub(r"\b(?:already|also|still|now|today)\b ", "", sentence))


def good(asked: Asked) -> str:
    """Answers each kind of question from what it is given."""
    if asked.is_probe:
        return sums(asked)
    if "Return the insights" in asked.prompt:
        sentence = first_sentence(asked.prompt)
        insight = {"headline": "", "what_happened": shortened(sentence), "quotes": [sentence]}
        return json.dumps({"insights": [insight] if sentence else []})
    told = re.findall(r"^\s*(i\d+)(?: \[s\d+\])?[^:\n]*: (.+)$", asked.prompt, re.MULTILINE)
    if '"title_insights"' in asked.prompt:
        highlights = [{"text": text, "insights": [name]} for name, text in told[:3]]
        return json.dumps({"title": "", "title_insights": [], "highlights": highlights})
    if read := second_reading(asked):
        return read
    if "What is wrong" in asked.prompt:
        return json.dumps({"claims": []})
    return json.dumps({"headline": "", "text": " ".join(text for _, text in told[:2])})


def test_a_model_s_issue_is_grounded_and_says_who_wrote_it(home: Path) -> None:
    """Insights come from the model, and the report counts calls, tokens and money."""
    with model_server(good) as server:
        issue, run = make(home, server)
    insights = [
        insight
        for section in issue["sections"]
        for story in section["stories"]
        for insight in story["insights"]
    ]
    assert issue["summariser"] == "m"
    assert any(insight["verdict"] == "grounded" for insight in insights)
    assert issue["run"]["model"]["calls"] == len(server.asked)
    assert issue["run"]["model"]["cost_usd"] is None
    assert issue["highlights"]
    assert any("price unknown" in line for line in run.report.lines())


def test_the_second_run_costs_no_call_and_changes_nothing(home: Path) -> None:
    """Answers are kept by question and model; what they say is checked again."""
    with model_server(good) as server:
        first, run = make(home, server)
        before = len(server.asked)
        draft = run.folder(first["id"]).markdown.read_bytes()
        again, run = make(home, server)
        assert len(server.asked) == before
    assert run.folder(first["id"]).markdown.read_bytes() == draft
    assert again["run"]["model"]["calls"] == 0
    assert again["run"]["model"]["cached"] > 0
    assert again["sections"] == first["sections"]


def test_a_changed_prompt_asks_again_only_what_depends_on_it(home: Path) -> None:
    """A template of the user's own for the highlights costs one question, not a day's reading."""
    with model_server(good) as server:
        make(home, server)
        before = len(server.real)
        settings = home / "feeds.yaml"
        prompts = home / "mine" / "prompts"
        prompts.mkdir(parents=True)
        (prompts / "front.system.txt.j2").write_text(
            "Write a title and highlights. {{ sentences }}"
        )
        settings.write_text("templates: mine\n" + settings.read_text())
        make(home, server)
        assert len(server.real) == before + 1
        assert server.real[-1].system.startswith("Write a title and highlights. 3")


def test_stages_one_by_one_make_the_issue_that_a_run_makes(home: Path, tmp_path: Path) -> None:
    """What `summarise` read `compose` writes from, and each reports what it did."""
    apart = shutil.copytree(home, tmp_path / "apart")
    with model_server(good) as server:
        _, run = make(home, server)
        whole = run.folder("2025-09-22-daily").text()
        with opened(apart, server) as (session, job):
            assert STAGES["summarise"](session, job).claims.made > 10
        with opened(apart, server) as (session, job):
            STAGES["compose"](session, job)
            assert session.folder(job.id).text() == whole


def test_the_issue_names_the_model_that_really_read(home: Path) -> None:
    """Where the first endpoint fails, the deputy wrote the issue; issue.json says so, and what went
    wrong with the first.
    """
    with model_server(good, script=["wrong key"] * 50) as server, model_server(good) as second:
        deputy = f", fallback: [{{base_url: '{second.base_url}', model: deputy, timeout: 5}}]"
        issue, _ = make(home, server, deputy)
    assert issue["summariser"] == "deputy"
    first, other = issue["run"]["models"]
    assert first["model"] == "m"
    assert "key" in first["out"]
    assert (other["model"], other["out"]) == ("deputy", "")


def test_a_model_that_finds_nothing_does_not_cost_the_issue(home: Path) -> None:
    """No insight is a good answer for a page; for a whole day the sources' own words are the better
    issue.
    """
    nothing = lambda asked: sums(asked) if asked.is_probe else '{"insights": []}'  # noqa: E731  a model in one line
    with model_server(nothing) as server:
        issue, _ = make(home, server)
    assert issue["summariser"] == "embedded"
    assert {
        one["verdict"]
        for section in issue["sections"]
        for story in section["stories"]
        for one in story["insights"]
    } == {"extract"}


def test_a_draft_that_is_kept_asks_nobody_and_says_what_it_cost(home: Path) -> None:
    """A draft that its editor changed is not written again, so nothing is read for it; its own
    run's counts stay.
    """
    with model_server(good) as server:
        issue, run = make(home, server)
        draft = run.folder(issue["id"]).markdown
        draft.write_text(draft.read_text().replace(issue["title"], "A title of my own", 1))
        before = len(server.asked)
        again, run = make(home, server)
        assert len(server.asked) == before
    assert run.report.asked.spending.cached == 0
    assert again["title"] == "A title of my own"
    assert again["run"]["model"] == issue["run"]["model"]
    assert again["run"]["insights"] == issue["run"]["insights"]


def test_a_model_that_dies_halfway_leaves_a_complete_issue(home: Path) -> None:
    """What it read before stands beside extracts of what it did not, and the report names what went
    wrong.
    """
    with model_server(good, script=["ok"] * 6 + ["500"] * 400) as server:
        issue, run = make(home, server)
    verdicts = {
        insight["verdict"]
        for section in issue["sections"]
        for story in section["stories"]
        for insight in story["insights"]
    }
    assert "extract" in verdicts
    assert verdicts & {"grounded", "checked"}
    assert issue["highlights"]
    assert "HTTP 500" in "\n".join(run.report.lines())


def test_with_nobody_listening_the_report_says_what_the_issue_is_made_of(home: Path) -> None:
    """Extracts are no insights that a model made, and the line must not read as if they were."""
    with model_server(good) as server:
        pass
    issue, run = make(home, server)
    lines = list(run.report.lines())
    assert issue["summariser"] == "embedded"
    assert "no model answered: this issue is made of extracts, the sources' own words" in lines
    assert not [line for line in lines if line.startswith("insights:")]
    assert [
        line
        for line in lines
        if line.startswith(f"  m at {server.host}: ") and "× left to embedded" in line
    ]


def test_documents_that_no_model_read_are_counted(home: Path) -> None:
    """The rest was read by one, and both are said."""
    with model_server(good, script=["ok"] * 6 + ["500"] * 400) as server:
        _, run = make(home, server)
    report, lines = run.report, list(run.report.lines())
    unread = len(report.read.unread)
    assert 0 < unread < report.read.documents
    assert f"{unread} documents were read without a model" in lines
    assert [line for line in lines if line.startswith("insights:")]


def test_compose_alone_never_makes_an_approved_issue_again(home: Path) -> None:
    """Whatever has changed in feeds.yaml since, what was approved stays as it is."""
    with model_server(good) as server:
        make(home, server)
        with opened(home, server) as (session, job):
            approve(session, job.id)
        settings = home / "feeds.yaml"
        settings.write_text("editions: {daily: {top_stories: 2}}\n" + settings.read_text())
        with opened(home, server) as (session, job):
            before = session.folder(job.id).text()
            STAGES["compose"](session, job)
            assert session.folder(job.id).text() == before


def test_a_story_without_text_is_never_approved(home: Path) -> None:
    """Whose text the editor took away is flagged, and no acceptance lets it out."""
    with model_server(good) as server:
        issue, run = make(home, server)
        place = run.folder(issue["id"])
        draft = place.draft()
        part, *others = draft.parts
        first, *items = part.items
        story = first.id
        items = [replace(first, text=""), *items]
        place.markdown.write_text(
            write(replace(draft, parts=(replace(part, items=tuple(items)), *others)))
        )
        with opened(home, server) as (session, job):
            with pytest.raises(IssueError, match=f"{story} has no text"):
                approve(session, job.id, (story,))
            (flagged,) = [one.id for one in load_issue(session, job.id).told if one.flagged]
    assert flagged == story


# ---------------------------------------------------------------- a model that misbehaves, always


# What does no harm, though the server's answers are not as one would write them.
HARMLESS = {"ok", "fenced", "thoughts first", "thoughts apart", "thoughts unended"}
HARMLESS |= {"trailing comma", "in parts", "tool call", "slow", "extra fields", "usage missing"}
HARMLESS |= {"finish missing", "long finish", "among the thoughts", "streamed unasked"}
HARMLESS |= {"among the thoughts, in reasoning", "before the end of its thoughts"}
HARMLESS |= {"in the form before chats"}
# These take their time, or make the same whole issue again; in tests/llm single questions meet all.
LONG = {"hangs", "huge", *HARMLESS} - {"ok", "in parts", "thoughts first", "tool call"}


@pytest.mark.parametrize(
    "behaviour",
    [
        *sorted(set(BEHAVIOURS) - LONG),
        *(pytest.param(name, marks=pytest.mark.slow) for name in sorted(LONG)),
    ],
)
def test_whatever_the_server_does_the_issue_is_made(home: Path, behaviour: str) -> None:
    """Every answer is spoilt in this way from the first to the last; the report says that something
    was.
    """
    with model_server(good, script=[behaviour] * 400) as server:
        issue, run = make(home, server)
    stories = sum(len(section["stories"]) for section in issue["sections"])
    assert stories >= 5
    if behaviour in HARMLESS:
        assert issue["summariser"] == "m"
    else:
        assert issue["summariser"] == "embedded"
        assert any(told.eventful for told in run.report.asked.models)
