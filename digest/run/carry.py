"""The archive carried to its host: the command that `publish` names, run whenever the archive has
changed since it last succeeded.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from digest.errors import DigestError
from digest.store import aftermath

if TYPE_CHECKING:
    from pathlib import Path

    from digest.config.aftermath import Publish
    from digest.run.session import Session

LONGEST_WHY = 200  # characters of what a command said last
AGAIN = "'digest site rebuild' tries again"


def carry_site(session: Session) -> None:
    """Run the command with the finished archive, unless it has carried this very state of it.

    Raises DigestError when it fails; the archive on this machine stays as it is, and the next
    change, or `digest site rebuild`, runs it again.
    """
    settings, site = session.config.publish, session.config.output / "site"
    if settings is None or not site.is_dir():
        return
    command, state = shlex.join((*settings.command, str(settings.folder))), _state_of(site)
    if aftermath.carried(session.db, command) == state:
        return
    session.stage(f"publish: {settings.command[0]}")
    _run(settings, site)
    with session.db:
        aftermath.carry(session.db, command, state, session.now)


def _state_of(site: Path) -> str:
    """What changes with every file that is written; it is written only when its words change."""
    found = sha256()
    for path in sorted(site.rglob("*")):
        if path.is_file():
            stat = path.stat()
            name = path.relative_to(site)
            found.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _run(settings: Publish, site: Path) -> None:
    name = settings.command[0]
    try:
        with subprocess.Popen(  # noqa: S603  the user's own command, without a shell
            settings.command,
            cwd=settings.folder,
            env={**os.environ, "DIGEST_SITE": str(site.resolve())},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process:
            said = _said(process, settings)
    except OSError as error:
        raise _failure(f"{name}: {error.strerror}") from None
    if process.returncode:
        raise _failure(f"{name}: exit code {process.returncode}{_last(said)}")


def _said(process: subprocess.Popen[bytes], settings: Publish) -> bytes:
    """What the command says until it ends. Whatever it started ends with it when it takes too long,
    or when we are to end.
    """
    try:
        return process.communicate(timeout=settings.timeout)[0]
    except subprocess.TimeoutExpired:
        _end(process)
        raise _failure(f"{settings.command[0]}: took over {settings.timeout:g} s") from None
    except BaseException:
        _end(process)
        raise


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _failure(why: str) -> DigestError:
    return DigestError(f"publish: {why}; what was approved is kept, and {AGAIN}")


def _last(said: bytes) -> str:
    """The last line that a command said, after a colon."""
    lines = [" ".join(line.split()) for line in said.decode("utf-8", "replace").splitlines()]
    shown = next((line for line in reversed(lines) if line), "")
    plain = "".join(c for c in shown if c.isprintable())[:LONGEST_WHY]
    return f": {plain}" if plain else ""
