"""The weekly: made of what the dailies of the week read, each story followed through its days."""

from __future__ import annotations

import json
from contextlib import ExitStack
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from digest.issue.issue_md import parse, write
from tests.model_server import Asked, model_server, second_reading, sums
from tests.press import Digest
from tests.servers import Reply, ScriptedServer, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUNDAY = "2026-03-08"
WEEKLY = f"{SUNDAY}-weekly"

# day, title, paragraphs
WIRE = [
    (2, "Halden Compute sells $1.25 billion of bonds backed by its chips", [
        ("Halden Compute sold $1.25 billion of bonds on Monday that are backed by the AI chips in its"
        " data centers. The notes mature in seven years and yield 9.25 percent."),
        ("Halden said that it will spend the money on data centers in Chester and Leeds, which it"
        " rents to AI labs."),
        "The sale was covered twice, according to two bankers who worked on it.",
    ]),
    (3, "Orrin cuts the price of its largest AI model by 40 percent", [
        ("Orrin cut the price of its largest AI model by 40 percent on Tuesday, to $6 for a million"
        " output tokens. The company said that better batching pays for the whole cut."),
        "None of the rivals of Orrin has followed. A reseller called the old price a tax.",
    ]),
    (4, "Senate bill would make data centers pay for their own power lines", [
        ("A Senate bill introduced on Wednesday would make AI data centers pay for their own power"
        " lines in advance. Under present rules households carry part of the cost."),
        "Utilities said that the bill would delay 4 gigawatts of data centers.",
    ]),
]  # fmt: skip
POST = [
    (4, "Rating agency doubts the chips behind bonds of Halden Compute", [
        ("Halden Compute sold bonds on chips that may lose their value before the notes mature, the"
        " rating agency Brock said on Wednesday of the $1.25 billion sale. The chips of Halden are"
        " worth half after three years, according to Brock."),
        ("Halden Compute disputed the figures of Brock and said that its AI data centers are rented"
        " for eight years."),
    ]),
    (5, "Larkfield raises $300 million for its AI inference chips", [
        ("Larkfield raised $300 million on Thursday for chips that run AI models, at a valuation of"
        " $2 billion. The round was led by the fund Tarnholm Capital."),
        "Larkfield said that the chips cost a third of what its rivals charge.",
    ]),
]  # fmt: skip


def when(day: int) -> datetime:
    """The moment at which a piece of that day appears."""
    return datetime(2026, 3, day, 9, tzinfo=UTC)


def publish(server: ScriptedServer, name: str, pieces: list[tuple[int, str, list[str]]]) -> None:
    """A publisher's feed and pages."""
    items = ""
    for number, (day, title, paragraphs) in enumerate(pieces):
        items += (
            f"<item><title>{title}</title><link>{server.url}/{number}</link><guid>{number}</guid>"
            f"<pubDate>{format_datetime(when(day))}</pubDate></item>"
        )
        body = "".join(f"<p>{one}</p>" for one in paragraphs)
        server.routes[f"/{number}"] = Reply(
            headers={"Content-Type": "text/html; charset=utf-8"},
            body=(
                f'<html lang="en"><head><title>{title}</title><meta property="og:site_name"'
                f' content="{name}"></head><body><main><article><h1>{title}</h1>{body}</article>'
                "</main></body></html>"
            ).encode(),
        )
    server.routes["/feed"] = Reply(
        headers={"Content-Type": "application/rss+xml"},
        body=f'<rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'.encode(),
    )


@pytest.fixture(scope="module")
def papers() -> Iterator[tuple[ScriptedServer, ScriptedServer]]:
    """Two publishers."""
    with ExitStack() as stack:
        wire = stack.enter_context(serving({}, "127.0.31.21"))
        post = stack.enter_context(serving({}, "127.0.31.22"))
        publish(wire, "Harbour Wire", WIRE)
        publish(post, "County Post", POST)
        yield wire, post


@pytest.fixture
def digest(tmp_path: Path, papers: tuple[ScriptedServer, ScriptedServer]) -> Digest:
    """The command where both are subscribed to."""
    feeds = "".join(f"  - {{url: {paper.url}/feed}}\n" for paper in papers)
    (tmp_path / "feeds.yaml").write_text(
        f"feeds:\n{feeds}network: {{allow: [127.0.31.0/24]}}\nlimits: {{host_gap: 0, workers: 1}}\n"
        "editions: {daily: {min_stories: 1}}\n"
    )
    return Digest(tmp_path)


