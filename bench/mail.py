"""How fast an issue goes out, and in how much memory: `python -m bench.mail [--json]`.

recipients: readers of the largest sending. ratio_to_smtplib: messages a second of our sender over
those of bare `smtplib`, which is handed the same bytes, on as many connections, to a server that
answers each message after 20 ms; both in turn, the median of the rounds. Ours has each message's
record on the disk (`synchronous=FULL`) before its first byte and after the answer.
ratio_at_once, ours_per_s, smtplib_per_s: the same with a server that answers at once.
memory_growth_mb: how much larger the process is that sends to all recipients than the one that
sends to a hundred.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import resource
import smtplib
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.deliver.reader_messages import ReaderMessages

RECIPIENTS = 100_000
FEW = 100
DELAY = 0.02
MESSAGES, ROUNDS = 150, 5
AT_ONCE = 400
SENDER = "news@ledger.example"

Metrics = dict[str, float]


def measure(recipients: int, connections: int) -> dict[str, Metrics]:
    """Every metric."""
    with sink(DELAY) as port:
        slow = [_pair(port, MESSAGES, connections) for _ in range(ROUNDS)]
    with sink(0.0) as port:
        quick = [_pair(port, AT_ONCE, connections) for _ in range(3)]
    small, large = _memory(FEW), _memory(recipients)
    return {
        "all": {
            "recipients": recipients,
            "ratio_to_smtplib": round(statistics.median(bare / ours for ours, bare in slow), 3),
            "ratio_at_once": round(statistics.median(bare / ours for ours, bare in quick), 3),
            "ours_per_s": round(AT_ONCE / min(ours for ours, _ in quick), 1),
            "smtplib_per_s": round(AT_ONCE / min(bare for _, bare in quick), 1),
            "memory_growth_mb": round(large - small, 1),
            "peak_mb": large,
        }
    }


def _pair(port: int, count: int, connections: int) -> tuple[float, float]:
    """Seconds that ours and bare smtplib take for the same messages."""
    return ours(port, count, connections), bare(port, count, connections)


def ours(port: int, count: int, connections: int) -> float:
    """Seconds for so many readers of a new list, from the first connection to the last record."""
    from digest.deliver.pace import Pace
    from digest.deliver.smtp import Server
    from digest.run.sending_loop import SendingLoop
    from digest.store import deliveries
    from digest.store.readers_file import open_readers, tokens_of

    with TemporaryDirectory() as place, open_readers(Path(place) / "d.sqlite3", threads=True) as db:
        _fill(Path(place), count)
        sending = deliveries.begin(db, "2026-02-05-daily", "daily", "", datetime.now(UTC))
        with ThreadPoolExecutor(1) as committer, ThreadPoolExecutor(connections) as pool:
            loop = SendingLoop(
                Server("127.0.0.1", port),
                lambda _: SENDER,
                messages(),
                "daily",
                tokens_of(db),
                deliveries.Deliveries(db, sending.number, committer),
                Pace(),
                lambda _told: None,
            )
            began = time.perf_counter()
            trouble = loop.run(pool, connections, lambda: None)
            seconds = time.perf_counter() - began
        if trouble or deliveries.counts(db, sending.number)["submitted"] != count:
            raise SystemExit(f"not all was sent: {trouble}")
    return seconds


def bare(port: int, count: int, connections: int) -> float:
    """Seconds for the same messages by `smtplib.SMTP.sendmail`, on as many connections."""
    made = messages()
    mails = [(to, made.for_reader(to, "x" * 20)) for to in map(_address, range(count))]

    def send(share: list[tuple[str, bytes]]) -> None:
        with smtplib.SMTP("127.0.0.1", port) as session:
            session.ehlo()
            for to, mail in share:
                session.sendmail(SENDER, [to], mail)

    with ThreadPoolExecutor(connections) as pool:
        began = time.perf_counter()
        list(pool.map(send, [mails[start::connections] for start in range(connections)]))
        return time.perf_counter() - began


def messages() -> ReaderMessages:
    """An issue of usual size: 40 KB of HTML and 12 KB of text."""
    from digest.deliver.leave_links import LeaveWays
    from digest.deliver.message import Letter
    from digest.deliver.reader_messages import reader_messages

    ways = LeaveWays("daily", "https://lists.ledger.example")
    story = (
        "<tr><td><p>Chips — and what they cost: € 1.25 billion a month, says one.</p></td></tr>\n"
    )
    html = f'<table>{story * 500}</table><a href="{ways.link()}">Unsubscribe</a>'
    text = f"{'Chips, and what they cost: 1.25 billion a month. ' * 250}\n{ways.link()}\n"
    when = datetime(2026, 2, 5, 7, tzinfo=UTC)
    letter = Letter("2026-02-05-daily", "Chips", SENDER, "", html, text, when, "Ledger", "", ways)
    return reader_messages(letter)


def _address(number: int) -> str:
    return f"reader{number}@inbox.example"


def _fill(place: Path, count: int) -> None:
    from digest.run.subscribers import import_file

    file = place / "list.csv"
    with file.open("w") as lines:
        lines.write("email\n")
        lines.writelines(f"{_address(number)}\n" for number in range(count))
    import_file(place / "d.sqlite3", file, "confirmed")


# ---------------------------------------------------------------- memory


def _memory(count: int) -> float:
    """MB of a process that sends to so many."""
    command = [sys.executable, "-m", "bench.mail", "--memory-of", str(count)]
    # this very module
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return float(done.stdout)


def _memory_here(count: int) -> float:
    with sink(0.0) as port:
        ours(port, count, 1)
    return _peak()


def _peak() -> float:
    """The largest resident set of this process, in MB. The kernel's count for `getrusage` may begin
    with what the process that started it had; the one in /proc does not.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+)", status.read_text())
        return round(int(found[1]) * 1024 / 1e6, 1) if found else 0.0
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(size / 1e6 if sys.platform == "darwin" else size * 1024 / 1e6, 1)


# ---------------------------------------------------------------- the server


@contextmanager
def sink(delay: float) -> Iterator[int]:
    """A mail server in a process of its own that takes everything; its port."""
    here, there = multiprocessing.Pipe()
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=_serve, args=(delay, there), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        process.terminate()
        process.join()


def _serve(delay: float, pipe: object) -> None:
    from tests.mail_sink import mail_sink

    with mail_sink(delay=delay, keep=False) as running:
        pipe.send(running.port)  # type: ignore[attr-defined]
        while True:
            time.sleep(3600)


def main() -> None:
    """Print the metrics as a table, or as one JSON object with --json."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.mail", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--corpus", help="not needed; other benches take it")
    parser.add_argument("--recipients", type=int, default=RECIPIENTS)
    parser.add_argument("--connections", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--memory-of", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.memory_of:
        print(_memory_here(arguments.memory_of))
        return
    results = measure(arguments.recipients, arguments.connections)
    if arguments.json:
        print(json.dumps(results, indent=2))
        return
    for name, metrics in results.items():
        print(name, *(f"  {metric:24}{value:10g}" for metric, value in metrics.items()), sep="\n")


if __name__ == "__main__":
    main()
