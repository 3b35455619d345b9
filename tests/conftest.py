"""Fixtures for every folder of tests."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from contextlib import ExitStack
from datetime import UTC, date, datetime
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from digest.config.loading import load
from digest.config.schema import Limits
from digest.net.address_guard import AddressGuard
from digest.net.http import Client
from tests.built_once import built_once
from tests.mail_sink import mail_sink
from tests.means import MEANS, WORKERS
from tests.press import DAY, Digest, Press, publishing
from tests.servers import ScriptedServer, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.mail_sink import MailSink

    MakeClient = Callable[..., Client]


# How long an example takes says more of the machine than of the program. In CI the same examples
# are tried each time; elsewhere new ones are, and what failed is tried again.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.register_profile("slow", deadline=None, max_examples=1000)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture
def sink() -> Iterator[MailSink]:
    """A mail server that takes all it is sent, until a test tells it otherwise."""
    with mail_sink() as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("there is no chromium on the PATH")
    from playwright.sync_api import sync_playwright  # it is loaded only where there is a browser

    quiet = ("gpu", "background-networking", "component-update", "sync")
    arguments = ["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in quiet)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def free_port() -> int:
    """A port on 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    """The command in an empty folder."""
    return Digest(tmp_path)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """A server without routes; a test adds its own."""
    with serving({}) as running:
        yield running


@pytest.fixture
def make_client() -> Iterator[MakeClient]:
    """Make clients that may reach loopback and that wait for a busy machine, unless told
    otherwise.
    """
    made: list[Client] = []

    def make(
        *,
        allow: tuple[str, ...] = ("127.0.0.0/8",),
        gap: float = 0,
        timeout: float = 20,
        deadline: float = 60,
        run_deadline: float = 600,
        **options: object,
    ) -> Client:
        limits = Limits(host_gap=gap, timeout=timeout, deadline=deadline, run_deadline=run_deadline)
        # passed on as given
        made.append(Client(guard=AddressGuard(allow), limits=limits, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.fixture
def client(make_client: MakeClient) -> Client:
    """A client that may reach loopback."""
    return make_client()


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    """Four publishers, serving."""
    with ExitStack() as stack:
        yield publishing(stack)


@pytest.fixture
def newsroom(digest: Digest, press: Press) -> Digest:
    """The command in a folder that subscribes to the press."""
    (digest.home / "feeds.yaml").write_text(press.config)
    return digest


@pytest.fixture(scope="session")
def drafted_home(tmp_path_factory: pytest.TempPathFactory, press: Press) -> Path:
    """A home that subscribes to the press and has its day's draft. To be copied, never changed."""

    def build(home: Path) -> None:
        (home / "feeds.yaml").write_text(press.config)
        done = Digest(home)("run", "--date", DAY)
        assert done.returncode == 0, done.stderr

    return built_once(tmp_path_factory, "drafted-home", build)


@pytest.fixture
def drafted(drafted_home: Path, digest: Digest) -> Digest:
    """The command in a home with a draft of the press's day."""
    shutil.copytree(drafted_home, digest.home, dirs_exist_ok=True)
    return digest


@pytest.fixture(scope="session")
def fetched_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose state holds a Monday of the sample newsroom, fetched and extracted. To be
    copied, never changed.
    """
    return built_once(tmp_path_factory, "fetched-day", _fetch_day)


def _fetch_day(home: Path) -> None:
    from digest.demo.newsroom import Newsroom
    from digest.run.job import job_for
    from digest.run.session import Session
    from digest.run.single_stage import STAGES
    from digest.store import open_state

    (home / "feeds.yaml").write_text(files("digest.demo").joinpath("feeds.yaml").read_text("utf-8"))
    with Newsroom() as newsroom:
        config = load(home / "feeds.yaml")
        with open_state(config.state) as db:
            session = Session(
                config,
                db,
                now=datetime(2025, 9, 24, 6, 30, tzinfo=UTC),
                resolver=newsroom.resolve,
                **MEANS,
            )
            job = job_for(session, "daily", date(2025, 9, 22))
            STAGES["fetch"](session, job)
            STAGES["extract"](session, job)


@pytest.fixture(scope="session")
def made_day(fetched_day: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with that Monday's issue. To be copied, never changed."""
    return built_once(tmp_path_factory, "made-day", partial(_make_day, fetched_day))


def _make_day(fetched: Path, home: Path) -> None:
    from digest.run import pipeline
    from digest.run.job import job_for
    from digest.run.session import Session
    from digest.store import open_state

    shutil.copytree(fetched, home, dirs_exist_ok=True)
    config = load(home / "feeds.yaml")
    with open_state(config.state) as db:
        session = Session(config, db, now=datetime(2025, 9, 24, 6, 30, tzinfo=UTC))
        pipeline.make(session, job_for(session, "daily", date(2025, 9, 22)))


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> None:
    """A background job of a shell ignores SIGINT, and so would the commands that tests start; a
    handler of our own they do not inherit.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _workers_end() -> Iterator[None]:
    """Those that tests lend to sessions."""
    yield
    WORKERS.close()