def test_a_week_of_dailies_and_then_the_weekly(
    digest: Digest, papers: tuple[ScriptedServer, ScriptedServer]
) -> None:
    """Nothing is asked for again; a story of two days tells of both, each behind its date; what a
    daily told is linked, and a fresh state comes to the same paragraphs.
    """
    for day in (2, 4):
        assert digest("run", "--date", f"2026-03-0{day}").returncode == 0
    asked = [len(paper.seen) for paper in papers]
    done = digest("run", "-e", "weekly", "--date", SUNDAY)
    assert done.returncode == 0, done.stderr
    # only what no daily covered is read: Thursday's piece
    new = [seen.path for paper, n in zip(papers, asked, strict=True) for seen in paper.seen[n:]]
    assert new == ["/1"]
    assert "2 as other editions have read them" in done.stdout
    draft = parse((digest.home / f"output/{WEEKLY}/issue.md").read_text())
    assert write(draft) == (digest.home / f"output/{WEEKLY}/issue.md").read_text()
    bonds = next(item for part in draft.parts for item in part.items if "bonds" in item.headline)
    assert "*Monday, 2 March, Harbour Wire:* Halden Compute sold $1.25 billion" in bonds.text
    assert "*Wednesday, 4 March, County Post:*" in bonds.text
    assert bonds.text.index("Monday") < bonds.text.index("Wednesday")
    tags = {item.tag for part in draft.parts for item in part.items}
    assert {"Price cut", "Funding"} <= tags
    value = json.loads((digest.home / f"output/{WEEKLY}/issue.json").read_text())
    story = next(s for p in value["sections"] for s in p["stories"] if s["id"] == bonds.id)
    assert [one["issue"] for one in story["told_in"]] == ["2026-03-02-daily", "2026-03-04-daily"]
    page = (digest.home / f"output/{WEEKLY}/index.html").read_text()
    assert f'href="../2026-03-02-daily/#story-{story["told_in"][0]["story"]}"' in page
    assert (
        "Told in the daily of 2 March" in (digest.home / f"output/{WEEKLY}/email.txt").read_text()
    )


def test_a_fresh_state_runs_what_is_missing(digest: Digest, tmp_path: Path) -> None:
    """The front matter is what a static-site generator reads; approval takes the draft's mark
    away, and what is approved is published.
    """
    assert digest("run", "-e", "weekly", "--date", SUNDAY).returncode == 0
    file = tmp_path / f"output/{WEEKLY}/issue.md"
    draft = parse(file.read_text())
    assert (draft.unpublished, draft.tags[0]) == (True, "weekly")
    assert draft.description.startswith("The week of 2 to 8 March 2026: ")
    assert draft.greeting.startswith("Each paragraph is made of extracts")
    assert sum(len(part.items) for part in draft.parts) == 4
    written = file.read_text()
    file.write_text(written.replace("**Price cut: ", "**Fraud: "))
    assert "the tag “Fraud” is not in the cited sources" in digest("approve", WEEKLY).stderr
    file.write_text(written.replace("**Price cut: ", "**Largest: "))
    assert digest("approve", WEEKLY).returncode == 0
    assert "\ndraft: false\n" in file.read_text()
    assert (tmp_path / f"output/site/issues/{WEEKLY}/index.html").exists()
    assert "already approved" in digest("run", "-e", "weekly", "--date", SUNDAY).stdout


