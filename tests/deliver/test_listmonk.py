"""`delivery: {kind: listmonk}`: one campaign an issue, of the approved bytes, whatever happens in
between; against a server that answers as listmonk's documentation says.
"""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from digest.deliver.go_template import UNSUBSCRIBE, html_template, line_template, text_template
from digest.deliver.leave_tokens import PLACEHOLDER
from tests.deliver.conftest import ISSUE
from tests.listmonk_server import ListmonkServer, listmonk_server
from tests.press import Digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENVIRONMENT = {"DIGEST_LISTMONK_USER": "digest", "DIGEST_LISTMONK_TOKEN": "secret"}


@pytest.fixture(scope="module")
def server() -> Iterator[ListmonkServer]:
    """A list manager."""
    with listmonk_server() as running:
        yield running


@pytest.fixture
def manager(server: ListmonkServer) -> ListmonkServer:
    """The list manager as it is at first: with a list of a thousand, number 3."""
    vars(server).update(vars(ListmonkServer(url=server.url)))
    return server


@pytest.fixture(scope="module")
def handed_home(
    tmp_path_factory: pytest.TempPathFactory, approved_home: Path, server: ListmonkServer
) -> Path:
    """A home whose issue is approved for the list manager. To be copied, never changed."""
    digest = Digest(tmp_path_factory.mktemp("listmonk") / "home")
    shutil.copytree(approved_home, digest.home)
    settings(digest, f"delivery: {{kind: listmonk, url: '{server.url}', lists: 3}}\n")
    (digest.home / "output" / ISSUE / "email.html").unlink()  # it is a draft again
    done = digest("approve", ISSUE)
    assert done.returncode == 0, done.stderr
    return digest.home


@pytest.fixture
def ledger(handed_home: Path, digest: Digest) -> Digest:
    """The command in a home whose issue is approved, to be sent by the list manager."""
    shutil.copytree(handed_home, digest.home, dirs_exist_ok=True)
    return digest


def settings(digest: Digest, delivery: str) -> None:
    """Give feeds.yaml this delivery."""
    file = digest.home / "feeds.yaml"
    lines = file.read_text().partition("delivery:")[0]
    file.write_text(f"{lines}{delivery}")


def send(digest: Digest, *options: str) -> tuple[int, dict[str, object], str]:
    """Exit code, result and complaint of a sending."""
    done = digest("send", ISSUE, "--json", *options, **ENVIRONMENT)
    return done.returncode, json.loads(done.stdout or "{}"), done.stderr


def status(digest: Digest) -> str:
    """What the issue's folder says."""
    told = json.loads((digest.home / "output" / ISSUE / "issue.json").read_text())
    return str(told["status"])


def test_run_twice_there_is_one_campaign_of_the_approved_bytes(
    ledger: Digest, manager: ListmonkServer
) -> None:
    """Through a template that adds nothing, to its list, with its link to leave; the second run says
    how it stands.
    """
    code, told, complaint = send(ledger)
    assert (code, complaint) == (0, "")
    assert (told["status"], told["audience"]) == ("submitted", 990)
    (campaign,) = manager.campaigns
    assert campaign["status"] == "running"
    assert campaign["lists"] == [{"id": 3, "name": "L"}]
    assert campaign["from_email"] == "The Ledger <news@ledger.example>"
    assert manager.templates[0]["body"] == '{{ template "content" . }}'
    assert campaign["template_id"] == 1
    for part, file in (("body", "email.html"), ("altbody", "email.txt")):
        approved = (ledger.home / "output" / ISSUE / file).read_text()
        assert PLACEHOLDER in approved
        assert PLACEHOLDER not in campaign[part]
        assert UNSUBSCRIBE in campaign[part]
        link = f"{manager.url}/u/daily/{PLACEHOLDER}"
        assert as_sent(campaign[part]) == approved.replace(link, UNSUBSCRIBE)
    assert status(ledger) == "submitted"
    campaign["sent"] = 300
    code, told, _ = send(ledger)
    assert (code, told["notices"]) == (0, ["listmonk: campaign 1 is running, 300 of 990 sent"])
    assert len(manager.campaigns) == len(manager.templates) == 1


