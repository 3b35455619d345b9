"""Money and replay of a run with a model: foreseen without a call, capped, recorded with its
answers, and made again without asking.
"""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from digest.config.loading import load
from digest.demo.newsroom import Newsroom
from digest.run import pipeline
from digest.run.job import job_for
from digest.run.record import record_of
from digest.run.replay import replay
from digest.run.session import Session
from digest.store import open_state
from tests.means import MEANS
from tests.model_server import model_server
from tests.run.test_model_run import good

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from digest.run.pipeline import RunOutcome
    from tests.model_server import ModelServer

MONDAY = date(2025, 9, 22)
ISSUE = "2025-09-22-daily"
LATER = datetime(2025, 9, 24, 6, 30, tzinfo=UTC)
MUCH_LATER = datetime(2026, 9, 24, 6, 30, tzinfo=UTC)
PRICE = ", price: {input: 1, output: 2}"


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    """The sample newsroom, serving."""
    with Newsroom() as room:
        yield room


@pytest.fixture
def home(fetched_day: Path, tmp_path: Path) -> Path:
    """A copy of what was fetched."""
    return shutil.copytree(fetched_day, tmp_path / "home")


def configured(home: Path, server: ModelServer | None, more: str = "") -> Path:
    """feeds.yaml with the server's model, or without one."""
    settings = home / "feeds.yaml"
    own = settings.read_text().partition("\nllm:")[0]
    settings.write_text(
        own
        + (
            f"\nllm: {{base_url: '{server.base_url}', model: m, timeout: 5{more}}}\n"
            if server
            else "\n"
        )
    )
    return settings


def make(home: Path, server: ModelServer, more: str = "", record: Path | None = None) -> RunOutcome:
    """Monday's issue from what was fetched."""
    settings = configured(home, server, more)
    config = load(settings)
    with open_state(config.state) as db:
        session = Session(config, db, now=LATER, **MEANS)
        job = job_for(session, "daily", MONDAY)
        with record_of(session, job, record, settings):
            return pipeline.make(session, job)


def dry(home: Path, newsroom: Newsroom, server: ModelServer, more: str = "") -> RunOutcome:
    """A dry run."""
    config = load(configured(home, server, more))
    with open_state(config.state) as db:
        session = Session(config, db, now=LATER, resolver=newsroom.resolve, **MEANS)
        outcome = pipeline.run(session, job_for(session, "daily", MONDAY), dry_run=True)
        assert outcome.state == "planned"
        return outcome


def again(
    home: Path, record: Path, *, server: ModelServer | None = None, now: datetime = LATER
) -> RunOutcome:
    """A replay, with or without a model configured."""
    config = load(configured(home, server))
    with open_state(config.state) as db:
        session = Session(config, db, now=now, **MEANS)
        return replay(session, record)


def draft(home: Path, name: str = "issue.md") -> str:
    """The draft."""
    return (home / ISSUE / name).read_text("utf-8")


# ---------------------------------------------------------------- money


def test_a_dry_run_asks_no_model_and_says_what_a_run_would_cost(
    home: Path, newsroom: Newsroom
) -> None:
    """Documents, tokens, price and caps, and nothing is spent; the run then takes less than was
    said to be the most.
    """
    with model_server(good) as server:
        foreseen = dry(home, newsroom, server, PRICE).report
        assert server.asked == []
        spent = make(home, server, PRICE).report.asked.spending
    assert foreseen.estimate
    assert foreseen.estimate.ahead.documents > 10
    assert foreseen.estimate.answered == 0
    assert foreseen.estimate.most.usd
    assert 0 < spent.usd < foreseen.estimate.most.usd
    assert foreseen.json()["estimate"]["caps"]["usd_per_run"] == 1.0
    assert not (home / ISSUE / "issue.new.md").exists()


def test_the_second_reading_is_part_of_the_estimate(home: Path, newsroom: Newsroom) -> None:
    """Every document is shown again to whoever reads what was said of it; without one it is not."""
    with model_server(good) as server:
        read = dry(home, newsroom, server, PRICE).report.estimate
        without = dry(home, newsroom, server, PRICE + "}\ngrounding: {judge: none").report.estimate
    assert without
    assert read
    assert read.questions == 2 * without.questions
    assert read.most.tokens > 1.5 * without.most.tokens


def test_a_dry_run_says_that_the_key_is_missing(home: Path, newsroom: Newsroom) -> None:
    """An estimate of what would not be asked is half the truth."""
    with model_server(good) as server:
        server.base_url = "https://router.example:8443/v1"
        estimate = dry(home, newsroom, server, ", api_key_env: NO_SUCH_KEY").report.estimate
    assert estimate
    says = (
        "  router.example:8443 would not be asked: NO_SUCH_KEY is not set, and router.example:8443"
        " asks for a key"
    )
    assert [line for line in estimate.lines() if line.startswith(says)]
    assert len(estimate.json()["troubles"]) == 1


