"""`digest doctor`: looks at everything that a run needs and says what works, what does not, and
what to do.
"""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING

from digest.config.loading import load
from digest.deliver.leave_tokens import NOBODY
from digest.deliver.message import address
from digest.deliver.smtp import connected, server_from
from digest.editions.names import NAMES as EDITIONS
from digest.errors import DigestError
from digest.feeds.fetch import fetch_feeds
from digest.net.address_guard import AddressGuard
from digest.net.http import Client
from digest.run.diagnosis import Diagnosis
from digest.run.fetch import why_none
from digest.run.join import closed_because
from digest.run.leave_ways import leave_ways
from digest.run.lists_answer import lists_trouble
from digest.run.notify_checkup import notify
from digest.run.schedule_checkup import schedule
from digest.run.template_checkup import templates
from digest.speech.engine import TIMED_CHUNK
from digest.speech.engine_choice import engine_for, ready
from digest.store import feed_checks, open_state
from digest.store.readers_file import open_readers, tokens_of
from digest.text.counted import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from digest.config.schema import Config

NAMED = 3  # things that do not work, in the last line
ROOM_NEEDED = 100_000_000  # bytes; a year of sixty feeds takes about that


def examine(path: Path, step: Callable[[str], None]) -> list[Diagnosis]:
    """Look at everything; a broken configuration ends the examination, for nothing else can be
    looked at without it.
    """
    try:
        config = load(path)
    except DigestError as error:
        return [Diagnosis("configuration", "broken", str(error))]
    found = [
        Diagnosis(
            "configuration",
            "ok",
            f"{path}: {counted(len(config.feeds), 'feed')}, {counted(len(config.themes), 'theme')},"
            f" {config.newsletter.timezone}",
        )
    ]
    looks = (
        _state,
        _clock,
        _output,
        templates,
        _mail,
        _list_manager,
        _leaving,
        _joining,
        notify,
        _speech,
    )
    for look in looks:
        found += _findings(look, config)
    found.append(schedule(path, config))
    return [*found, *_models(config, step), *_feeds(config, step)]


def _findings(
    look: Callable[[Config], Diagnosis | Iterable[Diagnosis]], config: Config
) -> list[Diagnosis]:
    try:
        found = look(config)
        return [found] if isinstance(found, Diagnosis) else list(found)
    except DigestError as error:
        return [Diagnosis(look.__name__.strip("_"), "broken", str(error))]


def verdict(findings: Sequence[Diagnosis]) -> str:
    """The last line: what `digest doctor` exits with, and why."""
    broken = [finding.what for finding in findings if finding.broken]
    if not broken:
        return "exit code 0: what is set up works"
    named = ", ".join(broken[:NAMED])
    more = f" and {len(broken) - NAMED} more" if len(broken) > NAMED else ""
    return f"exit code 1; what does not work: {named}{more}"


def _state(config: Config) -> Diagnosis:
    with open_state(config.state) as db:
        entries = db.execute("SELECT count(*) FROM entries").fetchone()[0]
        issues = db.execute("SELECT count(*) FROM issues").fetchone()[0]
    return Diagnosis(
        "state",
        "ok",
        f"{config.state}: sound, {counted(entries, 'entry', 'entries')},"
        f" {counted(issues, 'issue')}",
    )


def _clock(config: Config) -> Diagnosis:
    """A clock that went back, now or when the state was last written, shows as a time still to
    come.
    """
    now = datetime.now(UTC)
    with open_state(config.state) as db:
        last = feed_checks.latest(db)
    if last and last > now:
        says = f"it says {now:%Y-%m-%d %H:%M} UTC, but feeds were asked at {last:%Y-%m-%d %H:%M}"
        return Diagnosis(
            "clock",
            "broken",
            f"{says}; set it, and if it is right now, go on: the next run puts the state right",
        )
    return Diagnosis("clock", "ok", f"{now:%Y-%m-%d %H:%M} UTC")


def _output(config: Config) -> Diagnosis:
    place = next(path for path in (config.output, *config.output.parents) if path.exists())
    if not os.access(place, os.W_OK):
        return Diagnosis("output", "broken", f"{place}: cannot be written to")
    free = shutil.disk_usage(place).free
    if free < ROOM_NEEDED:
        return Diagnosis("output", "broken", f"{place}: only {free // 1_000_000} MB are free")
    return Diagnosis("output", "ok", f"{config.output}: writable, {free // 1_000_000_000} GB free")


def _mail(config: Config) -> Diagnosis:
    if config.mail is None and not os.environ.get("DIGEST_SMTP_HOST"):
        return Diagnosis(
            "mail",
            "off",
            "neither 'mail' in feeds.yaml nor DIGEST_SMTP_HOST is set; needed for digest send",
        )
    if config.mail is None:
        return Diagnosis(
            "mail", "broken", "DIGEST_SMTP_HOST is set, but feeds.yaml has no 'mail: {from: …}'"
        )
    address(config.mail.sender, "mail.from")
    server = server_from(os.environ)
    with connected(server) as session:
        session.noop()
    return Diagnosis(
        "mail",
        "ok",
        f"{server.host}:{server.port} answers{' and takes the password' if server.user else ''}",
    )