def as_sent(template: str) -> str:
    """What Go makes of the parts that keep it from running anything."""

    def said(found: re.Match[str]) -> str:
        return str(json.loads(found[1]))

    return re.sub(r'\{\{ (?:Safe )?("(?:[^"\\]|\\.)*") \}\}', said, template)


@pytest.mark.parametrize(
    ("kind", "request_"),
    [
        ("fails_at", "GET /api/lists/3"),
        ("fails_at", "GET /api/campaigns"),
        ("hangs_up_after", "POST /api/templates"),
        ("hangs_up_after", "POST /api/campaigns"),
        ("fails_at", "GET /api/campaigns/1"),
        ("fails_at", "PUT /api/campaigns/1/status"),
        ("hangs_up_after", "PUT /api/campaigns/1/status"),
    ],
)
def test_wherever_it_fails_the_next_run_finishes_the_one_campaign(
    ledger: Digest, manager: ListmonkServer, kind: str, request_: str
) -> None:
    """One line and exit code 1; also when the answer alone was lost."""
    setattr(manager, kind, request_)
    code, _, complaint = send(ledger)
    assert (code, complaint.count("\n")) == (1, 1)
    assert manager.url in complaint
    assert "secret" not in complaint
    setattr(manager, kind, "")
    code, told, complaint = send(ledger)
    assert (code, told["status"]) == (0, "submitted"), complaint
    assert [one["status"] for one in manager.campaigns] == ["running"]


def test_a_campaign_that_somebody_stopped_there_is_left_to_them(
    ledger: Digest, manager: ListmonkServer
) -> None:
    """Paused is not done, cancelled is; neither is started by us again."""
    send(ledger)
    manager.campaigns[0] |= {"status": "paused", "sent": 300}
    code, told, complaint = send(ledger)
    assert (code, told["status"]) == (1, "sending")
    assert "campaign 1 is paused after 300 of 990" in complaint
    manager.campaigns[0]["status"] = "cancelled"
    code, told, _ = send(ledger)
    assert (code, told["counts"]) == (0, {"submitted": 300, "refused": 0, "withdrawn": 690,
                                          "uncertain": 0, "put-off": 0, "waiting": 0})  # fmt: skip
    assert manager.requests.count("PUT /api/campaigns/1/status") == 1


def test_a_campaign_that_was_deleted_there_is_made_anew_only_when_asked(
    ledger: Digest, manager: ListmonkServer
) -> None:
    """Nobody knows whether it went out."""
    send(ledger)
    manager.campaigns.clear()
    code, _, complaint = send(ledger)
    assert (code, "--resend-uncertain" in complaint) == (1, True)
    assert not manager.campaigns
    assert send(ledger, "--resend-uncertain")[0] == 0
    assert len(manager.campaigns) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"changes_body": True}, "other words"), ({"hidden": frozenset({3})}, "other lists")],
)
def test_what_is_not_kept_as_approved_is_not_started(
    ledger: Digest, manager: ListmonkServer, wrong: dict[str, object], said: str
) -> None:
    """The draft stays there to be looked at; put right, it goes out by the next call."""
    for name, value in wrong.items():
        setattr(manager, name, value)
    code, _, complaint = send(ledger)
    assert (code, said in complaint) == (1, True)
    assert manager.campaigns[0]["status"] == "draft"
    manager.changes_body, manager.hidden = False, frozenset()
    assert send(ledger)[0] == 0
    assert [one["status"] for one in manager.campaigns] == ["running"]


def test_two_campaigns_of_one_issue_are_never_chosen_from(
    ledger: Digest, manager: ListmonkServer
) -> None:
    """Somebody copied it there before we knew its number."""
    manager.hangs_up_after = "POST /api/campaigns"
    send(ledger)
    manager.hangs_up_after = ""
    manager.campaigns.append({**manager.campaigns[0], "id": 2})
    code, _, complaint = send(ledger)
    assert (code, "campaigns 1, 2 are all tagged" in complaint) == (1, True)


