"""A recording onto the disk: as far as a connection lasts, and on from there with the next one, in
this run or a later.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from digest.errors import FetchFailed, NotReached
from digest.net.freshness import Validators
from digest.speech.audio_types import ENOUGH, complaint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from digest.net.http import Client

KEPT_DAYS = 7  # an unfinished recording that nobody has gone on with for so long is thrown away
CHUNKS = "chunks-"  # folders beside the recordings, for as long as an episode is being worked on
STALLS = 3  # connections in a row that bring nothing new
_RANGE = re.compile(r"bytes (?:(?P<start>\d{1,18})-\d{1,18}|\*)/(?P<total>\d{1,18}|\*)\s*$")


class DownloadRefused(FetchFailed):
    """What the server sends is not what is wanted; to ask again would bring the same."""


@dataclass
class Recording:
    """A file that grows, beside it what the server told to know it again by (RFC 9110, section
    13.1.5).
    """

    url: str
    path: Path
    max_bytes: int
    _total: int | None = field(default=None, repr=False)  # bytes, as far as the server tells
    _type: str = field(default="", repr=False)

    @property
    def complete(self) -> bool:
        """Whether all of it is there."""
        return self.path.exists() and self._facts().get("complete") is True

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return self.path.stat().st_size if self.path.exists() else 0

    def request_headers(self) -> dict[str, str]:
        """The headers that ask for the rest; for everything, when what is there could not be told
        from something else.
        """
        validator = self._facts().get("validator", "")
        return (
            {"Range": f"bytes={self.size}-", "If-Range": validator}
            if validator and self.size
            else {}
        )

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """The server's answer: the whole, the rest, or that there is no more. Raises
        FetchFailed.
        """
        place = _RANGE.match(headers.get("content-range", ""))
        self._total = int(place["total"]) if place and place["total"].isdigit() else None
        if status == 416:
            if self._total != self.size:
                self.forget()
        elif status == 206 and not (
            place and place["start"] and int(place["start"]) == self.size and self._same(headers)
        ):
            self.forget()
            raise FetchFailed(self.url, "the server sends another part than was asked for")
        elif status == 200:
            self._anew(headers)
        self._check_size(self._total or 0)

    def write(self, piece: bytes) -> None:
        """More of it. Raises Refused for what is too large or no recording."""
        had = self.size
        self._check_size(had + len(piece))
        with self.path.open("ab") as file:
            file.write(piece)
        if had < ENOUGH <= had + len(piece):
            self.check()

    def ended(self) -> None:
        """An answer has come to its end; it may have been only a part. Raises Refused for what is
        no recording.
        """
        if 0 < self.size < ENOUGH:
            self.check()
        if self.size and self.size >= (self._total or 0):
            self._keep({**self._facts(), "complete": True})

    def check(self) -> None:
        """Raises Refused when the first bytes are of no recording."""
        with self.path.open("rb") as file:
            head = file.read(ENOUGH)
        if trouble := complaint(head, self._type):
            self.forget()
            raise DownloadRefused(self.url, trouble)

    def forget(self) -> None:
        """Begin from nothing."""
        self.path.unlink(missing_ok=True)
        self._beside.unlink(missing_ok=True)

    def _anew(self, headers: Mapping[str, str]) -> None:
        """The facts go first: bytes without them are not gone on with, the other way round they
        might be another file's.
        """
        self.forget()
        self._total, self._type = _length(headers), headers.get("content-type", "")
        known = Validators.of(headers)
        strong = (
            known.etag if known.etag and not known.etag.startswith("W/") else known.last_modified
        )
        self._keep({"url": self.url, "validator": strong or ""})
        self.path.touch()

    def _same(self, headers: Mapping[str, str]) -> bool:
        """Not every server heeds If-Range: a part that bears another tag is of another file."""
        known, kept = Validators.of(headers).etag, str(self._facts().get("validator", ""))
        return not known or not kept.startswith('"') or known == kept

    def _check_size(self, size: int) -> None:
        if size > self.max_bytes:
            self.forget()
            raise DownloadRefused(self.url, f"larger than {self.max_bytes / 1e6:g} MB")

    @property
    def _beside(self) -> Path:
        return self.path.with_suffix(".json")

    def _facts(self) -> dict[str, Any]:
        """What was kept beside the file; nothing when it is of another address."""
        try:
            facts = json.loads(self._beside.read_bytes())
            return dict(facts) if facts["url"] == self.url else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def _keep(self, facts: dict[str, Any]) -> None:
        self._beside.write_text(
            json.dumps(facts), "utf-8"
        )  # half of it, after a crash, is as good as none


def download(
    client: Client,
    recording: Recording,
    *,
    user_agent: str | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Bring a recording onto the disk, over as many connections as it takes while each brings more.

    Raises FetchFailed with the reason; what was received stays for the next time, unless it is good
    for nothing.
    """
    stalls = 0
    while not recording.complete:
        had = recording.size
        trouble = _connected(client, recording, user_agent)
        if trouble is None:
            continue
        stalls = 0 if recording.size > had else stalls + 1
        if stalls == STALLS or not _worth_another(trouble):
            raise trouble
        sleep(1.0)


def _connected(client: Client, recording: Recording, user_agent: str | None) -> FetchFailed | None:
    """What ended one connection early; None when it brought what it was asked for."""
    had = recording.size
    try:
        client.stream(
            recording.url, recording, headers=recording.request_headers(), user_agent=user_agent
        )
        recording.ended()
    except FetchFailed as error:
        return error
    return (
        None
        if recording.complete or recording.size > had
        else FetchFailed(recording.url, "the recording is empty")
    )


def place_of(folder: Path, url: str) -> Path:
    """Where the recording at an address is kept."""
    name = hashlib.blake2s(url.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    return folder / f"{name}.audio"


def sweep(folder: Path, now: datetime) -> None:
    """Throw away the chunks of a run that was killed, and recordings that nobody has gone on
    with.
    """
    for path in folder.glob("*") if folder.is_dir() else ():
        if path.name.startswith(CHUNKS):
            shutil.rmtree(path, ignore_errors=True)
        elif now.timestamp() - path.stat().st_mtime > KEPT_DAYS * 86400:
            path.unlink(missing_ok=True)


def _worth_another(error: FetchFailed) -> bool:
    passing = error.status is None and not error.reason.startswith("refused")
    return passing and not isinstance(error, (DownloadRefused, NotReached))


def _length(headers: Mapping[str, str]) -> int | None:
    text = headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