def _leaving(config: Config) -> Diagnosis:
    """Ask the page of a token that is nobody's: it is there, and knows this list's keys."""
    if config.delivery.kind != "smtp":
        return Diagnosis("leaving", "ok", f"by the link of {config.delivery.kind}")
    ways = leave_ways(config, EDITIONS[0])
    if not ways:
        return Diagnosis(
            "leaving", "off", "no mail.lists_url; needed to send to more than a few readers"
        )
    if not ways.lists_url:
        return Diagnosis("leaving", "ok", f"by mail to {ways.lists_mail}, if anybody reads it")
    with open_readers(config.state) as db:
        token = tokens_of(db).token(NOBODY, EDITIONS[0])
    trouble = lists_trouble(ways.url(token))
    return Diagnosis(
        "leaving", "broken" if trouble else "ok", f"{ways.lists_url}: {trouble or 'answers'}"
    )


def _list_manager(config: Config) -> Iterator[Diagnosis]:
    """Ask listmonk for each of the lists that get issues."""
    if config.delivery.kind != "listmonk":
        return
    from digest.deliver.listmonk import connected as asked

    with asked(config.delivery.url or "", os.environ) as manager:
        told = [
            f"list {one.list} has {counted(manager.subscribers(one.list), 'subscriber')}"
            for one in config.delivery.lists
        ]
    yield Diagnosis("listmonk", "ok", f"{config.delivery.url}: {', '.join(told)}")


def _joining(config: Config) -> Diagnosis:
    closed = closed_because(config)
    home = config.mail.lists_url.rstrip("/") if config.mail and config.mail.lists_url else ""
    return Diagnosis("joining", "off" if closed else "ok", closed or f"at {home}/join")


def _speech(config: Config) -> Diagnosis:
    """Have the engine do what a run would have it do first: a model is loaded, an endpoint given a
    second of silence.
    """
    marked = sum(feed.transcribe for feed in config.feeds)
    if config.speech is None:
        if marked:
            return Diagnosis(
                "speech",
                "broken",
                f"feeds are marked 'transcribe' ({marked}), but feeds.yaml has no 'speech'",
            )
        return Diagnosis("speech", "off", "no feed is marked 'transcribe'")
    with closing(engine_for(config.speech)) as engine:
        untimed = ready(engine) < TIMED_CHUNK
    return Diagnosis(
        "speech",
        "ok",
        f"{engine.identity} works{', without times' if untimed else ''}; feeds marked 'transcribe':"
        f" {marked}",
    )


def _models(config: Config, step: Callable[[str], None]) -> Iterator[Diagnosis]:
    """Ask every model that a run may ask something tiny: how it takes questions, or what is
    wrong.
    """
    from digest.run.llm_checkup import probe_all

    if config.llm is None:
        yield Diagnosis("model", "off", "feeds.yaml has no 'llm'; issues are made of extracts")
        return
    with open_state(config.state):
        for probed in probe_all(config, config.llm, datetime.now(UTC)):
            step(f"model {probed.name}")
            yield Diagnosis(
                f"model {probed.name}", "ok" if probed.works else "broken", probed.detail
            )


def _feeds(config: Config, step: Callable[[str], None]) -> Iterator[Diagnosis]:
    """Ask every feed, without keeping what it says: what a run would meet; last how many answer."""
    now, failures = datetime.now(UTC), []
    guard = AddressGuard(config.network.allow)
    with (
        Client(guard=guard, limits=config.limits) as client,
        ThreadPoolExecutor(config.limits.concurrency) as pool,
    ):
        for fetched in chain.from_iterable(fetch_feeds(config.feeds, {}, client, pool, now)):
            step(f"feed {fetched.feed.url}")
            if fetched.outcome == "failed":
                failures.append(fetched.reason)
                yield Diagnosis(f"feed {fetched.feed.url}", "broken", fetched.reason)
                continue
            said = counted(len(fetched.entries), "entry", "entries")
            said += f"; {fetched.mistaken}" if fetched.mistaken else ""
            yield Diagnosis(f"feed {fetched.feed.url}", "ok", said)
    yield _answering(len(config.feeds), failures)


def _answering(feeds: int, failures: Sequence[str]) -> Diagnosis:
    if not feeds:
        return Diagnosis("feeds", "broken", "there are none; 'digest feeds add URL' adds one")
    if len(failures) < feeds:
        return Diagnosis("feeds", "ok", f"{feeds - len(failures)} of {feeds} answer")
    return Diagnosis("feeds", "broken", f"{feeds} of {feeds} do not answer; {why_none(failures)}")
