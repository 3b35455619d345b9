"""The archive in `output/site/`, made of what was approved: as the state knows it, and of issues
that the state does not know as their own folders tell them. What is published stays.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from digest.errors import IssueError
from digest.issue.folder import Folder
from digest.issue.from_folder import approved_hash, shared_in, told_in
from digest.issue.issue_json import figures_json
from digest.issue.issue_md import parse
from digest.run import kept_views, site_search
from digest.run.after_approval import after_approval, correction_views, withdrawn
from digest.run.carry import carry_site
from digest.run.publish import joined, record_of, render, view_of
from digest.speech.machine_note import heard_by
from digest.store import corrections, documents, issues
from digest.stories.ledger.owners import owners

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from digest.issue.join import JoinedItem
    from digest.model import Document, Evidence
    from digest.render.archive_feed import ApprovedIssue
    from digest.render.episode_pages import Transcripts
    from digest.render.withdrawn import WithdrawnIssue
    from digest.run.kept_views import KeptViews
    from digest.run.session import Session


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive as it was made: how many issues are in it, and the ids of those whose pages were
    left as published, because neither the state nor their folders vouch for them.
    """

    issues: int
    left: tuple[str, ...]


def build_site(session: Session, *, anew: bool = False) -> Archive:
    """Bring `output/site/` up to date, and to its host: every issue as it was last approved,
    whatever its draft has become since; with `anew` nothing that was kept is relied on. No page of
    an issue is ever removed. Raises DigestError when the command of `publish` fails.
    """
    archive = _made(session, anew=anew)
    carry_site(session)
    return archive


def _made(session: Session, *, anew: bool) -> Archive:
    from digest.render.archive import build
    from digest.render.archive_feed import ApprovedIssue
    from digest.render.house_style import styled
    from digest.render.made_pages import MadePages

    _complete_folders(session)
    kept = kept_views.KeptViews() if anew else kept_views.read(_kept_in(session))
    approved = {one.id: one for one in _of_state(session, kept)}
    approved |= {one.id: one for one in _of_folders(session, kept, set(approved))}
    site = session.config.output / "site"
    templates = styled(session.config)
    newsletter, searchable = session.config.newsletter, site_search.available()
    shown = [one for one in approved.values() if isinstance(one, ApprovedIssue)]
    transcripts = _transcripts(session, shown)
    written = build(
        site,
        newsletter,
        tuple(approved.values()),
        templates,
        searchable=searchable,
        transcripts=transcripts,
        owners=owners(session.config.aliases),
        made=MadePages(kept.pages, {name: key for name, (key, _) in kept.used.items()}),
    )
    if searchable and any(path.is_relative_to(site / "issues") for path in written):
        _index(session, site, pages=len(shown))
    kept.write(_kept_in(session))
    pages = sorted(page.parent.name for page in (site / "issues").glob("*/index.html"))
    return Archive(len(shown), tuple(name for name in pages if name not in approved))


def _kept_in(session: Session) -> Path:
    return session.config.output / ".archive"


def _index(session: Session, site: Path, *, pages: int) -> None:
    """What is approved is published, whether or not it can be searched; what was taken down is not
    found any more.
    """
    if not pages:
        site_search.forget(site)
        return
    try:
        site_search.index_site(site, session.config.newsletter.language)
    except IssueError as error:
        session.stage(f"search: {error}")


def _complete_folders(session: Session) -> None:
    """Write into the folders of approved issues what vouches for them without the state; versions
    that approved before it was kept there left it out.
    """
    for identity, approved in issues.approved_hashes(session.db):
        folder = session.folder(identity)
        if not _vouches(folder, approved) and folder.status(approved) != "draft":
            render(session, identity)


def _vouches(folder: Folder, approved: str) -> bool:
    file = folder.path / "issue.json"
    return file.is_file() and approved.encode() in file.read_bytes()


def _of_state(session: Session, kept: KeptViews) -> Iterator[ApprovedIssue | WithdrawnIssue]:
    corrected, gone = corrections.of_issues(session.db), corrections.unpublished(session.db)
    for identity, values in issues.approved_values(session.db):
        if identity in gone:
            one = gone[identity]
            yield withdrawn(identity, one.reason, one.at, session.config.newsletter)
            continue
        key = kept_views.key_of((*values, corrected.get(identity), *_settings(session)))
        made = partial(_as_approved, session, identity)
        yield kept.of(identity, key, session.config.newsletter, made)