def test_what_is_set_up_wrong_is_one_line(ledger: Digest, manager: ListmonkServer) -> None:
    """No token, a wrong one, no such list, an edition without one, a server that is none, a token
    that others could read.
    """

    def complaint(delivery: str, **environment: str) -> tuple[int, str]:
        settings(ledger, delivery)
        done = ledger("send", ISSUE, **{**ENVIRONMENT, **environment})
        assert done.stderr.count("\n") == 1
        assert "secret" not in done.stderr
        return done.returncode, done.stderr

    right = f"delivery: {{kind: listmonk, url: '{manager.url}', lists: [3]}}\n"
    for delivery, environment, code, said in (
        (right, {"DIGEST_LISTMONK_TOKEN": ""}, 2, "DIGEST_LISTMONK_TOKEN"),
        (right, {"DIGEST_LISTMONK_TOKEN": "other"}, 1, "invalid API credentials"),
        (right.replace("[3]", "9"), {}, 1, "List not found"),
        (right.replace("[3]", "{weekly: 3}"), {}, 2, "the edition 'daily'"),
        (right.replace("127.0.0.1", "lists.ledger.example"), {}, 2, "use https"),
        ("delivery: {kind: listmonk}\n", {}, 2, "needs the 'url'"),
    ):
        told = complaint(delivery, **environment)
        assert (told[0], said in told[1]) == (code, True), told
    manager.strange = True
    assert "is it one?" in complaint(right)[1]
    assert not manager.campaigns


def test_a_mail_that_was_approved_for_our_own_sender_gets_the_managers_link(
    digest: Digest, manager: ListmonkServer, approved_home: Path
) -> None:
    """In the place of ours; one that shows none at all is not handed over."""
    shutil.copytree(approved_home, digest.home, dirs_exist_ok=True)
    delivery = f"delivery: {{kind: listmonk, url: '{manager.url}', lists: {{daily: 3}}}}\n"
    settings(digest, delivery)
    file = digest.home / "feeds.yaml"
    with_lists = file.read_text()
    file.write_text(
        with_lists.replace("lists_url: https://127.0.0.1:9", "reply_to: ed@ledger.example")
    )
    code, _, complaint = send(digest)
    assert (code, "no link to leave" in complaint, manager.campaigns) == (1, True, [])
    file.write_text(with_lists)
    assert send(digest)[0] == 0
    for part in ("body", "altbody"):
        assert UNSUBSCRIBE in manager.campaigns[0][part]
        assert PLACEHOLDER not in manager.campaigns[0][part]


def test_doctor_asks_the_list_manager(ledger: Digest, manager: ListmonkServer) -> None:
    """For each list; and says what is wrong."""
    told = json.loads(ledger("doctor", "--json", **ENVIRONMENT).stdout)
    looked = {row["what"]: row for row in told}
    assert looked["listmonk"]["detail"] == f"{manager.url}: list 3 has 1000 subscribers"
    manager.lists.clear()
    told = json.loads(ledger("doctor", "--json", **ENVIRONMENT).stdout)
    assert any("List not found" in row["detail"] for row in told if row["state"] == "broken")


def test_nothing_that_a_feed_wrote_is_run_as_a_template() -> None:
    """Only the reader's own link is; Outlook's comments, which Go would drop, stay."""
    link = f"https://lists.example/u/daily/{PLACEHOLDER}"
    hostile = "{{ .Subscriber.Email }} {{TrackView}} https://a.example@TrackLink {{"
    html = html_template(
        f'<!--[if mso]><td x="1"><![endif]--><p>{hostile}</p><a href="{link}">x</a>', link
    )
    assert html == (
        r'{{ Safe "<!--[if mso]><td x=\"1\"><![endif]-->" }}<p>{{ "{{" }} .Subscriber.Email }} {{ "{{" }}'
        'TrackView}} https://a.example@{{ "" }}TrackLink {{ "{{" }}</p><a href="{{ UnsubscribeURL }}">x</a>'
    )
    text = text_template(f"a < b {hostile}\nUnsubscribe: {link}\nnot {link}x", link)
    assert text.count("UnsubscribeURL") == 1
    assert text.startswith('a {{ Safe "<" }} b {{ "{{" }} .Subscriber')
    assert as_sent(text) == f"a < b {hostile}\nUnsubscribe: {UNSUBSCRIBE}\nnot {link}x"
    assert line_template("Plain") == "Plain"
    assert as_sent(line_template("{{ x }}")) == "{{ x }}"
