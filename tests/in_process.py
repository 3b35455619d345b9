"""The command line run in the tests' own process: what a process would have of its own is put in
place for the length of a command, and put back after it.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from subprocess import CompletedProcess
from typing import TYPE_CHECKING

from digest.cli.main import INTERRUPTED, exit_code
from tests.means import MEANS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def run_in_process(
    arguments: tuple[str, ...], home: Path, environment: Mapping[str, str]
) -> CompletedProcess[str]:
    """What `digest ARGUMENTS` says and returns in the folder `home`."""
    command = ["digest", *arguments]
    said, complained = _Captured(), _Captured()
    with (
        chdir(home),
        _environment(environment),
        _logging(),
        _interpreter(command),
        redirect_stdout(said),
        redirect_stderr(complained),
    ):
        code = exit_code(**MEANS)
    if code == INTERRUPTED:
        raise KeyboardInterrupt  # whoever interrupts the tests means the tests
    return CompletedProcess(command, code, said.text(), complained.text())


class _Captured(TextIOWrapper):
    """A stream that is no terminal and takes what a pipe takes."""

    def __init__(self) -> None:
        super().__init__(BytesIO(), encoding="utf-8", write_through=True)

    def text(self) -> str:
        """All that was written."""
        written: BytesIO = self.buffer  # type: ignore[assignment]
        return written.getvalue().decode()


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _logging() -> Iterator[None]:
    """A root logger as a new process has it; pytest's handlers wait outside."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers, root.level = [], logging.WARNING
    try:
        yield
    finally:
        root.handlers = handlers
        root.setLevel(level)


@contextmanager
def _interpreter(command: list[str]) -> Iterator[None]:
    """The command line, and whatever a command may set for a process that is all its own."""
    with ExitStack() as stack:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
            stack.callback(signal.signal, number, signal.getsignal(number))
        stack.callback(setattr, sys, "excepthook", sys.excepthook)
        stack.callback(setattr, sys, "argv", sys.argv)
        sys.argv = command
        yield