def _settings(session: Session) -> tuple[object, ...]:
    """What of feeds.yaml an issue's view is made with."""
    return session.config.newsletter, session.config.mail


def _as_approved(session: Session, identity: str) -> ApprovedIssue:
    from digest.render.archive_feed import ApprovedIssue
    from digest.render.company_figures import figure_views

    record = record_of(session, identity)
    draft = parse(record.approved_text or "", record.id)
    issue = joined(session, record, draft, "approved")
    view = view_of(session, issue.draft, issue.told, issue.shared)
    shown = correction_views(after_approval(session, record), session.config.newsletter)
    figures = figure_views(figures_json(issue.told, record.facts))
    view = replace(view, corrections=shown, figures=figures)
    approved_at = record.approved_at or session.now
    return ApprovedIssue(view, approved_at, record.window.end, _evidence(issue.told))


def _of_folders(
    session: Session, kept: KeptViews, known: Collection[str]
) -> Iterator[ApprovedIssue | WithdrawnIssue]:
    """The issues that are not known and whose folders hold what was approved, byte for byte."""
    for file in sorted(session.config.output.glob("*/issue.json")):
        if file.parent.name in known:
            continue
        try:
            found = _of_folder(session, file, kept)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IssueError):
            continue  # not as we write it: what is published of it stays, and is named
        if found:
            yield found


def _of_folder(
    session: Session, file: Path, kept: KeptViews
) -> ApprovedIssue | WithdrawnIssue | None:
    data, folder = file.read_bytes(), Folder(file.parent, images=True)
    value = json.loads(data)
    if not approved_hash(value) or approved_hash(value) != folder.content_hash():
        return None
    gone = value.get("unpublished")
    if gone:
        at, reason = datetime.fromisoformat(gone["at"]), str(gone["reason"])
        return withdrawn(folder.draft().id, reason, at, session.config.newsletter)
    key = kept_views.key_of((data, folder.content_hash(), *_settings(session)))
    made = partial(_as_vouched, session, folder, value)
    return kept.of(file.parent.name, key, session.config.newsletter, made)


def _as_vouched(session: Session, folder: Folder, value: Any) -> ApprovedIssue:
    from digest.render.archive_feed import ApprovedIssue
    from digest.render.company_figures import figure_views

    draft = folder.draft()
    told = told_in(draft, value)
    view = view_of(session, draft, told, shared_in(told))
    return ApprovedIssue(
        view=replace(
            view,
            corrections=correction_views(value, session.config.newsletter),
            figures=figure_views(value.get("figures", ())),
        ),
        approved_at=datetime.fromisoformat(value["approved"]["at"]),
        cut_off=datetime.fromisoformat(value["window"]["to"]),
        evidence=_evidence(told),
    )


def _evidence(told: Sequence[JoinedItem]) -> dict[str, tuple[Evidence, ...]]:
    """What each insight of an issue rests on."""
    return {insight.id: insight.evidence for one in told for insight in one.insights}


def _transcripts(session: Session, approved: Sequence[ApprovedIssue]) -> Transcripts:
    """Those of episodes that issues rest on whose show publishes its transcripts, and whose feed is
    marked: a whole transcript is the show's own text, which the user must be free to show.
    """
    from digest.render.episode_pages import Transcripts

    feeds = {feed.url for feed in session.config.feeds if feed.show_transcripts}
    if not feeds:
        return Transcripts()
    spans = (span for one in approved for spans in one.evidence.values() for span in spans)
    entries = {span.entry for span in spans}
    known = documents.of(session.db, entries)
    shown = {entry: one for entry, one in known.items() if one.feed_url in feeds and _spoken(one)}
    return Transcripts(shown, frozenset(entries - set(known)))


def _spoken(document: Document) -> bool:
    """Whether its text is a transcript that the show publishes."""
    return document.basis == "transcript" and not heard_by(document)
