"""The program as its users start it, and a small press on loopback addresses for it to read."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING

from digest.demo.material import Publisher, SampleItem, load_publishers
from tests.in_process import run_in_process
from tests.servers import Reply, ScriptedServer, serving

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import ExitStack
    from pathlib import Path

DAY = "2025-09-22"
PRESS = ("meridian", "rackandrow", "rulebook", "tapeout")


@dataclass(frozen=True)
class Digest:
    """The command, run in a folder of its own."""

    home: Path

    def __call__(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `digest ARGUMENTS` in this process, which has its imports behind it."""
        return run_in_process(arguments, self.home, {**_clean_environment(), **environment})

    def process(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `digest ARGUMENTS` in a process of its own and wait for it; for what only a process
        can show.
        """
        return subprocess.run(
            [sys.executable, "-m", "digest", *arguments],
            cwd=self.home,
            env={**_clean_environment(), **environment},
            capture_output=True,
            text=True,
            timeout=300,  # a deadlock ends; a busy machine does not
            check=False,
        )


def _clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("DIGEST_")}


@dataclass(frozen=True)
class Press:
    """Publishers on addresses of their own, and the configuration that subscribes to them."""

    servers: tuple[ScriptedServer, ...]

    @property
    def config(self) -> str:
        """A feeds.yaml."""
        feeds = "".join(f"  - url: {server.url}/feed\n" for server in self.servers)
        rest = (
            "network: {allow: [127.0.31.0/24]}\nlimits: {host_gap: 0, workers: 1}\neditions:"
            " {daily: {min_stories: 3}}\n"
        )
        return f"feeds:\n{feeds}{rest}"


def publishing(stack: ExitStack) -> Press:
    """Four publishers of the sample newsroom, each on a loopback address of its own, until the
    stack is closed.
    """
    chosen = [publisher for publisher in load_publishers() if publisher.slug in PRESS]
    return Press(
        tuple(_publish(stack, publisher, f"127.0.31.{i + 2}") for i, publisher in enumerate(chosen))
    )


def _publish(stack: ExitStack, publisher: Publisher, address: str) -> ScriptedServer:
    server = stack.enter_context(serving({}, address))
    items = [item for item in publisher.items if item.published.date().isoformat() == DAY]
    feed = _feed(publisher, items, server.url)
    server.routes["/feed"] = lambda headers: _conditional(headers, feed)
    for item in items:
        server.routes[item.path] = Reply(
            headers={"Content-Type": "text/html; charset=utf-8"}, body=_page(publisher, item)
        )
    return server


def _conditional(headers: Mapping[str, str], feed: bytes) -> Reply:
    """The feed, or a 304 to a client that has it."""
    tag = {"ETag": '"1"'}
    return (
        Reply(304, tag)
        if headers.get("If-None-Match") == '"1"'
        else Reply(headers={"Content-Type": "application/rss+xml", **tag}, body=feed)
    )


def _feed(publisher: Publisher, items: list[SampleItem], base: str) -> bytes:
    rows = "".join(
        f"<item><title>{escape(item.title)}</title><link>{base}{item.path}</link><pubDate>{format_datetime(item.published)}</pubDate>"
        f"<description>{escape(item.summary)}</description></item>"
        for item in items
    )
    return (
        "<rss"
        f' version="2.0"><channel><title>{escape(publisher.name)}</title><link>{base}/</link>{rows}</channel></rss>'.encode()
    )


def _page(publisher: Publisher, item: SampleItem) -> bytes:
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in item.paragraphs)
    return (
        f'<html lang="en"><head><title>{escape(item.title)}</title><meta property="og:site_name"'
        f' content="{escape(publisher.name)}"></head>'
        f"<body><main><article><h1>{escape(item.title)}</h1>{body}</article></main></body></html>"
    ).encode()