def test_an_edition_of_ones_own(digest: Digest, tmp_path: Path) -> None:
    """Its window, its sections by theme and by pick, its title, its own template; it has issues of
    its own and is no other's business.
    """
    (tmp_path / "look").mkdir()
    (tmp_path / "look/email.txt.j2").write_text("Mine: {{ issue.title }}\n")
    with (tmp_path / "feeds.yaml").open("a") as file:
        file.write(
            """  power:
    window: 7
    title: "Power and chips, {week}"
    highlights: false
    numbers: 2
    templates: look
    sections:
      - {name: Deals, themes: [Deals & valuations], top: 1, form: headings, sentences: 2}
      - {name: All the rest, top: 5, sentences: 1}
""".replace("  power", "editions:\n  power", 1)
        )
    text = (tmp_path / "feeds.yaml").read_text()
    (tmp_path / "feeds.yaml").write_text(text.replace("editions: {daily: {min_stories: 1}}\n", ""))
    done = digest("run", "-e", "power", "--date", SUNDAY)
    assert done.returncode == 0, done.stderr
    draft = parse((tmp_path / f"output/{SUNDAY}-power/issue.md").read_text())
    assert draft.title == "Power and chips, 2 to 8 March 2026"
    assert [(part.name, part.form, len(part.items)) for part in draft.parts[:2]] == [
        ("Deals", "headings", 1),
        ("All the rest", "bullets", 3),
    ]
    assert (tmp_path / f"output/{SUNDAY}-power/email.txt").read_text() == (
        "Mine: Power and chips, 2 to 8 March 2026\n"
    )
    assert digest("render", f"{SUNDAY}-power").returncode == 0
    today = datetime.now(UTC).strftime("%a").lower()
    text = (tmp_path / "feeds.yaml").read_text()
    other = "[sun, mon]" if today not in {"sun", "mon"} else "[thu]"
    (tmp_path / "feeds.yaml").write_text(text.replace("window: 7", f"window: 7\n    days: {other}"))
    assert "nothing was done" in digest("run", "-e", "power").stdout
    assert digest("subscribers", "add", "a@b.example", "-e", "power").returncode == 0


TITLES = {title: paragraphs for _, title, paragraphs in (*WIRE, *POST)}
TOLD = (
    "Halden Compute sold $1.25 billion of bonds on Monday that are backed by the AI chips in its"
    " data centers. On Wednesday the rating agency Brock said that the chips of Halden are worth"
    " half after three years, which Halden disputed: its data centers are rented for eight years."
)


def well_read(asked: Asked) -> str:
    """A model that reads the first sentences of a piece and writes one paragraph of the bonds."""
    if asked.is_probe:
        return sums(asked)
    if "Task: a second reading" in asked.prompt:
        return second_reading(asked)
    if "Task: tell one story of the week" in asked.system:
        text = TOLD if "Halden" in asked.prompt else ""
        return json.dumps({"headline": "Halden Compute sells bonds", "text": text, "insights": []})
    if "Task: read one document" in asked.prompt:
        own = next(text for title, text in TITLES.items() if f"Title: {title}" in asked.prompt)
        read = [
            {"headline": "", "what_happened": one, "quotes": [one], "importance": 4}
            for one in own[:2]
        ]
        return json.dumps({"insights": read})
    return json.dumps({"title": "", "highlights": [], "claims": []})


def test_with_a_model_a_paragraph_is_written_anew_and_nothing_is_read_again(
    digest: Digest, tmp_path: Path
) -> None:
    """From all of the story's documents, each with its day; of what the dailies read no model is
    asked again.
    """
    with model_server(well_read) as model:
        with (tmp_path / "feeds.yaml").open("a") as file:
            file.write(f'llm: {{base_url: "{model.base_url}", model: m, api_key_env: ""}}\n')
        for day in (2, 4):
            assert digest("run", "--date", f"2026-03-0{day}").returncode == 0
        before = len([one for one in model.real if "Task: read one document" in one.prompt])
        done = digest("run", "-e", "weekly", "--date", SUNDAY)
        assert done.returncode == 0, done.stderr
        read = [one for one in model.real if "Task: read one document" in one.prompt][before:]
        assert [one for one in read if "Larkfield" not in one.prompt] == []
        asked = next(
            one for one in model.real if "of the week" in one.system and "s2: " in one.prompt
        )
    assert "s1: Harbour Wire, Monday, 2 March 2026, article" in asked.prompt
    assert "s2: County Post, Wednesday, 4 March 2026, article" in asked.prompt
    draft = parse((tmp_path / f"output/{WEEKLY}/issue.md").read_text())
    items = [item for part in draft.parts for item in part.items]
    bonds = next(item for item in items if item.headline == "Halden Compute sells bonds")
    assert (bonds.text, bonds.tag) == (TOLD, "Debt")
    assert draft.greeting.startswith("Paragraphs that begin with a date are extracts")
    value = json.loads((tmp_path / f"output/{WEEKLY}/issue.json").read_text())
    told = next(s for p in value["sections"] for s in p["stories"] if s["id"] == bonds.id)
    assert told["verdict"] in {"grounded", "checked"}
    assert len({span["entry"] for span in told["insights"][0]["evidence"]}) == 2