def test_after_a_run_a_dry_run_foresees_no_cost(home: Path, newsroom: Newsroom) -> None:
    """Every question was answered before."""
    with model_server(good) as server:
        make(home, server, PRICE)
        estimate = dry(home, newsroom, server, PRICE).report.estimate
    assert estimate
    assert estimate.answered == estimate.questions > 0
    assert estimate.most.usd == 0


def test_a_run_capped_at_a_tenth_of_its_estimate_ends_with_an_issue(
    home: Path, newsroom: Newsroom
) -> None:
    """It stops before the call that would break the cap, says so, and finishes with what there
    is.
    """
    with model_server(good) as server:
        estimate = dry(home, newsroom, server, PRICE).report.estimate
        assert estimate
        tenth = estimate.about.tokens // 10
        outcome = make(home, server, f"{PRICE}, max_tokens_per_run: {tenth}")
    spending = outcome.report.asked.spending
    assert 0 < spending.tokens_in + spending.tokens_out <= tenth
    assert json.loads(draft(home, "issue.json"))["sections"]


def test_a_cap_on_money_holds_over_the_runs_of_a_day(home: Path) -> None:
    """What the first run spent is gone for the second, which tells in the sources' words what it
    cannot ask.
    """
    with model_server(good) as server:
        first = make(home, server, f"{PRICE}, max_usd_per_day: 0.02").report.asked.spending
        make(
            home,
            server,
            ", price: {input: 1000, output: 2000}, max_usd_per_day: 0.02, models: {read: other}",
        )
        calls = [asked for asked in server.real if asked.body["model"] == "other"]
    assert 0 < first.usd <= 0.02
    assert calls == []


# ---------------------------------------------------------------- record and replay


@pytest.fixture
def recorded(home: Path, tmp_path: Path) -> Path:
    """The home of an issue that a model wrote; its record is beside it in `record`, and the model
    is gone.
    """
    with model_server(good) as server:
        make(home, server, record=tmp_path / "record")
    return home


def fresh(recorded: Path) -> Path:
    """Another home with the same configuration and no state."""
    other = recorded.parent / "other"
    other.mkdir()
    (other / "feeds.yaml").write_text((recorded / "feeds.yaml").read_text())
    return other


def test_an_issue_that_a_model_wrote_is_made_again_without_it(recorded: Path) -> None:
    """In a home without a model configured: byte for byte, from the recorded answers alone, a year
    later too.
    """
    other = fresh(recorded)
    outcome = again(other, recorded.parent / "record", now=MUCH_LATER)
    assert outcome.state == "made"
    assert draft(other) == draft(recorded)
    assert 'summariser: "m"' in draft(other)
    assert (outcome.report.asked.spending.calls, outcome.report.asked.spending.cached > 0) == (
        0,
        True,
    )
    assert "no recorded answer" not in "\n".join(
        outcome.report.lines()
    )  # no question went without one


def test_a_replay_with_the_model_configured_asks_it_nothing_it_has_answered(recorded: Path) -> None:
    """Where the issue stands as well: the answers are the recorded ones, and the result is the
    same.
    """
    with model_server(good) as server:
        (recorded.parent / "record" / "feeds.yaml").write_text(
            configured(recorded, server).read_text()
        )
        outcome = again(recorded, recorded.parent / "record", server=server)
        assert server.real == []
    assert outcome.state == "unchanged"
    assert outcome.report.asked.spending.cached > 0


def change_prompt(home: Path) -> None:
    """A prompt of the user's own, for title and highlights."""
    prompts = home / "mine" / "prompts"
    prompts.mkdir(parents=True)
    (prompts / "front.system.txt.j2").write_text("Write a title and highlights. {{ sentences }}")
    settings = home / "feeds.yaml"
    settings.write_text("templates: mine\n" + settings.read_text())


def test_a_changed_prompt_asks_the_configured_model_what_was_not_answered(recorded: Path) -> None:
    """Only that, and the answer is kept for the next replay."""
    change_prompt(recorded)
    with model_server(good) as server:
        again(recorded, recorded.parent / "record", server=server)
        assert len(server.real) == 1
        again(recorded, recorded.parent / "record", server=server)
        assert len(server.real) == 1


def test_a_changed_prompt_without_a_model_is_told_in_the_sources_words(recorded: Path) -> None:
    """What was answered still counts; the rest is as without a model, put beside the draft, and
    said.
    """
    change_prompt(recorded)
    before = draft(recorded)
    outcome = again(recorded, recorded.parent / "record")
    assert outcome.state == "differs"
    assert draft(recorded) == before
    assert draft(recorded, "issue.new.md") != before
    assert outcome.report.asked.spending.calls == 0
    assert any(
        "left to embedded, not asked: it has no recorded answer to this" in line
        for line in outcome.report.lines()
    )
