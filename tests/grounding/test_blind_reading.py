"""The measure of code and a second reader together, on statements that somebody wrote."""

import json
from pathlib import Path

import pytest

from bench.blind_reading import counted, read, statements
from tests.model_server import Asked, model_server, second_reading, sums

ARTICLE = (
    "Quarrylight buys a cooling firm\n\n"
    "Quarrylight, a maker of racks, said on Tuesday that it will buy Fennimore for $40 million. "
    "Its chief executive, Dora Pell, called the price fair. Most of the staff of Fennimore stay."
)
STATEMENTS = (
    ("Quarrylight is to pay $40 million for Fennimore.", True, "true"),
    ("Quarrylight is to pay $90 million for Fennimore.", False, "number"),
    ("All of the staff of Fennimore stay.", False, "scope"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set of three statements on one article."""
    (tmp_path / "one.txt").write_text(ARTICLE, encoding="utf-8")
    rows = [
        {"id": f"s{i}", "doc": "one", "claim": claim, "supported": true, "kind": kind}
        for i, (claim, true, kind) in enumerate(STATEMENTS)
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "statements.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def test_code_alone_is_told_from_code_with_a_reader(folder: Path) -> None:
    """A reader who doubts what code passes is counted beside code; each kind by itself."""

    def answer(asked: Asked) -> str:
        if asked.is_probe:
            return sums(asked)
        said = json.loads(second_reading(asked))
        claims = asked.prompt.rpartition("===== BEGIN claims")[2]
        (doubted,) = [
            line[:2] for line in claims.splitlines() if line.endswith("of Fennimore stay.")
        ]
        for row in said["claims"]:
            row["result"] = "contradicted" if row["id"] == doubted else "supported"
        return json.dumps(said)

    with model_server(answer) as server:
        found, readings = read(
            folder, statements(folder), {"base_url": server.base_url, "model": "m"}
        )
        asked = [one for one in server.asked if not one.is_probe]
    result = counted(found)
    assert result["true flagged"] == {"code": 0, "both": 0, "of": 1}
    assert result["untrue caught"] == {"code": 1, "both": 2, "of": 2}
    assert result["changed facts caught"] == {"code": 1, "both": 1, "of": 1}
    assert readings["read"] == 2
    # neither an id nor a kind of the set is shown to the reader
    assert len(asked) == 1
    assert "number" not in asked[0].prompt.rpartition("BEGIN claims")[2].partition("END")[0]


def test_without_an_endpoint_code_is_measured_alone(folder: Path) -> None:
    """Nobody is asked, and both columns are code's."""
    found, readings = read(folder, statements(folder), None)
    assert (counted(found)["untrue caught"], readings) == ({"code": 1, "both": 1, "of": 2}, {})


def test_a_line_that_lacks_something_is_named(folder: Path) -> None:
    """The line and the missing field, not a traceback."""
    (folder / "statements.jsonl").write_text('{"id": "s1", "doc": "one", "supported": true}\n')
    with pytest.raises(SystemExit, match="line 1: KeyError\\('claim'\\)"):
        statements(folder)
