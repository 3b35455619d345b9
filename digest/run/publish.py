"""From the draft on: an issue as it stands, its rendered files, the public archive."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, cast

from digest.config.atomic_files import write_if_changed
from digest.errors import IssueError
from digest.feeds.shared_addresses import shared_addresses
from digest.grounding.verdicts import counted
from digest.issue.edited_draft import front
from digest.issue.edited_facts import with_chosen_themes
from digest.issue.folder import hash_of
from digest.issue.issue_json import issue_json, thesis_json, verdicts_json
from digest.issue.join import JoinedItem, join
from digest.issue.lost_markers import recognised
from digest.run.after_approval import after_approval
from digest.run.leave_ways import leave_ways
from digest.store import documents, entries, issues
from digest.store.deliveries import sending_of
from digest.store.readers_file import peeked_readers
from digest.text.markdown import links

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo

    from digest.issue.edited_draft import Standing
    from digest.issue.join import Source
    from digest.model import Basis, Document, Draft, Evidence, Insight, Status, Verdict
    from digest.render.source_list import SourceFacts
    from digest.render.view import IssueView
    from digest.run.results import RereadResult
    from digest.run.session import Session
    from digest.store.deliveries import Sending
    from digest.store.issues import IssueRecord


@dataclass(frozen=True, slots=True)
class JoinedIssue:
    """An issue as it stands: the draft joined to what is known of it."""

    record: IssueRecord
    draft: Draft
    told: tuple[JoinedItem, ...]
    front: Mapping[str, Standing]  # of title, highlights and greeting, where there are any
    status: Status
    shared: frozenset[str] = frozenset()  # addresses that are several pieces'
    editor: str = ""  # of the newsletter: who approves
    reread: RereadResult | None = None  # before it was joined; None where nobody was asked
    sending: Sending | None = None
    notice: str = ""  # what to know of its mail
    draft_hash: str = ""  # of issue.md as it was read, where it was
    after: Mapping[str, Any] = field(default_factory=dict)  # what became of it, once approved

    def unaccepted(self) -> dict[str, tuple[str, str]]:
        """What must not go out yet: id -> (why, hash of the words). An acceptance holds for the
        words it was given for.
        """
        flagged = {name: one for name, one in self.standings.items() if one.why}
        return {
            name: (one.why, one.words)
            for name, one in flagged.items()
            if self.record.accepted.get(name) != one.words
        }

    def acceptance(self, name: str) -> dict[str, Any] | None:
        """Who accepted the words that a flagged text has now: by, note and at; None where nobody
        did.
        """
        standing = self.standings.get(name)
        if not standing or not standing.why or self.record.accepted.get(name) != standing.words:
            return None
        kept = self.record.acceptances.get(name, {})
        known = kept if kept.get("words") == standing.words else {}
        return {key: known.get(key, "") for key in ("by", "note", "at")}

    @property
    def acceptances(self) -> dict[str, dict[str, Any]]:
        """Every acceptance that holds, by name."""
        found = {name: self.acceptance(name) for name in self.standings}
        return {name: one for name, one in found.items() if one is not None}

    @property
    def standings(self) -> dict[str, Standing]:
        """How each text stands, by the name that an acceptance of it has."""
        told = {one.id: one.standing for one in self.told if one.item.kind != "note"}
        return {**told, **self.front}

    @property
    def verdicts(self) -> dict[Verdict, int]:
        """How many texts there are of each verdict."""
        return counted(one.verdict for one in self.standings.values())


def record_of(session: Session, identity: str) -> IssueRecord:
    """The issue's record. Raises IssueError naming the issues there are."""
    record = issues.get(session.db, identity)
    if record is None:
        newest = ", ".join(known.id for known in issues.every(session.db)[:3])
        raise IssueError(
            f"there is no issue '{identity}';"
            f" {f'the newest are {newest}' if newest else 'make one with: digest run'}"
        )
    return record


