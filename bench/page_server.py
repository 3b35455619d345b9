"""The corpus's pages on several loopback addresses, at as many URLs as bench.scale wants, from a
process of its own.
"""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench.speed import load_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTS = 32
_MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def addresses() -> list[str]:
    """Of the hosts."""
    return [f"127.0.57.{1 + i}" for i in range(HOSTS)]


@contextmanager
def pages_served(corpus: Path, latency: float = 0.0) -> Iterator[int]:
    """The port, while /p/0, /p/1 … are served at every address."""
    command = [sys.executable, "-m", "bench.page_server", str(corpus), str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603  # this very module
        assert server.stdout is not None  # noqa: S101  # it is a pipe
        try:
            yield int(server.stdout.readline())
        finally:
            server.kill()


async def serve(corpus: Path, latency: float) -> None:
    """Answer until killed; the port is the first thing printed."""
    pages = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body)
        + body
        for body, _ in load_pages(corpus)
    ]

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                await asyncio.sleep(latency)
                path = head.split(b" ", 2)[1].partition(b"?")[0]
                known = path.startswith(b"/p/")
                writer.write(pages[int(path[3:]) % len(pages)] if known else _MISSING)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    with socket.socket() as probe:
        probe.bind((addresses()[0], 0))
        port = probe.getsockname()[1]
    server = await asyncio.start_server(answer, addresses(), port)
    print(port, flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), float(sys.argv[2])))
