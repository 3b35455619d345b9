"""Sentences held against their sources outside of any issue: one that somebody typed, or line by
line a file of them.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, BinaryIO

from digest.grounding import Grounded, ground, index
from digest.grounding.reasons import reasons
from digest.grounding.stated_facts import facts
from digest.insights.model.examined import Claim, Examined
from digest.issue.issue_json import check_json
from digest.run.check_sources import document_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from digest.grounding import Indexed
    from digest.insights.model.second_reading import SecondReader
    from digest.model import Document

LONGEST_LINE = 20_000_000  # bytes
TOGETHER = 12  # claims of the same sources that are read in one question


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file of claims: what is claimed of which sources, or why it cannot be read."""

    id: Any
    claim: str = ""
    sources: str = ""  # as JSON, always written alike
    error: str = ""


def verdict_json(
    text: str, documents: Sequence[Document], reader: SecondReader | None
) -> dict[str, Any]:
    """What the checks say of a text: its verdict with the reasons, its facts and where each
    stands, and what it rests on.
    """
    sources = [index(document) for document in documents]
    (grounded,) = _grounded([text], sources, reader)
    stated = facts(text, sources, grounded.evidence)
    return {
        "verdict": grounded.verdict,
        "reasons": [one._asdict() for one in reasons(grounded)],
        "checks": {name: check_json(name, check) for name, check in grounded.checks},
        "facts": [
            {"kind": one.kind, "text": one.text, "place": asdict(one.place) if one.place else None}
            for one in stated
        ],
        "evidence": [asdict(one) for one in grounded.evidence],
    }


def verdict_lines(value: dict[str, Any]) -> Iterator[str]:
    """The same for a person."""
    yield value["verdict"]
    yield from (f"  {one['check']} ({one['rule']}): {one['why']}" for one in value["reasons"])
    meaning = value["checks"].get("meaning")
    if value["verdict"] == "checked":
        why = meaning["why"] if meaning else ""
        yield f"  meaning not read{': ' if why else ''}{why}"
    elif meaning and meaning["result"] == "pass":
        yield f"  meaning read: “{meaning['quote']}”"
    if value["facts"]:
        yield "facts:"
    for one in value["facts"]:
        place = one["place"]
        where = (
            f"{place['entry_url']}, at {place['start']}: “{_one_line(place['quote'])}”"
            if place
            else "nowhere"
        )
        yield f"  {one['kind']} {one['text']}: {where}"
    if value["evidence"]:
        yield "rests on:"
    yield from (
        f"  {one['entry_url']}, at {one['start']}: “{_one_line(one['quote'])}”"
        for one in value["evidence"]
    )


def claims_json(
    stream: BinaryIO, reader: SecondReader | None, now: datetime
) -> Iterator[dict[str, Any]]:
    """A verdict for each line of a file of claims, in its order, read as it is needed; for one that
    cannot be read its error. Lines of the same sources that follow each other share an index, and
    a second reading.
    """
    for key, group in groupby(_lines(stream), key=lambda line: line.sources):
        if not key:
            yield from ({"id": line.id, "error": line.error} for line in group)
            continue
        yield from _checked(key, group, reader, now)


def _checked(
    sources: str, lines: Iterable[Line], reader: SecondReader | None, now: datetime
) -> Iterator[dict[str, Any]]:
    try:
        rows = enumerate(json.loads(sources), 1)
        indexed = [index(document_of(f"source {i}", row, now)) for i, row in rows]
    except ValueError as error:
        yield from ({"id": line.id, "error": str(error)} for line in lines)
        return
    for together in _batches(lines, TOGETHER if reader else 1):
        found = _grounded([line.claim for line in together], indexed, reader)
        for line, grounded in zip(together, found, strict=True):
            yield {
                "id": line.id,
                "verdict": grounded.verdict,
                "reasons": [one._asdict() for one in reasons(grounded)],
            }


def _batches(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    batch: list[Line] = []
    for line in lines:
        batch.append(line)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _grounded(
    texts: Sequence[str], sources: Sequence[Indexed], reader: SecondReader | None
) -> list[Grounded]:
    """The groundings, after a second reading where there is a reader."""
    claims = [
        Examined(Claim(f"c{i}", text, sources), text, ground(text.splitlines(), sources))
        for i, text in enumerate(texts, 1)
    ]
    heard = reader.heard(claims, "claims") if reader else claims
    return [one.grounded for one in heard]


def _lines(stream: BinaryIO) -> Iterator[Line]:
    number = 0
    while body := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(body) > LONGEST_LINE:
            while body and not body.endswith(b"\n"):
                body = stream.readline(LONGEST_LINE)
            yield Line(None, error=f"line {number} is longer than {LONGEST_LINE:,} bytes")
        elif body.strip():
            yield _line(body, number)


def _line(body: bytes, number: int) -> Line:
    try:
        row = json.loads(body)
    except (ValueError, RecursionError):
        return Line(None, error=f"line {number} is no JSON")
    if not isinstance(row, dict):
        return Line(None, error=f"line {number} is no object")
    identity, claim, sources = row.get("id"), row.get("claim"), row.get("sources")
    wrong = _wrong(claim, sources)
    if wrong:
        return Line(identity, error=f"line {number}: {wrong}")
    return Line(identity, str(claim), json.dumps(sources, sort_keys=True))


def _wrong(claim: Any, sources: Any) -> str:
    """What is wrong with a line, "" for nothing."""
    if not isinstance(claim, str) or not claim.strip():
        return "'claim' must be a text"
    if not isinstance(sources, list) or not sources:
        return "'sources' must be a list of at least one"
    for one in sources:
        if not isinstance(one, dict) or not isinstance(one.get("text"), str):
            return "each source must have a 'text'"
        if any(not isinstance(one.get(key), str | None) for key in ("title", "basis", "published")):
            return "'title', 'basis' and 'published' of a source must be texts or null"
    return ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
