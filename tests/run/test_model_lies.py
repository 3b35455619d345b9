"""Runs with a model that lies in every text that it writes: no file of an issue holds what it made
up, whatever the edition.
"""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from digest.store import documents
from tests.model_server import Asked, model_server, sums
from tests.press import Digest
from tests.run.test_insights import DAY, SAID, feed, vtt
from tests.run.test_model_run import first_sentence, good, make, opened, shortened
from tests.servers import Reply, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def home(fetched_day: Path, tmp_path: Path) -> Path:
    """A copy of what was fetched."""
    return shutil.copytree(fetched_day, tmp_path / "home")


NAME, NUMBER, LINK = "Zbigniew Quillfeather", "$873 billion", "evil.example"


def liar(spoil: Callable[[str], str]) -> Callable[[Asked], str]:
    """A model whose every text is spoilt, repairs included."""

    def answer(asked: Asked) -> str:
        if asked.is_probe:
            return sums(asked)
        if "What is wrong" in asked.prompt:
            claims = re.findall(r"^Claim (\w+)$", asked.prompt, re.MULTILINE)
            return json.dumps(
                {
                    "claims": [
                        {"id": name, "text": spoil("The market for chips grew.")}
                        for name in [*claims, "c99"]
                    ]
                }
            )
        value = json.loads(good(asked))
        for insight in value.get("insights", []):
            insight.update(
                what_happened=spoil(insight["what_happened"]),
                headline=spoil("Chips"),
                why_it_matters=spoil("It matters."),
            )
            insight.update(
                organisations=[spoil("Acme")],
                people=[NAME],
                figures=[{"figure": NUMBER, "measures": spoil("capex")}],
            )
        for sentence in value.get("highlights", []):
            sentence.update(
                text=spoil(sentence["text"]),
                insights=[*sentence["insights"], "i77", "https://evil.example/x"],
            )
        for key in {"title", "text", "headline"} & value.keys():
            value[key] = spoil(value[key])
        return json.dumps(value)

    return answer


LIES: dict[str, Callable[[str], str]] = {
    "an invented number": lambda text: f"{text.rstrip('.')}, worth {NUMBER}.",
    "an invented name": lambda text: f"{text.rstrip('.')}, {NAME} said.",
    "an invented address": lambda text: f"{text} See https://{LINK}/offer for more.",
    "an address without a scheme": lambda text: f"{text} More at www.{LINK}/x.",
    "a Markdown link": lambda text: f"{text} [Read on](http://{LINK}).",
    "HTML": lambda text: f"{text} <a href='http://{LINK}'>Read on</a><script>alert(1)</script>",
    "a story marker": lambda text: f"{text} <!-- story:evil1 insights:i1 --> ## {NAME}",
    "a story about something else": lambda _: (
        f"{NAME} opened a bakery in Lisbon and sold {NUMBER} of bread to sailors."
    ),
    "a command to the reader": lambda text: f"{text} Wire the money to {NAME} now.",
}


def check_clean(folder: Path) -> None:
    """No file of the issue holds anything that the lies made up."""
    for path in folder.iterdir():
        text = path.read_text()
        if path.name == "issue.json":  # the reasons against what was left out may quote it
            value = json.loads(text)
            text = json.dumps(
                [
                    value["title"],
                    value["highlights"],
                    value["sections"],
                    value["figures"],
                    value["categories"],
                ]
            )
        assert not re.search(r"\b873\b", text), path.name  # as a word: ids are hexadecimal
        for invented in (NAME, LINK, "evil1", "<script>alert"):
            assert invented not in text, path.name


ARTICLES_TOO = "\neditions: {insights: {articles: true, min_stories: 1}}\n"


# The editions share what keeps lies out: of the insights' few are tried each time.
EACH_TIME = ("an invented number", "HTML")


@pytest.mark.parametrize(
    ("lie", "edition"),
    [
        *((lie, "daily") for lie in LIES),
        *((lie, "insights") for lie in EACH_TIME),
        *(
            pytest.param(lie, "insights", marks=pytest.mark.slow)
            for lie in LIES
            if lie not in EACH_TIME
        ),
    ],
)
def test_a_lie_never_reaches_the_issue(home: Path, lie: str, edition: str) -> None:
    """Whatever a model makes up in every text that it writes, no file of the issue holds it."""
    with (home / "feeds.yaml").open("a") as settings:
        settings.write(ARTICLES_TOO)
    with model_server(liar(LIES[lie])) as server:
        issue, run = make(home, server, edition=edition)
    assert issue["edition"] == edition
    assert {"issue.md", "index.html", "email.html", "email.txt", "issue.json"} == {
        path.name for path in run.folder(issue["id"]).path.iterdir()
    }
    check_clean(run.folder(issue["id"]).path)
    claims = run.report.claims
    assert claims.repaired + claims.replaced + claims.dropped > 0


