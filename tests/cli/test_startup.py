"""Each command imports what it needs: what it loads is listed in a process of its own, and what
would make it slow must not be there.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.press import Digest

ISSUE = "2025-09-22-daily"
CHILD = """
import contextlib, io, json, sys
from digest.cli.main import app
for line in sys.stdin:
    with contextlib.redirect_stdout(io.StringIO()) as said:
        try:
            app(json.loads(line))
        except SystemExit as end:
            assert not end.code, said.getvalue()
    print(json.dumps(sorted(sys.modules)))
"""
NETWORK = {"httpx2", "httpcore2", "ssl", "concurrent.futures.thread"}
PARSERS = {"lxml", "feedparser", "trafilatura", "ruamel.yaml", "pypdf", "digest.extract.page"}
MODELS = {"openai", "pydantic", "genai_prices", "digest.insights.model", "digest.speech.engine"}
PAGES = {"jinja2", "css_inline", "digest.render", "starlette", "uvicorn", "rich.progress"}
LANGUAGE = {"py3langid", "numpy", "digest.stories", "digest.insights", "markdown"}
CHECKS = {"digest.grounding"}
AGAIN = {"digest.grounding.checks", "digest.grounding.indexed"}  # of what an editor changed alone
ALL = NETWORK | PARSERS | MODELS | PAGES | LANGUAGE | CHECKS


@pytest.fixture(scope="module")
def home(made_day: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an issue."""
    folder = tmp_path_factory.mktemp("startup")
    shutil.copytree(made_day, folder, dirs_exist_ok=True)
    return folder


def loaded(home: Path, *commands: tuple[str, ...]) -> list[set[str]]:
    """What is loaded after each of the commands, which one process runs in turn."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        cwd=home,
        input="".join(f"{json.dumps(command)}\n" for command in commands),
        capture_output=True,
        text=True,
        check=True,
    )
    return [set(json.loads(line)) for line in done.stdout.splitlines()]


def test_what_only_looks_things_up_is_quick(home: Path) -> None:
    """`--help` and lists load no parser, page, model or network; `show` reads Markdown."""
    commands = ("--help",), ("feeds", "list"), ("issues",), ("show", ISSUE)
    *lists, show = loaded(home, *commands)
    assert [sorted(ALL & modules) for modules in lists] == [[], [], []]
    assert sorted((NETWORK | PARSERS | MODELS | PAGES | AGAIN | {"digest.stories"}) & show) == []
    assert sorted({"digest.config.schema", "digest.model"} & lists[0]) == []


def test_approving_asks_nobody(home: Path) -> None:
    """It renders, so it has templates; it has no network, parser or model."""
    (modules,) = loaded(home, ("approve", ISSUE))
    assert sorted((NETWORK | PARSERS | MODELS | AGAIN) & modules) == []
    assert "jinja2" in modules


def test_asking_feeds_loads_no_later_stage(newsroom: Digest) -> None:
    """With nothing new not even a feed is parsed."""
    newsroom("fetch")
    (modules,) = loaded(newsroom.home, ("fetch",))
    later = PAGES | MODELS | CHECKS | PARSERS - {"lxml"} | {"py3langid", "digest.insights"}
    assert sorted(later & modules) == []
    assert "httpx2" in modules
