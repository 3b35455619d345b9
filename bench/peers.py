"""What users would pick instead, reading the same feeds: `reader` and `newswatcher`, in an
environment that is thrown away.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PACKAGES = (
    "reader",
    "newswatcher",
    "sgmllib3k",
)  # the last is what reader 3.26 imports without asking for it
CONCURRENCY = 24  # as digest's default

# reader updates feeds in threads and stores their entries. newswatcher has one loop over its
# sources (`poll.run_poll`), in
# which feeds are collected like this; what it does with their articles afterwards is left out.
SCRIPT = """
import json, sys, tempfile, time
urls = json.load(sys.stdin)

def reader():
    from reader import make_reader
    with tempfile.TemporaryDirectory() as place:
        made = make_reader(place + "/reader.sqlite3", feed_root=None)
        for url in urls:
            made.add_feed(url)
        began = time.perf_counter()
        made.update_feeds(workers=CONCURRENCY)
        seconds = time.perf_counter() - began
        read = sum(not feed.last_exception for feed in made.get_feeds())
        made.close()
    return seconds, read

def newswatcher():
    from newswatcher.errors import NewswatcherError
    from newswatcher.feed import fetch_feed
    from newswatcher.http import default_gate, new_session
    from newswatcher.sources import Source
    gate, read = default_gate(), 0
    began = time.perf_counter()
    with new_session() as session:
        for i, url in enumerate(urls):
            try:
                read += bool(fetch_feed(Source(str(i), url=url), gate, session=session))
            except NewswatcherError:
                pass
    return time.perf_counter() - began, read

print(json.dumps({work.__name__: work() for work in (reader, newswatcher)}))
""".replace("CONCURRENCY", str(CONCURRENCY))


def peer_seconds(urls: list[str]) -> dict[str, float]:
    """The seconds that each takes for these feeds, and how many of them it could read."""
    with TemporaryDirectory() as place:
        python = Path(place) / "bin" / "python"
        # our own interpreter
        subprocess.run([sys.executable, "-m", "venv", place], check=True)  # noqa: S603
        subprocess.run(  # noqa: S603  # packages named above
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES],
            check=True,
        )
        done = subprocess.run(  # noqa: S603  # our own script
            [python, "-c", SCRIPT],
            input=json.dumps(urls),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    found = json.loads(done.stdout)
    return {
        f"{name}_{what}": round(value, 2)
        for name, pair in found.items()
        for what, value in zip(("s", "feeds"), pair, strict=True)
    }
