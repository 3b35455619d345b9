"""Putting a story into a draft: one that was left out, or a page that no feed brought, told and
checked as a run would.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from digest.editions.registry import edition_named
from digest.editions.selection import ranked, weights
from digest.errors import IssueError, UsageError
from digest.insights.embedded import EMBEDDED, read
from digest.insights.telling import led
from digest.issue import edits
from digest.issue.edited_facts import PUT_IN
from digest.issue.embedded_writer import write_draft
from digest.issue.facts import facts_of
from digest.issue.material import Material
from digest.model import Entry, Plan, Section
from digest.net.address_guard import AddressGuard
from digest.net.urls import clean_url
from digest.run.clean import settle
from digest.run.edit import Edit, edit, shown
from digest.run.extract import read_and_keep
from digest.run.publish import load
from digest.run.read import read_with_model
from digest.run.write import retell
from digest.store import documents, entries, insights, told_stories
from digest.stories.grouping import group
from digest.stories.themes import without_marks
from digest.stories.told_story import signature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.editions.edition import Edition
    from digest.llm.provider import Provider
    from digest.model import Document, Group, Insight, Item, Ranked
    from digest.run.edit import Edited, Page
    from digest.run.publish import JoinedIssue
    from digest.run.session import Session
    from digest.store.issues import IssueRecord


@dataclass(frozen=True, slots=True)
class Told:
    """A story as it is to stand in an issue, its theme, and the facts that it brings."""

    item: Item
    theme: str
    facts: dict[str, Any]


def take(
    session: Session,
    identity: str,
    out: str,
    section: str = "",
    place: int = 0,
    seen: str | None = None,
) -> Edited:
    """Put in a story that was left out; `out` is the entry or the address of a source of it. Raises
    IssueError where there is none, or it is told already.
    """
    issue = load(session, identity)
    known = entries.get(session.db, out) or next(iter(entries.at(session.db, clean_url(out))), None)
    if known is None:
        raise IssueError(
            f"{identity}: nothing that was left out is called '{out}'; 'digest show {identity}'"
            f" lists it, and 'digest edit {identity} --add URL' reads a page that no feed brought"
        )
    return _put(session, issue, known, (section, place), seen)


def add(
    session: Session,
    identity: str,
    url: str,
    section: str = "",
    place: int = 0,
    seen: str | None = None,
) -> Edited:
    """Write a story from an address: it is fetched, extracted, told and checked like any other.
    Raises UsageError for what is no address, IssueError where readers cannot open it or nothing can
    be read there.
    """
    issue, address = load(session, identity), clean_url(url.strip())
    if not address.startswith(("http://", "https://")):
        raise UsageError(f"'{url}' is no address of a page, such as https://example.com/story")
    known = next(iter(entries.at(session.db, address)), None)
    name = hashlib.sha256(f"editor\n{address}".encode()).hexdigest()[:16]
    entry = known or Entry(name, "", address, "", None, session.now)
    return _put(session, issue, entry, (section, place), seen)


def _put(
    session: Session,
    issue: JoinedIssue,
    entry: Entry,
    where: tuple[str, int],
    seen: str | None,
) -> Edited:
    _refuse_told(issue, entry)
    closed = AddressGuard(session.config.network.allow).closed(entry.url)
    if closed:
        raise IssueError(f"{entry.url}: readers cannot open {closed}")
    document = _document(session, entry)
    story = _group(session, issue.record, document)
    told = _told(session, issue.record, story)
    with session.db:  # by what it is known again tomorrow, if it stays
        signatures = {told.item.id: signature(story.documents)}
        told_stories.save(session.db, issue.record.id, signatures)
    section, place = where

    def make(page: Page) -> Edit:
        _refuse_told(page.issue, entry)
        goal = section.strip() or _section(page, told.theme)
        facts = page.issue.record.facts
        added = {key: {**facts.get(key, {}), **told.facts[key]} for key in ("stories", "insights")}
        words = shown(told.item)
        return Edit(
            edits.inserted(page.sheet, told.item, goal, place),
            f"{words} put in ({goal})",
            {**facts, **added},
        )

    return edit(session, issue.record.id, make, seen)


def _refuse_told(issue: JoinedIssue, entry: Entry) -> None:
    standing = next(
        (
            one.id
            for one in issue.told
            for source in one.sources
            if entry.id == source.entry or entry.url == source.url
        ),
        None,
    )
    if standing:
        raise IssueError(f"{issue.record.id}: {entry.url} is a source of {standing} already")


def _section(page: Page, theme: str) -> str:
    """Where a story goes that nobody gave a place: below its theme where there are sections of
    themes, else into the first section.
    """
    names = [section.name for section in page.sheet.sections if section.blocks]
    return theme if theme in names or not names else names[0]


def _document(session: Session, entry: Entry) -> Document:
    """What an entry leads to, read now where it never was. Raises IssueError where that is
    nothing.
    """
    if documents.missing(session.db, (entry,), session.now):
        with session.db:
            entries.save(session.db, (entry,))
        session.stage(f"reading {entry.url}")
        with session.client() as client:
            read_and_keep(session, (entry,), client)
        settle(session)
    found = documents.of(session.db, (entry.id,)).get(entry.id)
    if found is None or not found.text.strip():
        note = found.note if found else ""
        raise IssueError(f"{entry.url}: cannot be read: {note or 'the page holds no text'}")
    return found


def _group(session: Session, record: IssueRecord, document: Document) -> Group:
    """The story that the document is of: as the run found it, else by itself."""
    known = insights.groups(session.db, record.edition, record.date)
    there = (
        one for one in known if any(document.entry_id == other.entry_id for other in one.documents)
    )
    return next(there, None) or group([document], weights(session.config))[0]


def _told(session: Session, record: IssueRecord, story: Group) -> Told:
    """The story told: by a model where there is one, else in its sources' own words."""
    edition = edition_named(record.edition, session.config.editions)
    terms = replace(edition.terms, highlights=False, site=False)
    edition = replace(edition, terms=terms)
    with session.answerer(record.id) as answerer:
        found = _read(session, story.documents, answerer)
        story = led(story, found) or story
        one = ranked([story], record.window, session.config)[0]
        plan = Plan((Section(_style(edition, one), (one,)),), ())
        material = Material(
            found,
            (),
            {document.entry_id: document for document in story.documents},
            language=session.config.newsletter.language,
            zone=session.config.newsletter.zone,
            editor=session.config.newsletter.editor or "",
            day=record.date,
        )
        draft = write_draft(record.id, edition, record.date, plan, material, 0)
        if answerer:
            retold = retell(session, answerer, edition, plan, draft, material)
            draft, material = retold.draft, replace(material, texts=retold.texts)
    item = draft.parts[0].items[0]
    if not item.text.strip():
        raise IssueError(
            f"{story.documents[0].url}: no sentence of it can be told by itself; write one in"
            " issue.md, with a link to it"
        )
    facts = facts_of(plan, draft, material, {})
    for known in facts["stories"].values():
        known |= {"why": f"put in by the editor; {known['why']}", PUT_IN: True}
    return Told(item, one.theme, facts)


def _style(edition: Edition, one: Ranked) -> str:
    """The name of the section in whose form the story is told first; it is written anew where it
    goes elsewhere.
    """
    first = edition.terms.sections[0]
    return one.theme if first.by_theme else first.name


def _read(
    session: Session, told: Sequence[Document], answerer: Provider | None
) -> dict[str, tuple[Insight, ...]]:
    """What the documents say, by entry: as a run read them, and what none has read now."""
    names = [one.entry_id for one in told]
    words = without_marks(word for theme in session.config.themes for word in theme.words)
    found = insights.of(session.db, names, EMBEDDED)
    with session.db:
        for document in told:
            if not found[document.entry_id]:
                made = found[document.entry_id] = read(document, theme_words=words)
                insights.save(session.db, document.entry_id, EMBEDDED, made)
    if answerer:
        known = insights.readings(session.db, names, session.summariser)
        missing = [one for one in told if one.entry_id not in known]
        if missing:
            read_with_model(session, answerer, missing)
        known = insights.readings(session.db, names, session.summariser)
        found |= {name: one.insights for name, one in known.items() if one.insights}
    return found