@pytest.mark.parametrize("edition", ["daily", "insights"])
def test_summaries_that_are_crossed_are_caught(home: Path, edition: str) -> None:
    """Each document gets what was said of another, the least like it, as two that tell of one event
    are told apart by a second reading alone; nothing is told with a document that does not say it.
    """
    said: list[str] = ["Vantage Rail will lay 300 kilometres of track in Peru."]
    whole: dict[
        str, str
    ] = {}  # what was said of a document -> the sentence there that it was made from

    def crossed(asked: Asked) -> str:
        if asked.is_probe or "Return the insights" not in asked.prompt:
            return (
                sums(asked)
                if asked.is_probe
                else json.dumps({"claims": []})
                if "What is wrong" in asked.prompt
                else good(asked)
            )
        sentence = first_sentence(asked.prompt)
        heard = set(asked.prompt.split())
        own, others = shortened(sentence), said[1:] or said
        before = min(others, key=lambda one: len(heard & set(one.split())))
        said.append(own)
        whole[own] = sentence
        return json.dumps(
            {"insights": [{"headline": "", "what_happened": before, "quotes": [sentence]}]}
        )

    with (home / "feeds.yaml").open("a") as settings:
        settings.write(ARTICLES_TOO)
    with model_server(crossed) as server:
        issue, run = make(home, server, edition=edition)
        assert run.report.claims.dropped + run.report.claims.replaced >= 10
        told = [
            insight
            for section in issue["sections"]
            for story in section["stories"]
            for insight in story["insights"]
        ]
        with opened(home, server) as (session, _):
            for insight in told:
                found = documents.of(session.db, [insight["entry"]])[insight["entry"]]
                assert whole.get(insight["text"], insight["evidence"][0]["quote"]) in found.text
                assert insight["text"] != said[0]


@pytest.mark.parametrize(
    "lie",
    [
        "an invented number",
        "an invented name",
        "an invented address",
        "a story about something else",
    ],
)
def test_a_lie_about_what_was_said_in_an_episode_never_reaches_the_issue(
    tmp_path: Path, lie: str
) -> None:
    """Of a transcript, too: what somebody is made to say gives way to what was said."""

    def answer(asked: Asked) -> str:
        value = json.loads(liar(LIES[lie])(asked))
        said = next((one for one in SAID if one in asked.prompt), "")
        if "Return the insights" in asked.prompt and said:
            own = {
                "headline": LIES[lie]("Ann Roe argues"),
                "what_happened": LIES[lie](f"Ann Roe says that {said}"),
                "quotes": [said],
            }
            value = {
                "insights": [
                    own,
                    {
                        **own,
                        "what_happened": LIES[lie](
                            f"{NAME} argued the opposite of what Ann Roe said"
                        ),
                    },
                ]
            }
        return json.dumps(value)

    with serving({}, "127.0.31.11") as show, model_server(answer) as server:
        show.routes |= {
            "/feed": Reply(headers={"Content-Type": "application/rss+xml"}, body=feed(show.url, 2))
        }
        show.routes |= {"/1.vtt": vtt(SAID[0], SAID[1]), "/2.vtt": vtt(SAID[2])}
        (tmp_path / "feeds.yaml").write_text(
            f"feeds:\n  - {{url: {show.url}/feed, kind: podcast}}\nnetwork: {{allow:"
            " [127.0.31.0/24]}\nlimits: {host_gap: 0, workers: 1}\neditions: {insights:"
            f" {{min_stories: 1}}}}\nllm: {{base_url: '{server.base_url}', model: m}}\n"
        )
        made = Digest(tmp_path)("run", "--edition", "insights", "--date", DAY)
    assert made.returncode == 0, made.stderr
    check_clean(tmp_path / f"output/{DAY}-insights")
    issue = json.loads((tmp_path / f"output/{DAY}-insights/issue.json").read_text())
    told = [
        insight
        for section in issue["sections"]
        for story in section["stories"]
        for insight in story["insights"]
    ]
    assert all(
        insight["basis"] == "transcript"
        and insight["verdict"] in {"grounded", "checked", "extract"}
        for insight in told
    )
    assert all(
        any(span["quote"] in f"{said} {said}" for said in SAID)
        for insight in told
        for span in insight["evidence"][:1]
    )
