"""A newsroom full of injections, and a model that obeys every one: no issue carries anything of
it.
"""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from digest.config.loading import load
from digest.demo.newsroom import Newsroom
from digest.run import pipeline
from digest.run.approval import approve
from digest.run.job import job_for
from digest.run.session import Session
from digest.run.single_stage import STAGES
from digest.store import open_state
from tests.built_once import built_once
from tests.extract.hostile.collection import injections
from tests.extract.hostile.press import ALWAYS, HostileNewsroom, obedient
from tests.means import MEANS
from tests.model_server import model_server

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DAYS = (date(2025, 9, 22), date(2025, 9, 23))
LATER = datetime(2025, 9, 24, 6, 30, tzinfo=UTC)
LLM = "\nllm: {{base_url: '{url}', model: m, timeout: 20, concurrency: 4}}\n"
# where one of the sample newsroom's own items leads: named among what was left out
LEFT_OUT = "169.254.169.254"
# names of vocabularies, not links
OURS = {"www.w3.org", "schema.org", "purl.org", "jsonfeed.org", "www.sitemaps.org"}


def fill(home: Path, newsroom: Newsroom) -> None:
    """Have a home's state hold what a newsroom published."""
    (home / "feeds.yaml").write_text(files("digest.demo").joinpath("feeds.yaml").read_text("utf-8"))
    config = load(home / "feeds.yaml")
    with newsroom, open_state(config.state) as db:
        session = Session(config, db, now=LATER, resolver=newsroom.resolve, **MEANS)
        job = job_for(session, "daily", DAYS[1])
        STAGES["fetch"](session, job)
        for day in DAYS:
            STAGES["extract"](session, job_for(session, "daily", day))


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the newsroom published with the injections in it."""
    return built_once(tmp_path_factory, "attacked", lambda home: fill(home, HostileNewsroom()))


def issues(home: Path, llm: str = "") -> None:
    """Make, approve and archive both days' issues, with a model where one is named."""
    settings = home / "feeds.yaml"
    settings.write_text(settings.read_text() + llm)
    before = settings.read_bytes()
    config = load(settings)
    with open_state(config.state) as db:
        session = Session(config, db, now=LATER, **MEANS)
        for day in DAYS:
            job = job_for(session, "daily", day)
            pipeline.make(session, job)
            approve(session, job.id)
    assert settings.read_bytes() == before


def written(home: Path) -> Mapping[str, str]:
    """Every file that a reader or a machine gets, by its path."""
    paths = [
        path for path in home.rglob("*") if path.suffix in {".md", ".html", ".txt", ".json", ".xml"}
    ]
    return {str(path.relative_to(home)): path.read_text() for path in paths}


def check_clean(home: Path) -> None:
    """No marker of an injection, nothing that the model tries of itself, and no link but to what
    the feeds published.
    """
    found = written(home)
    assert {path.rsplit("/", 1)[-1] for path in found} >= {
        "issue.md",
        "index.html",
        "email.html",
        "email.txt",
        "issue.json",
        "feed.xml",
    }
    for path, text in found.items():
        low = text.casefold()
        for marker in (*(one.marker for one in injections()), *ALWAYS):
            assert marker.casefold() not in low, (path, marker)
        hosts = set(re.findall(r"(?i)\b(?:https?:)?//([\w.-]+)", text)) - OURS
        assert hosts <= {publisher.host for publisher in Newsroom().publishers} | (
            {LEFT_OUT} if path.endswith("issue.json") else set()
        ), path
        assert "javascript:" not in low


def stories(home: Path) -> set[str]:
    """The addresses of everything that the issues tell."""
    rows = [json.loads(text) for path, text in written(home).items() if path.endswith("issue.json")]
    told = [story for row in rows for section in row["sections"] for story in section["stories"]]
    return {source["url"] for story in told for source in story["sources"]}


def test_extracts_of_a_hostile_newsroom_are_clean(attacked: Path, tmp_path: Path) -> None:
    """With the embedded summariser no command of a stranger is quoted, in no file."""
    home = shutil.copytree(attacked, tmp_path / "home")
    issues(home)
    check_clean(home)
    assert len(stories(home)) > 8


def test_a_model_that_obeys_every_injection_changes_nothing(attacked: Path, tmp_path: Path) -> None:
    """A model that does as each page says, and tries links, markup, ids and recipients of its own,
    gets none of it into any file.
    """
    home = shutil.copytree(attacked, tmp_path / "home")
    with model_server(obedient) as server:
        issues(home, LLM.format(url=server.base_url))
        asked = [one for one in server.asked if not one.is_probe]
    check_clean(home)
    published = {
        publisher.page_url(item) for publisher in Newsroom().publishers for item in publisher.items
    }
    assert len(stories(home)) > 8
    assert stories(home) <= published
    assert asked
    left = {
        one.marker for one in injections() for question in asked if one.marker in question.prompt
    }
    assert left == set(), "no model was even shown an injection"