def load(session: Session, identity: str) -> JoinedIssue:
    """Read, parse and join an issue. Raises IssueError."""
    record = record_of(session, identity)
    place = session.folder(identity)
    draft = place.draft()
    sending = _sending(session, record)
    found = joined(session, record, draft, status_of(session, record))
    after = after_approval(session, record)
    return replace(found, sending=sending, draft_hash=hash_of(place.text() or ""), after=after)


def status_of(session: Session, record: IssueRecord) -> Status:
    """How far the issue has come with the files that it has."""
    sending = _sending(session, record)
    state = sending.state if sending else None
    return session.folder(record.id).status(record.approved_hash, state)


def _sending(session: Session, record: IssueRecord) -> Sending | None:
    """How the issue goes out, or went; None when it never did with what is approved now."""
    with peeked_readers(session.config.state) as db:
        sending = sending_of(db, record.id) if db else None
    return sending if sending and sending.hash == record.approved_hash else None


def joined(session: Session, record: IssueRecord, draft: Draft, status: Status) -> JoinedIssue:
    """A draft joined to what the store knows of it, lost markers found again."""
    draft = recognised(draft, record.facts)
    facts = with_chosen_themes(record.facts)
    shared = shared_addresses(entries.holders(session.db, _urls(draft)))
    read = _documents(session, draft, facts, shared)
    stands = front(draft, facts, read)
    told = join(draft, facts, read)
    editor = session.config.newsletter.editor or ""
    return JoinedIssue(record, draft, told, stands, status, shared, editor=editor)


def read_draft(session: Session, identity: str) -> JoinedIssue:
    """The issue after a second reading of what is merely checked in its draft, such as what the
    editor typed. Raises IssueError.
    """
    issue = load(session, identity)
    if issue.status == "approved":
        return issue
    waiting = {name: one.unread for name, one in issue.standings.items() if one.unread}
    if not waiting or not session.config.second_reader:
        return issue
    from digest.run.reread import reread

    read = reread(session, identity, waiting)
    return replace(load(session, identity), reread=read)


def _urls(draft: Draft) -> list[str]:
    """The addresses that a draft links to, each once."""
    below = {link.url for part in draft.parts for item in part.items for link in item.links}
    voiced = (draft.highlights, draft.greeting)
    return sorted(below | {link.url for text in voiced for link in links(text)})


def _documents(
    session: Session, draft: Draft, facts: Mapping[str, Any], shared: frozenset[str]
) -> dict[str, Document]:
    """By entry id, what was read for the sources that a draft links to, and at addresses that it
    links to beside: of one that is several pieces' all of them.
    """
    told = {**facts.get("stories", {}), **facts.get("figures", {})}
    rows = [
        row
        for part in draft.parts
        for item in part.items
        for row in told.get(item.id, {}).get("sources", [])
        if row.get("entry") and row["url"] in {link.url for link in item.links}
    ]
    read = documents.of(session.db, [row["entry"] for row in rows])
    for url in _urls(draft):
        if all(row["url"] != url for row in rows):
            found = documents.at(session.db, url)
            read |= {one.entry_id: one for one in (found if url in shared else found[:1])}
    return read


def render(session: Session, identity: str) -> JoinedIssue:
    """Make web, mail, text and JSON from the draft. What was approved stays as it was; only what
    tells of it is brought up to date.

    Everything is made before anything is written, so that an error replaces nothing. Raises
    IssueError.
    """
    issue = load(session, identity)
    from digest.run.ledger import mark_told  # who only looks at an issue tells nothing

    mark_told(session, issue.record, issue.told)
    if issue.status != "draft":
        write_if_changed(session.folder(identity).path / "issue.json", issue_json_text(issue))
        return issue
    parts, notice = _mail(session, issue)
    for name, content in {
        **parts,
        "index.html": _page(session, issue),
        "issue.json": issue_json_text(issue),
    }.items():
        write_if_changed(session.folder(identity).path / name, content)
    return replace(issue, notice=notice)


def mail(session: Session, issue: JoinedIssue) -> dict[str, str]:
    """Both parts of the mail by file name: as approved, or as the draft stands. Writes nothing.
    Raises IssueError when it cannot be made.
    """
    if issue.status != "draft":
        folder = session.folder(issue.record.id).path
        return {
            name: (folder / name).read_bytes().decode("utf-8")
            for name in ("email.html", "email.txt")
        }
    return _mail(session, issue)[0]


