"""What a command says: results on stdout, progress and errors on stderr, JSON alone on stdout when
asked for.
"""

from __future__ import annotations

import io
import json
import logging
import shlex
import shutil
import sys
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Console:
    """One command's voice. On a terminal progress is a line that changes; elsewhere only the stages
    are named.
    """

    def __init__(self, *, as_json: bool = False, verbose: int = 0) -> None:
        self.as_json = as_json
        logging.basicConfig(
            stream=sys.stderr,
            level=(logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)],
            format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        )
        self._steps = logging.getLogger("digest")
        self._status: Any = None

    @contextmanager
    def progress(self) -> Iterator[None]:
        """Show `step` lines on a terminal for as long as this lasts."""
        if not sys.stderr.isatty():
            yield
            return
        from rich.console import Console as Terminal

        with Terminal(stderr=True).status("starting") as self._status:
            yield
        self._status = None

    def step(self, text: str) -> None:
        """One small step: seen on a terminal, or in the log with -v."""
        self._steps.info(text)
        if self._status is not None:
            from rich.markup import escape

            self._status.update(escape(text[:100]))

    def stage(self, text: str) -> None:
        """The beginning of a stage: a plain line under cron, with its time."""
        if self._status is None:
            at = datetime.now().astimezone()
            # this is the one place that prints
            print(f"{at:%Y-%m-%d %H:%M:%S} {text}", file=sys.stderr, flush=True)  # noqa: T201
        else:
            self.step(text)

    def say(self, *lines: str) -> None:
        """The result in words; silent under --json."""
        if not self.as_json:
            for line in lines:
                print(line)  # noqa: T201

    def result(self, value: Any, lines: Iterable[str]) -> None:
        """The result, as JSON or in words."""
        if self.as_json:
            print(json.dumps(value, ensure_ascii=not _shows_all(), indent=1))  # noqa: T201
        else:
            self.say(*lines)


def spare_the_terminal() -> None:
    """Let a terminal that cannot show a character show "?" in its place, whatever is written."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _shows_all() -> bool:
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower().startswith("utf")


def own_name(cwd: Path | None = None) -> str:
    """How this program is called in the user's shell, from another folder than this where one is
    given: by its name alone only where the shell would find it.
    """
    called = Path(sys.argv[0])
    found = shutil.which("digest")
    if called.stem != "digest" or (found and Path(found).resolve() == called.resolve()):
        return "digest"
    return shlex.quote(str(called.resolve() if cwd else called))


def complain(text: str) -> None:
    """An error, one line on stderr."""
    print(f"digest: {' '.join(text.split())}", file=sys.stderr, flush=True)  # noqa: T201
