"""`digest check`: a sentence, or a file of them, held against its sources outside of any issue."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest

from digest.run.check import claims_json
from tests.model_server import Asked, model_server, second_reading, sums

if TYPE_CHECKING:
    from pathlib import Path

    from tests.press import Digest

NOW = datetime(2026, 2, 3, tzinfo=UTC)
TEXT = (
    "Northwind Compute raised $1.2 billion from Harbor Partners on Tuesday to build data centres in"
    " Ohio.\nThe company, led by chief executive Ada Brandt, said the round values it at $9"
    " billion.\n"
)
TRUE = (
    "Northwind Compute raised $1.2 billion from Harbor Partners to build data centres in Ohio, at a"
    " valuation of $9 billion."
)
SOURCE = {"title": None, "text": TEXT, "basis": "article", "published": "2026-02-03"}


def line(claim: str, identity: Any = "a", **source: Any) -> str:
    """A line of a file of claims."""
    return json.dumps({"id": identity, "claim": claim, "sources": [{**SOURCE, **source}]})


def verdicts(*lines: str) -> list[dict[str, Any]]:
    """What is printed for these lines, without a model."""
    return list(claims_json(io.BytesIO("\n".join(lines).encode()), None, NOW))


def test_claims_are_answered_in_their_order() -> None:
    """The reasons name the check and the row of the table, and are empty unless flagged."""
    found = verdicts(
        line(TRUE), line(TRUE.replace("$1.2", "$2.1"), 7), line(TEXT.splitlines()[0], None)
    )
    assert [(row["id"], row["verdict"]) for row in found] == [
        ("a", "checked"),
        (7, "flagged"),
        (None, "extract"),
    ]
    assert found[0]["reasons"] == found[2]["reasons"] == []
    assert found[1]["reasons"][0]["check"] == "numbers"
    assert found[1]["reasons"][0]["rule"]
    assert "$2.1 billion is not in" in found[1]["reasons"][0]["why"]


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("{", "no JSON"),
        ("[]", "no object"),
        ('{"id": 1}', "'claim'"),
        (line(" "), "'claim'"),
        ('{"id": 1, "claim": "x", "sources": []}', "'sources'"),
        ('{"id": 1, "claim": "x", "sources": [{"title": "t"}]}', "'text'"),
        (line(TRUE, published=3), "texts or null"),
        (line(TRUE, published="soon"), "no date"),
        (line(TRUE, basis="hearsay"), "none of article"),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_a_bad_line_costs_that_line(bad: str, why: str) -> None:
    """Its error stands in its place."""
    before, error, after = verdicts(line(TRUE), bad, line(TRUE))
    assert why in error["error"]
    assert before == after == {"id": "a", "verdict": "checked", "reasons": []}


def test_a_line_is_answered_before_the_next_is_read() -> None:
    """A file of any length is gone through, none is held: here it never ends."""

    class Endless(io.RawIOBase):
        read_lines = 0

        def readline(self, _size: int | None = -1, /) -> bytes:
            self.read_lines += 1
            return line(TRUE).encode() + b"\n"

    stream = Endless()
    found = list(islice(claims_json(stream, None, NOW), 3))  # type: ignore[arg-type]
    assert len(found) == 3
    assert stream.read_lines <= 4


def test_a_sentence_is_told_with_its_facts_and_where_they_stand(digest: Digest) -> None:
    """Without feeds.yaml, state or network; nothing is left behind."""
    (digest.home / "source.txt").write_text(TEXT)
    done = digest("check", TRUE.replace("Harbor", "Lakeside"), "--source", "source.txt", "--json")
    assert done.returncode == 0, done.stderr
    value = json.loads(done.stdout)
    assert value["verdict"] == "flagged"
    assert value["reasons"][0]["check"] == "names"
    number = next(one for one in value["facts"] if one["kind"] == "number")
    assert number["text"] == "$1.2 billion"
    assert TEXT[number["place"]["start"] : number["place"]["end"]] == number["place"]["quote"]
    name = next(one for one in value["facts"] if "Lakeside" in one["text"])
    assert name["place"] is None
    assert [path.name for path in digest.home.iterdir()] == ["source.txt"]
    told = digest("check", TRUE, "--source", "source.txt")
    assert told.stdout.splitlines()[:2] == ["checked", "  meaning not read"]


def test_a_page_in_a_file_is_read_like_a_page(digest: Digest) -> None:
    """Its article, not its menus."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT.splitlines() * 4)
    (digest.home / "page.html").write_text(
        f"<!doctype html><title>Northwind raises</title><nav>Home</nav><article>{body}</article>"
    )
    done = digest("check", TRUE, "--source", "page.html", "--json")
    assert json.loads(done.stdout)["verdict"] == "checked"


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (("check", "Words."), 2, "--source"),
        (("check", "--claims", "x.jsonl", "--source", "y.txt"), 2, "without TEXT"),
        (("check", "Words.", "--source", "gone.txt"), 1, "gone.txt: cannot be read"),
        (("check", "Words.", "--source", "http://127.0.0.1:9/x"), 1, "cannot be read"),
        (("check", "--claims", "gone.jsonl"), 1, "gone.jsonl"),
        (("check", "Words.", "--source", "gone.txt", "--config", "none.yaml"), 2, "none.yaml"),
    ],
)
def test_what_cannot_be_read_is_one_line(
    digest: Digest, arguments: tuple[str, ...], code: int, why: str
) -> None:
    """1 for a source or a file that cannot be read, 2 for wrong usage."""
    done = digest(*arguments)
    assert done.returncode == code
    assert why in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_file_with_a_bad_line_exits_with_1_and_is_answered(digest: Digest) -> None:
    """Half a surrogate pair, which JSON can hold, is no reason to fail."""
    rows = [line(TRUE, "\ud83d"), "nonsense", line(TRUE)]
    (digest.home / "claims.jsonl").write_text("\n".join(rows))
    done = digest("check", "--claims", "claims.jsonl", "--json", "--no-model")
    assert done.returncode == 1
    found = [json.loads(one) for one in done.stdout.splitlines()]
    assert [one.get("verdict") for one in found] == ["checked", None, "checked"]


