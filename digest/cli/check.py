"""`digest check`: a sentence against its sources. Needs no feeds.yaml, no state and no network; a
configuration is used when there is one.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.options import AsJson, opened
from digest.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.config.schema import Config
    from digest.insights.model.second_reading import SecondReader

DEFAULT = Path("feeds.yaml")


def check(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The sentence.")] = "",
    source: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="URL|FILE", help="What it cites; repeatable."),
    ] = None,
    claims: Annotated[
        Path | None,
        typer.Option("--claims", metavar="FILE", help="Many sentences, as JSON Lines, instead."),
    ] = None,
    no_model: Annotated[
        bool, typer.Option("--no-model", help="Leave the second reading out.")
    ] = False,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config", "-c", help="The configuration file; feeds.yaml where there is one."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Hold a sentence against its sources.

    What comes out is the verdict with its reasons, and each fact with where it stands.
    """
    _refuse(text, source, claims)
    settings = config or (DEFAULT if DEFAULT.is_file() else None)
    with _reader(settings, without=no_model) as reader:
        bad = (
            _claims(claims, reader)
            if claims
            else _text(text, source or [], reader, settings, as_json=as_json)
        )
    if bad:
        raise typer.Exit(1)


def _refuse(text: str, source: list[str] | None, claims: Path | None) -> None:
    if claims and (text or source):
        raise UsageError("--claims goes without TEXT and --source: its lines name their sources")
    if not claims and not (text.strip() and source):
        raise UsageError(
            "digest check TEXT --source URL|FILE, or: digest check --claims FILE.jsonl"
        )


def _text(
    text: str,
    sources: list[str],
    reader: SecondReader | None,
    settings: Path | None,
    *,
    as_json: bool,
) -> bool:
    from digest.cli.console import Console
    from digest.run.check import verdict_json, verdict_lines
    from digest.run.check_sources import read_source

    now = datetime.now(UTC)
    configured = _config(settings)
    documents = [read_source(one, configured, now) for one in dict.fromkeys(sources)]
    value = verdict_json(text, documents, reader)
    Console(as_json=as_json).result(value, verdict_lines(value))
    return False


def _claims(path: Path, reader: SecondReader | None) -> bool:
    """Print a line for each; returns whether any could not be read."""
    from digest.run.check import claims_json

    bad = False
    with path.open("rb") as stream:
        for row in claims_json(stream, reader, datetime.now(UTC)):
            bad = bad or "error" in row
            # half of a surrogate pair, which JSON can hold, goes out as JSON writes it
            line = json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace")
            sys.stdout.buffer.write(line + b"\n")
            sys.stdout.buffer.flush()
    return bad


def _config(settings: Path | None) -> Config:
    from digest.config.loading import load
    from digest.config.schema import Config

    return load(settings) if settings else Config(feeds=())


@contextmanager
def _reader(settings: Path | None, *, without: bool) -> Iterator[SecondReader | None]:
    """Who gives a second reading; None without a model."""
    if without or settings is None or not _config(settings).second_reader:
        yield None
        return
    from digest.llm.usage import SecondReadings
    from digest.run.read import second_reader

    with opened(settings, as_json=True) as (session, _), session.answerer() as answerer:
        yield second_reader(session, answerer, SecondReadings()) if answerer else None
