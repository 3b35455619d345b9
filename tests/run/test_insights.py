"""`digest run --edition insights`, from feeds with episodes to files, approval and the archive."""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.editions.test_insights import CLAIMS
from tests.insights.test_spoken import CHAT
from tests.press import Digest
from tests.servers import Reply, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = "2026-02-05"
SAID = [CLAIMS["Energy & grid"], CLAIMS["Models & pricing"], CLAIMS["Labour & productivity"]]


def vtt(*claims: str) -> bytes:
    """An episode in which Ann Roe makes these points between small talk, ten seconds for each thing
    said.
    """
    said = CHAT * 3
    for claim in claims:
        said = [*said, claim, *CHAT * 3]
    cues = (
        f"{i // 6:02d}:{i % 6 * 10:02d}.000 --> {i // 6:02d}:{i % 6 * 10 + 9:02d}.000\n<v Ann"
        f" Roe>{text}\n"
        for i, text in enumerate(said)
    )
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


def feed(url: str, episodes: int) -> bytes:
    """A podcast's feed."""
    items = "".join(
        f"<item><title>AI on the grid, part {i}</title><link>{url}/{i}</link><guid>{i}</guid>"
        f"<pubDate>Thu, 05 Feb 2026 0{i + 5}:00:00 GMT</pubDate>"
        f'<description>Notes on AI, part {i}.</description><enclosure url="{url}/{i}.mp3"'
        ' type="audio/mpeg" length="1"/>'
        f'<podcast:transcript url="{url}/{i}.vtt" type="text/vtt"/></item>'
        for i in range(1, episodes + 1)
    )
    namespace = 'xmlns:podcast="https://podcastindex.org/namespace/1.0"'
    return (
        f'<rss version="2.0" {namespace}><channel><title>Radio'
        f" Ledger</title><link>{url}/</link>{items}</channel></rss>".encode()
    )


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A folder with a configuration: one show of two episodes, and a news feed that this edition
    need not read.
    """
    with ExitStack() as stack:
        show = stack.enter_context(serving({}, "127.0.31.9"))
        news = stack.enter_context(serving({}, "127.0.31.10"))
        show.routes |= {
            "/feed": Reply(headers={"Content-Type": "application/rss+xml"}, body=feed(show.url, 2))
        }
        show.routes |= {"/1.vtt": vtt(SAID[0], SAID[1]), "/2.vtt": vtt(SAID[2])}
        item = (
            f"<item><title>News</title><link>{news.url}/n</link><pubDate>Thu, 05 Feb 2026 06:00:00"
            " GMT</pubDate></item>"
        )
        news.routes["/feed"] = (
            f'<rss version="2.0"><channel><title>N</title>{item}</channel></rss>'.encode()
        )
        (tmp_path / "feeds.yaml").write_text(
            f"feeds:\n  - {{url: {show.url}/feed, kind: podcast}}\n  - {{url: {news.url}/feed}}\n"
            "network: {allow: [127.0.31.0/24]}\nlimits: {host_gap: 0, workers: 1}\n"
        )
        yield tmp_path
        assert "/n" not in [seen.path for seen in news.seen]


def test_an_issue_from_episodes_to_the_archive(home: Path) -> None:
    """Claims with show, speaker and minute; approved, they stand on the pages of their themes, and
    a second build changes nothing.
    """
    digest = Digest(home)
    made = digest("run", "--edition", "insights", "--date", DAY, "--json")
    assert (made.returncode, json.loads(made.stdout)["state"]) == (0, "made"), made.stderr
    issue = json.loads((home / f"output/{DAY}-insights/issue.json").read_text())
    stories = {
        story["theme"]: story for section in issue["sections"] for story in section["stories"]
    }
    assert [section["name"] for section in issue["sections"]] == list(stories)
    assert (issue["title"], issue["highlights"], issue["figures"]) == (
        "Top 3 insights from new podcasts",
        "",
        [],
    )
    (insight,) = stories["Models & pricing"]["insights"]
    assert insight["text"] == SAID[1]
    assert (insight["basis"], insight["speaker"], insight["verdict"]) == (
        "transcript",
        "Ann Roe",
        "extract",
    )
    (evidence,) = insight["evidence"]
    assert (evidence["quote"], evidence["second"]) == (SAID[1], 370.0)
    assert stories["Models & pricing"]["text"] == f"Ann Roe: “{SAID[1]}”"
    assert "at 6:10" in (home / f"output/{DAY}-insights/email.txt").read_text()
    assert (
        f"{evidence['audio_url']}#t=370" in (home / f"output/{DAY}-insights/index.html").read_text()
    )
    assert digest("approve", f"{DAY}-insights").returncode == 0
    pages = {
        path: path.read_bytes() for path in (home / "output/site").rglob("*") if path.is_file()
    }
    assert {path.parent.name for path in (home / "output/site/themes").glob("*/index.html")} == {
        "energy-and-grid", "models-and-pricing", "labour-and-productivity",
    }  # fmt: skip
    assert digest("render", "--edition", "insights", "--date", DAY).returncode == 0
    assert pages == {
        path: path.read_bytes() for path in (home / "output/site").rglob("*") if path.is_file()
    }


def test_a_second_run_and_the_next_day(home: Path) -> None:
    """A second run changes nothing; what is told does not return, and a day without an episode is
    quiet: one line, exit code 3.
    """
    digest = Digest(home)
    assert digest("run", "-e", "insights", "-d", DAY).returncode == 0
    before = (home / f"output/{DAY}-insights/issue.md").read_bytes()
    assert "already made" in digest("run", "-e", "insights", "-d", DAY).stdout
    assert (home / f"output/{DAY}-insights/issue.md").read_bytes() == before
    quiet = digest("run", "-e", "insights", "-d", "2026-02-06")
    assert quiet.returncode == 3
    assert (
        quiet.stderr.strip()
        .splitlines()[-1]
        .endswith(
            "2026-02-06-insights: a quiet day: 0 insights of the 1 that an insights issue needs"
        )
    )
