"""Feeds on as many loopback addresses as bench.speed wants, each answer after a set latency, from a
process of its own.
"""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTRIES = 20
_TEXT = (
    "The operator signed a ten-year lease for the halls that it has not begun to build, and said"
    " nothing of the power that they need. " * 8
)
_TYPE = {".json": "application/feed+json", ".atom": "application/atom+xml"}


def addresses(count: int) -> list[str]:
    """So many loopback addresses."""
    return [f"127.0.{32 + i // 250}.{1 + i % 250}" for i in range(count)]


@contextmanager
def feeds_served(count: int, latency: float, corpus: Path | None = None) -> Iterator[list[str]]:
    """The URLs of `count` feeds while they are served: the corpus's full feeds in turn, or twenty
    entries of a kilobyte each.
    """
    command = [
        sys.executable,
        "-m",
        "bench.feed_server",
        str(count),
        str(latency),
        *([str(corpus)] if corpus else []),
    ]
    # this very module
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        assert server.stdout is not None  # noqa: S101  # it is a pipe
        port = server.stdout.readline().strip()
        try:
            yield [f"http://{address}:{port}/feed" for address in addresses(count)]
        finally:
            server.kill()


def bodies(corpus: Path | None) -> list[tuple[str, bytes]]:
    """Media types and feeds, to be served in turn."""
    if corpus is None:
        return [("application/rss+xml", _made())]
    folder = corpus / "feeds"
    rows = map(json.loads, (folder / "index.jsonl").read_text(encoding="utf-8").splitlines())
    files = [folder / row["file"] for row in rows if row.get("kind") == "real_full_feed"]
    return [(_TYPE.get(file.suffix, "application/rss+xml"), file.read_bytes()) for file in files]


def _made() -> bytes:
    items = "".join(
        f"<item><title>What the lease of hall {i} says about"
        f" power</title><link>https://press.example/{i}</link><guid>{i}</guid><pubDate>{i + 1:02d}"
        " Jan 2025 10:30:00"
        f" GMT</pubDate><description>&lt;p&gt;{_TEXT}&lt;/p&gt;</description></item>"
        for i in range(ENTRIES)
    )
    return (
        "<rss"
        f' version="2.0"><channel><title>Halls</title><link>https://press.example/</link>{items}</channel></rss>'.encode()
    )


async def serve(count: int, latency: float, served: list[tuple[str, bytes]]) -> None:
    """Answer until killed; the port is the first thing printed."""
    hosts = addresses(count)
    index = {host: i for i, host in enumerate(hosts)}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            await asyncio.sleep(latency)
            kind, body = served[index[writer.get_extra_info("sockname")[0]] % len(served)]
            writer.write(_answer(head, kind, body))
            await writer.drain()
        finally:
            writer.close()

    with socket.socket() as probe:
        probe.bind((hosts[0], 0))
        port = probe.getsockname()[1]
    server = await asyncio.start_server(answer, hosts, port, backlog=count)
    print(port, flush=True)
    await server.serve_forever()


def _answer(head: bytes, kind: str, body: bytes) -> bytes:
    if not head.startswith(b"GET /feed "):
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    if b'"1"' in head:
        return b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nConnection: close\r\n\r\n'
    return (
        f'HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nETag: "1"\r\nContent-Length:'
        f" {len(body)}\r\nConnection: close\r\n\r\n".encode()
        + body
    )


if __name__ == "__main__":
    asyncio.run(
        serve(
            int(sys.argv[1]),
            float(sys.argv[2]),
            bodies(Path(sys.argv[3]) if sys.argv[3:] else None),
        )
    )
