"""The archive's search index: made by Pagefind where that is installed (`pip install '.[search]'`),
read in the browser a part at a time, without a server.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

from digest.config.atomic_files import write_if_changed
from digest.errors import IssueError

_WANTED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.*", "*.pf_meta")
_FOLDERS = ("index", "fragment", "filter")
_SECONDS = 600

_ENTRY = "pagefind-entry.json"  # by which all else is found


def available() -> bool:
    """Whether an index can be made here."""
    return find_spec("pagefind_bin") is not None


def index_site(site: Path, language: str) -> None:
    """Bring `site`/search/pagefind up to the issues' pages. All pages are one index, in the
    newsletter's language, whatever it was when they were made. An archive without issues has none.

    Raises IssueError when Pagefind fails; what was there stays.
    """
    with tempfile.TemporaryDirectory() as made:
        command = [
            _program(), "--site", str(site), "--glob", "issues/*/index.html", "--output-path", made,
            "--force-language", language.partition("-")[0], "--silent",
        ]  # fmt: skip
        try:
            ran = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603  our own arguments
        except (OSError, subprocess.TimeoutExpired) as error:
            raise IssueError(f"the archive's search index could not be made: {error}") from error
        if ran.returncode:
            said = ran.stderr.decode(errors="replace").strip().splitlines() or [str(ran.returncode)]
            raise IssueError(f"the archive's search index could not be made: {said[-1]}")
        if not (Path(made) / _ENTRY).is_file():
            raise IssueError("the archive's search index could not be made: Pagefind wrote none")
        _bring(Path(made), site / "search" / "pagefind")


def forget(site: Path) -> None:
    """Take the index away, of an archive in which there is nothing left to find."""
    shutil.rmtree(site / "search" / "pagefind", ignore_errors=True)


def _program() -> str:
    from pagefind_bin import get_executable

    return str(get_executable())


def _bring(made: Path, there: Path) -> None:
    """Write what changed and remove what a search no longer asks for; the entry point, by which all
    else is found, last.
    """
    files = [path for pattern in _WANTED for path in made.glob(pattern)]
    files += [path for name in _FOLDERS for path in (made / name).glob("*")]
    names = {path.relative_to(made) for path in files}
    for path in sorted(files, key=lambda path: path.name == _ENTRY):
        write_if_changed(there / path.relative_to(made), path.read_bytes())
    for path in [path for path in there.rglob("*") if path.is_file()]:
        if path.relative_to(there) not in names:
            path.unlink()