def _mail(session: Session, issue: JoinedIssue) -> tuple[dict[str, str], str]:
    """Both parts of a draft's mail by file name, and what to know of it."""
    from digest.render.house_style import styled
    from digest.render.mail_html import html_mail
    from digest.render.mail_text import email_text

    view, templates = (
        view_of(session, issue.draft, issue.told, issue.shared),
        styled(session.config, issue.draft.edition),
    )
    made = html_mail(view, templates)
    return {"email.html": made.html, "email.txt": email_text(view, templates)}, made.notice


def _page(session: Session, issue: JoinedIssue) -> str:
    from digest.render.house_style import styled
    from digest.render.web_page import web_page

    return web_page(
        view_of(session, issue.draft, issue.told, issue.shared),
        styled(session.config, issue.draft.edition),
    )


def issue_object(issue: JoinedIssue) -> dict[str, Any]:
    """What issue.json holds; of one that goes out or went out, when that began and ended, too."""
    value = issue_json(
        issue.draft,
        issue.told,
        issue.record.facts,
        issue.record.window,
        issue.status,
        issue.record.accepted,
    )
    sending = issue.sending
    if sending and issue.status != "draft":
        ended = sending.ended_at.isoformat() if sending.ended_at else None
        value["delivery"] = {"began": sending.began_at.isoformat(), "ended": ended}
    if issue.status != "draft":
        at = issue.record.approved_at
        value["approved"] = {
            "at": at.isoformat() if at else None,
            "by": issue.editor,
            "hash": issue.record.approved_hash,
        }
        value |= issue.after
    value["draft_hash"] = issue.draft_hash
    value["acceptances"] = issue.acceptances
    value["thesis"] = thesis_json(issue.draft, issue.standings, issue.record.accepted)
    return {**value, **verdicts_json(issue.standings)}


def issue_json_text(issue: JoinedIssue) -> str:
    """issue.json as it is written."""
    return json.dumps(issue_object(issue), ensure_ascii=False, indent=1) + "\n"


def view_of(
    session: Session, draft: Draft, told: Sequence[JoinedItem], shared: frozenset[str]
) -> IssueView:
    """A draft as templates see it; `shared` are addresses that are several pieces'."""
    from digest.render.story_views import Beside
    from digest.render.told_views import earlier_views, told_views
    from digest.render.view import issue_view

    newsletter = session.config.newsletter
    zone = newsletter.zone
    facts = {
        source.entry if source.url in shared else source.url: _facts(source, zone)
        for one in told
        for source in one.sources
    }
    extracts = frozenset(
        one.id
        for one in told
        if one.facts and all(insight.verdict == "extract" for insight in one.insights)
    )
    evidence = {
        one.item.id: tuple(span for insight in one.insights for span in _best(insight))
        for one in told
        if one.item.id
    }
    beside = {
        one.item.id: Beside(
            str(one.facts.get("theme", "")),
            told_views(one.facts.get("told_in", ()), newsletter),
            earlier_views(one.facts.get("related", ()), newsletter),
        )
        for one in told
        if one.item.id
    }
    view = issue_view(draft, newsletter, facts, extracts, evidence, beside)
    return replace(view, leave_url=leave_ways(session.config, draft.edition).link())


def _best(insight: Insight) -> tuple[Evidence, ...]:
    """Of each source the passage that bears the insight out best."""
    return tuple({span.entry: span for span in reversed(insight.evidence)}.values())


def _facts(source: Source, zone: ZoneInfo) -> SourceFacts:
    from digest.render.source_list import SourceFacts

    published = datetime.fromisoformat(source.published) if source.published else None
    if source.day:  # is that day wherever the newsletter is
        published = datetime.combine(date.fromisoformat(source.day), time(), zone)
    return SourceFacts(
        source.url,
        source.title,
        source.publisher,
        published,
        cast("Basis", source.basis or "article"),
        bool(source.heard_by),
        source.entry,
    )
