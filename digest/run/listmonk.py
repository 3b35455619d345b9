"""An approved issue to a list manager: one campaign of listmonk's, made of the approved bytes, to
its lists and with its link to leave; however often it is handed over.
"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from digest.deliver.go_template import html_template, line_template, text_template
from digest.deliver.leave_links import LeaveWays
from digest.deliver.listmonk import connected
from digest.deliver.message import address, list_id, message_mark
from digest.deliver.reader_messages import has_leave_link
from digest.errors import DeliveryError, IssueError, UsageError
from digest.run import publish
from digest.run.send import SendingReport, approved_letter, mail_settings, refuse_unfit, tell_files
from digest.run.sole_sender import sole_sender
from digest.store import campaigns, deliveries
from digest.store.readers_file import message_key, open_readers, readers_path

if TYPE_CHECKING:
    import sqlite3

    from digest.config.schema import Mail
    from digest.deliver.listmonk import Campaign, Listmonk
    from digest.deliver.message import Letter
    from digest.run.session import Session
    from digest.store.deliveries import Sending

_GOES = frozenset({"scheduled", "running", "finished"})


@dataclass(frozen=True, slots=True)
class _HandOver:
    """An issue on its way to listmonk."""

    db: sqlite3.Connection
    manager: Listmonk
    sending: Sending
    tag: str  # by which its campaign is found again
    content: dict[str, Any]
    lists: tuple[int, ...]


def hand_over(session: Session, identity: str, *, anew: bool = False) -> SendingReport:
    """Have listmonk send an issue, or say how its campaign stands; `anew` makes another where that
    was deleted there. Raises as `send` does.
    """
    mail, delivery = mail_settings(session), session.config.delivery
    with ExitStack() as stack:
        stack.enter_context(sole_sender(readers_path(session.config.state)))
        db = stack.enter_context(open_readers(session.config.state))
        manager = stack.enter_context(connected(delivery.url or "", os.environ))
        issue = publish.load(session, identity)
        sending = deliveries.sending_of(db, identity)
        if sending and not campaigns.is_theirs(db, sending.number):
            raise IssueError(
                f"{identity}: our own sender began with it; finish it with delivery.kind: smtp"
            )
        known = sending if sending and sending.state == "submitted" else None
        refuse_unfit(session, db, issue, sending, resend_uncertain=anew or known is not None)
        letter = approved_letter(session, mail, issue, sending.began_at if sending else _now())
        lists = _lists(manager, delivery.lists_of(issue.draft.edition), issue.draft.edition)
        sending = sending or campaigns.begin(
            db, identity, issue.draft.edition, issue.record.approved_hash or "", _now()
        )
        tag = _tag(db, identity)
        content = {**_content(session, letter, mail), "lists": list(lists), "tags": [tag]}
        on = _HandOver(db, manager, sending, tag, content, tuple(lists))
        tell_files(session, identity)
        try:
            campaign = _campaign(on, anew=anew)
        finally:
            tell_files(session, identity)
        if campaign.status in _GOES | {"cancelled"}:
            campaigns.handed_over(db, sending.number, _now())
            tell_files(session, identity)
        return _report(identity, campaign, sum(lists.values()), already=known is not None)


def _now() -> datetime:
    return datetime.now(UTC)


def _tag(db: sqlite3.Connection, identity: str) -> str:
    """The same for the same list of readers and issue."""
    return f"digest-{identity}-{message_mark(identity, 'listmonk', message_key(db))[:8]}"


def _lists(manager: Listmonk, wanted: tuple[int, ...], edition: str) -> dict[int, int]:
    """Lists and how many each has. Raises UsageError when none gets the edition."""
    if not wanted:
        raise UsageError(f"delivery.lists: none gets the edition '{edition}'")
    return {number: manager.subscribers(number) for number in wanted}


def _leave_link(letter: Letter, mail: Mail) -> str:
    """What in the mail stands for each reader's own link: the manager's, or ours where it was
    approved for our own sender. Raises IssueError where there is neither.
    """
    ours = LeaveWays(letter.ways.edition, mail.lists_url or "", mail.lists_mail)
    for ways in (letter.ways, ours):
        if has_leave_link(replace(letter, ways=ways)):
            return ways.link()
    raise IssueError(
        f"{letter.issue}: its mail shows no link to leave: it was approved before delivery was set,"
        " or its templates leave it out; change a word and approve it again"
    )


def _content(session: Session, letter: Letter, mail: Mail) -> dict[str, Any]:
    """The campaign but for its lists, tags and template. Raises IssueError for a mail that shows no
    link to leave.
    """
    link = _leave_link(letter, mail)
    domain = address(letter.sender, "mail.from").domain
    headers = [{"List-Id": list_id(letter, domain)}, {"Precedence": "bulk"}]
    if letter.reply_to:
        headers.append({"Reply-To": str(address(letter.reply_to, "mail.reply_to"))})
    return {
        "name": f"{session.config.newsletter.name}: {letter.issue}",
        "subject": line_template(letter.subject),
        "from_email": str(address(letter.sender, "mail.from")),
        "type": "regular",
        "content_type": "html",
        "body": html_template(letter.html, link),
        "altbody": text_template(letter.text, link),
        "messenger": "email",
        "headers": headers,
    }


def _campaign(on: _HandOver, *, anew: bool) -> Campaign:
    """The issue's one campaign, going. A draft that an earlier call left is given the content again
    and let go; what goes, stands or was ended there stays as it is.
    """
    number = campaigns.campaign_of(on.db, on.sending.number)
    campaign = on.manager.get(number) if number else on.manager.find(on.tag)
    if number and campaign is None and not anew:
        raise DeliveryError(
            f"{on.manager.url}: campaign {number} of {on.sending.issue} is not there any more; to"
            f" make another: digest send {on.sending.issue} --resend-uncertain"
        )
    if campaign and campaign.status != "draft":
        campaigns.made(on.db, on.sending.number, campaign.number)
        return campaign
    content = {**on.content, "template_id": on.manager.template()}
    if campaign is None:
        made = on.manager.create(content)
    else:
        made = campaign.number
        on.manager.update(made, content)
    campaigns.made(on.db, on.sending.number, made)
    _check(on, made)
    on.manager.start(made)
    return _stored(on, made)


def _check(on: _HandOver, number: int) -> None:
    """Raise DeliveryError unless listmonk holds what was approved, for the lists that are meant: it
    leaves out lists that its user may not see.
    """
    kept = _stored(on, number)
    same = (kept.subject, kept.body, kept.altbody) == tuple(
        on.content[name] for name in ("subject", "body", "altbody")
    )
    if not same or kept.lists != frozenset(on.lists):
        what = "other words than were approved" if not same else "other lists than were named"
        raise DeliveryError(f"{on.manager.url}: campaign {number} has {what}; it was not started")


def _stored(on: _HandOver, number: int) -> Campaign:
    kept = on.manager.get(number)
    if kept is None:
        raise DeliveryError(f"{on.manager.url}: campaign {number} is not there any more")
    return kept


def _report(identity: str, campaign: Campaign, subscribed: int, *, already: bool) -> SendingReport:
    """listmonk's word for how it stands. What it has taken is submitted, as with a mail server."""
    audience = campaign.to_send or subscribed
    rest = max(audience - campaign.sent, 0)
    said = f"listmonk: campaign {campaign.number} is {campaign.status}"
    notice = f"{said}, {campaign.sent} of {audience} sent"
    if campaign.status in _GOES:
        return SendingReport(
            identity, "submitted", Counter(submitted=audience), [], (notice,), already=already
        )
    if campaign.status == "cancelled":
        counts = Counter(submitted=campaign.sent, withdrawn=rest)
        return SendingReport(identity, "submitted", counts, [], (notice,), already=already)
    counts = Counter(submitted=campaign.sent, waiting=max(rest, 1))
    trouble = f"{said} after {campaign.sent} of {audience}; let it go on there"
    return SendingReport(identity, "sending", counts, [], (), trouble=trouble)
