"""`digest run --send-if-clean`: what is clean goes out unseen, anything else stays a draft."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from digest.run import pipeline
from digest.run.send_if_clean import send_if_clean
from tests.deliver.conftest import ISSUE, MAIL, subscribe
from tests.model_server import Asked, model_server, second_reading
from tests.press import DAY
from tests.run.test_model_run import good, opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.mail_sink import MailSink
    from tests.press import Digest

RUN = ("run", "--date", DAY, "--send-if-clean")


@pytest.fixture
def house(drafted: Digest) -> Digest:
    """A home with a draft, a sender and three readers."""
    settings = drafted.home / "feeds.yaml"
    settings.write_text(settings.read_text() + MAIL)
    subscribe(drafted, 3)
    return drafted


def test_a_clean_issue_goes_out_once(house: Digest, sink: MailSink) -> None:
    """It is approved, published and sent; a second run sends nothing."""
    done = house(*RUN, "--json", **sink.environment)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["sent"]["status"] == "submitted"
    again = house(*RUN, **sink.environment)
    assert again.returncode == 0
    assert "already submitted" in again.stdout
    assert list(sink.counts.values()) == [1, 1, 1]
    assert (house.home / "output/site/issues" / ISSUE / "index.html").is_file()


def test_what_a_person_changed_is_that_persons_to_send(house: Digest, sink: MailSink) -> None:
    """It stays a draft, with the reason; the run has done what it was to do."""
    draft = house.home / "output" / ISSUE / "issue.md"
    draft.write_text(draft.read_text().replace("title: ", "title: Half ", 1))
    done = house(*RUN, **sink.environment)
    assert done.returncode == 0
    last = f"{ISSUE}: not sent, left as draft: it was changed by hand; approve it and send it"
    assert done.stdout.splitlines()[-1] == f"{last} yourself"
    assert sink.counts == {}
    assert json.loads(house("issues", "--json").stdout)[0]["status"] == "draft"


def test_without_a_sender_nothing_is_begun(newsroom: Digest) -> None:
    """Neither a feed nor a model is asked for an issue that could not go out."""
    done = newsroom(*RUN)
    assert done.returncode == 2
    assert "has no 'mail'" in done.stderr
    assert not (newsroom.home / "output").exists()


@pytest.mark.parametrize("other", ["--dry-run", "--rewrite"])
def test_what_makes_no_issue_sends_none(house: Digest, other: str) -> None:
    """The two are refused together."""
    assert house(*RUN, other).returncode == 2


def test_a_server_that_takes_nothing_is_a_failure(house: Digest, sink: MailSink) -> None:
    """The issue is approved, nobody has it, and the exit code says so."""
    sink.mail = lambda _number: "550 not from you"
    done = house(*RUN, **sink.environment)
    assert done.returncode == 1
    assert "3 waiting" in done.stdout.splitlines()[-1]


def unread(asked: Asked) -> str:
    """A model that reads well and gives no second reading that counts."""
    return '{"claims": []}' if second_reading(asked) else good(asked)


def test_what_nobody_has_read_stays_where_a_model_is_configured(
    fetched_day: Path, tmp_path: Path
) -> None:
    """Merely checked is not clean; the count is named."""
    home = shutil.copytree(fetched_day, tmp_path / "home")
    with model_server(unread) as server, opened(home, server) as (session, job):
        outcome = pipeline.make(session, job)
        left = send_if_clean(session, job.id, outcome.state)
    assert (left.status, left.sending) == ("draft", None)
    assert left.why_not.endswith("checked, meaning not read")
