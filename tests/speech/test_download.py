"""Recordings come whole over connections that break, and what is no recording costs a few bytes."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from digest.config.schema import Limits
from digest.errors import FetchFailed
from digest.net.address_guard import AddressGuard
from digest.net.http import Client
from digest.speech.download import KEPT_DAYS, Recording, download, place_of, sweep
from tests.servers import Reply, ScriptedServer, serving
from tests.speech.sounds import talk, wav, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SOUND = wav(talk(words(80)))  # 640 KB


class Host:
    """A host of recordings that drops connections, and whatever else is asked of it."""

    def __init__(self) -> None:
        self.body = SOUND
        self.headers = {"ETag": '"a"', "Content-Type": "audio/wav"}
        self.drops_after: list[int] = []  # bytes, for each of the next requests
        self.takes_ranges = True

    def __call__(self, asked: Mapping[str, str]) -> Reply:
        """The answer to a request with these headers."""
        wanted = re.match(r"bytes=(\d+)-$", asked.get("Range", ""))
        same = asked.get("If-Range") in {
            self.headers.get("ETag"),
            self.headers.get("Last-Modified"),
        }
        if wanted and same and self.takes_ranges:
            start = int(wanted[1])
            if start >= len(self.body):
                return Reply(416, {"Content-Range": f"bytes */{len(self.body)}"})
            place = f"bytes {start}-{len(self.body) - 1}/{len(self.body)}"
            return self._sent(206, self.body[start:], {**self.headers, "Content-Range": place})
        return self._sent(200, self.body, self.headers)

    def _sent(self, status: int, body: bytes, headers: Mapping[str, str]) -> Reply:
        if not self.drops_after:
            return Reply(status, headers, body)
        return Reply(
            status, {**headers, "Content-Length": str(len(body))}, [body[: self.drops_after.pop(0)]]
        )


@pytest.fixture
def host() -> Host:
    """A host that behaves."""
    return Host()


@pytest.fixture
def server(host: Host) -> Iterator[ScriptedServer]:
    """The host on loopback."""
    with serving({"/1.wav": host}) as running:
        yield running


@pytest.fixture
def client() -> Iterator[Client]:
    """A client that may go there."""
    limits = Limits(host_gap=0, timeout=2, deadline=5)
    with Client(guard=AddressGuard(("127.0.0.0/8",)), limits=limits) as made:
        yield made


@pytest.fixture
def recording(server: ScriptedServer, tmp_path: Path) -> Recording:
    """Where it goes."""
    url = f"{server.url}/1.wav"
    return Recording(url, place_of(tmp_path, url), 1_000_000)


def bring(client: Client, recording: Recording) -> None:
    """Download without waiting."""
    download(client, recording, sleep=lambda _: None)


def ranges(server: ScriptedServer) -> list[str]:
    """The Range of each request, "" for none."""
    return [seen.headers.get("Range", "") for seen in server.seen]


def test_a_recording_comes_whole(client: Client, recording: Recording) -> None:
    """Byte for byte."""
    bring(client, recording)
    assert recording.path.read_bytes() == SOUND
    assert recording.complete


@pytest.mark.parametrize(
    "headers",
    [{"ETag": '"a"'}, {"Last-Modified": "Mon, 22 Sep 2025 06:00:00 GMT"}],
    ids=["etag", "date"],
)
def test_it_goes_on_where_a_connection_broke(
    client: Client,
    recording: Recording,
    host: Host,
    server: ScriptedServer,
    headers: dict[str, str],
) -> None:
    """Each request asks for what is missing, if it is still the same file."""
    host.headers, host.drops_after = headers, [100_000, 1, 200_000]
    bring(client, recording)
    assert recording.path.read_bytes() == SOUND
    assert ranges(server) == ["", "bytes=100000-", "bytes=100001-", "bytes=300001-"]
    assert server.seen[1].headers["If-Range"] == next(iter(headers.values()))


def test_a_later_run_goes_on_too(
    client: Client, recording: Recording, host: Host, server: ScriptedServer
) -> None:
    """What it knows of the file lies beside it; a file that is complete is not asked for at all."""
    host.drops_after = [100_000, 0, 0, 0]
    with pytest.raises(FetchFailed, match="connection closed early"):
        bring(client, recording)
    later = Recording(recording.url, recording.path, recording.max_bytes)
    bring(client, later)
    assert later.path.read_bytes() == SOUND
    asked = len(server.seen)
    bring(client, Recording(recording.url, recording.path, recording.max_bytes))
    assert len(server.seen) == asked


def test_a_file_that_changed_meanwhile_is_begun_anew(
    client: Client, recording: Recording, host: Host
) -> None:
    """A new advertisement, a corrected edit: halves of two files are never put together."""
    other = wav(talk(words(60, seed=2)))
    host.drops_after = [100_000, 0, 0, 0]
    with pytest.raises(FetchFailed):
        bring(client, recording)
    host.body, host.headers = other, {**host.headers, "ETag": '"b"'}
    bring(client, recording)
    assert recording.path.read_bytes() == other


def test_a_part_with_another_tag_is_not_appended(
    client: Client, recording: Recording, host: Host
) -> None:
    """Some servers heed Range but not If-Range; the part's own tag gives them away."""
    other = wav(talk(words(80, seed=2)))
    host.drops_after = [100_000]

    def careless(asked: Mapping[str, str]) -> Reply:
        if "Range" in asked:
            host.body, host.headers = other, {**host.headers, "ETag": '"b"'}
            return Reply(
                206,
                {"ETag": '"b"', "Content-Range": f"bytes 100000-{len(other) - 1}/{len(other)}"},
                other[100_000:],
            )
        return host(asked)

    with serving({"/1.wav": careless}) as server:
        moved = Recording(f"{server.url}/1.wav", recording.path, recording.max_bytes)
        bring(client, moved)
        assert moved.path.read_bytes() == other


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"a"'}], ids=["nothing", "weak"])
def test_what_cannot_be_known_again_is_not_gone_on_with(
    client: Client,
    recording: Recording,
    host: Host,
    server: ScriptedServer,
    headers: dict[str, str],
) -> None:
    """Without a strong validator (RFC 9110, 13.1.5) it is begun anew, and given up after three
    connections.
    """
    host.headers, host.drops_after = headers, [1000, 1000]
    bring(client, recording)
    assert recording.path.read_bytes() == SOUND
    assert ranges(server) == ["", "", ""]
    host.drops_after = [1000, 900, 900, 900]
    recording.forget()
    with pytest.raises(FetchFailed, match="connection closed early"):
        bring(client, recording)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(404), "HTTP 404 Not Found"),
        (
            Reply(
                200, {"Content-Type": "audio/mpeg"}, b"<!DOCTYPE html><title>Sign in</title>" * 40
            ),
            "a web page in place of a recording",
        ),
        (
            Reply(200, {"Content-Type": "audio/mpeg"}, b"<html>"),
            "a web page in place of a recording",
        ),
        (
            Reply(200, {"Content-Type": "text/plain"}, b"Not a recording." * 40),
            r"no recording in a known format \(it is called text/plain\)",
        ),
        (Reply(200, {}, b""), "the recording is empty"),
        (Reply(416, {}, b""), "the recording is empty"),
        (
            Reply(200, {"Content-Encoding": "gzip"}, b"\x1f\x8b" + bytes(99)),
            r"sent compressed \(gzip\), which was not asked for",
        ),
        (Reply(200, {"Content-Length": "2000000"}, [SOUND]), "larger than 1 MB"),
        (Reply(200, {"Content-Type": "audio/wav"}, [SOUND, SOUND, SOUND]), "larger than 1 MB"),
        (
            Reply(206, {"Content-Range": "bytes 5-9/10"}, b"RIFF!"),
            "the server sends another part than was asked for",
        ),
        (Reply(206, {}, SOUND), "the server sends another part than was asked for"),
        (Reply(302, {"Location": "http://169.254.169.254/latest"}, b""), "refused"),
    ],
    ids=[
        "404",
        "page",
        "short-page",
        "text",
        "empty",
        "416",
        "gzip",
        "declared",
        "actual",
        "part",
        "no-place",
        "private",
    ],
)
def test_what_is_no_recording_is_said(
    client: Client, tmp_path: Path, reply: Reply, reason: str
) -> None:
    """And nothing of it is left on the disk."""
    with serving({"/1.wav": reply}) as server:
        recording = Recording(f"{server.url}/1.wav", tmp_path / "a.audio", 1_000_000)
        with pytest.raises(FetchFailed, match=reason):
            bring(client, recording)
        assert recording.size == 0
        assert len(server.seen) <= 3