def test_an_interrupt_ends_it_in_one_line(tmp_path: Path) -> None:
    """What was answered stands, and no traceback."""
    command = [sys.executable, "-m", "digest", "check", "--claims", "/dev/stdin"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        running.stdin.write(line(TRUE).encode() + b"\n")
        running.stdin.flush()
        assert json.loads(running.stdout.readline())["verdict"] == "checked"
        running.send_signal(signal.SIGINT)
        assert running.wait(30) == 130
        assert running.stderr.read().count(b"\n") == 1


def test_with_a_configured_model_the_meaning_is_read(digest: Digest) -> None:
    """Claims of the same sources that follow each other in one question; `--no-model` leaves it
    out.
    """

    def answer(asked: Asked) -> str:
        return sums(asked) if asked.is_probe else second_reading(asked, ["c2"])

    (digest.home / "claims.jsonl").write_text("\n".join([line(TRUE), line(TRUE, "b")]))
    with model_server(answer) as server:
        (digest.home / "feeds.yaml").write_text(
            f"feeds: []\nllm: {{base_url: '{server.base_url}', model: m}}\n"
        )
        done = digest("check", "--claims", "claims.jsonl")
        asked = len(server.real)
        without = digest("check", "--claims", "claims.jsonl", "--no-model")
        assert len(server.real) == asked == 1
    first, second = (json.loads(one) for one in done.stdout.splitlines())
    assert (first["verdict"], second["verdict"]) == ("grounded", "flagged")
    assert second["reasons"][0]["check"] == "meaning"
    assert {json.loads(one)["verdict"] for one in without.stdout.splitlines()} == {"checked"}