@pytest.mark.parametrize(("takes_ranges", "complete"), [(True, True), (False, False)])
def test_a_server_that_promises_more_than_it_has(
    client: Client, host: Host, recording: Recording, takes_ranges: bool, complete: bool
) -> None:
    """Asked for the rest it may say that there is none (416); one that cannot be asked is given up
    after three connections.
    """
    host.takes_ranges = takes_ranges
    host.headers = {**host.headers, "Content-Length": str(len(SOUND) + 1000)}
    if complete:
        bring(client, recording)
    else:
        with pytest.raises(FetchFailed, match="connection closed early: 640044 of 641044 bytes"):
            bring(client, recording)
    assert (recording.complete, recording.path.read_bytes()) == (complete, SOUND)


def test_what_nobody_goes_on_with_is_thrown_away(tmp_path: Path) -> None:
    """After a week; the chunks of a run that was killed at once."""
    now = datetime(2026, 2, 5, tzinfo=UTC)
    for name, days in {"old.audio": KEPT_DAYS + 1, "new.audio": 1}.items():
        (tmp_path / name).touch()
        at = (now - timedelta(days=days)).timestamp()
        os.utime(tmp_path / name, (at, at))
    (tmp_path / "chunks-x").mkdir()
    (tmp_path / "chunks-x" / "0000.wav").touch()
    sweep(tmp_path, now)
    assert [path.name for path in tmp_path.iterdir()] == ["new.audio"]


@pytest.mark.parametrize(
    "beside",
    [
        "",
        "[]",
        '{"url": 1}',
        json.dumps({"url": "https://other.example/2.wav", "validator": '"a"'}),
    ],
)
def test_a_file_whose_facts_are_lost_is_begun_anew(
    client: Client, recording: Recording, server: ScriptedServer, beside: str
) -> None:
    """Bytes of which nobody knows what they are of are not gone on with."""
    recording.path.write_bytes(b"RIFFxxxxWAVE" + bytes(500))
    recording.path.with_suffix(".json").write_text(beside)
    bring(client, recording)
    assert recording.path.read_bytes() == SOUND
    assert ranges(server) == [""]
