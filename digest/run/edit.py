"""What an editor does to a draft, story by story: the command line and the desk call these. Each
says what it did and what of it has to be looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from textwrap import shorten
from typing import TYPE_CHECKING

from digest.errors import IssueError, UsageError
from digest.issue import edits
from digest.issue.edited_facts import THEMES, chosen_themes, with_part
from digest.issue.issue_md import parse
from digest.issue.named_items import named
from digest.issue.sheet import sheet
from digest.run import draft_history
from digest.run.draft_history import Change
from digest.run.publish import load, record_of, status_of
from digest.stories.themes import OTHER
from digest.text.markdown import links, to_plain
from digest.text.tidy import composed

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from digest.issue.sheet import Sheet
    from digest.model import Item
    from digest.run.draft_history import Written
    from digest.run.publish import JoinedIssue
    from digest.run.session import Session


@dataclass(frozen=True, slots=True)
class Edited:
    """A change that was made: what was said of it, issue.md after it, and the hash of that, which
    names it for the next change.
    """

    issue: str
    said: tuple[str, ...]
    hash: str
    text: str

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        return {"id": self.issue, "said": list(self.said), "draft_hash": self.hash}


@dataclass(frozen=True, slots=True)
class Page:
    """An issue that is being edited: joined, and its issue.md taken apart."""

    issue: JoinedIssue
    sheet: Sheet

    def at(self, story: str) -> int:
        """Where the story that is meant stands among all items. Raises IssueError."""
        return named(self.issue.told, story)

    def item(self, at: int) -> Item:
        """An item, its lost marker found again."""
        return self.issue.told[at].item

    def name(self, at: int) -> str:
        """How an item is called when it is spoken of."""
        return shown(self.item(at))


def shown(item: Item) -> str:
    """An item by its first words, for a person."""
    words = to_plain(item.headline) or to_plain(item.text)
    return f"“{shorten(words, 72, placeholder='…')}”"


@dataclass(frozen=True, slots=True)
class Edit:
    """What a page is to become, and how that is called; `facts` where they change."""

    sheet: Sheet
    what: str
    facts: dict[str, Any] | None = None


def drop(session: Session, identity: str, story: str, seen: str | None = None) -> Edited:
    """Take a story out; it counts as not told, and is listed with what was left out."""

    def make(page: Page) -> Edit:
        at = page.at(story)
        return Edit(edits.dropped(page.sheet, at), f"{page.name(at)} taken out")

    return edit(session, identity, make, seen)


def move(
    session: Session,
    identity: str,
    story: str,
    place: int,
    section: str = "",
    seen: str | None = None,
) -> Edited:
    """Put a story at a place, from 1, of its section or of another one; 0 is the last."""

    def make(page: Page) -> Edit:
        at = page.at(story)
        to = f" of {section}" if section else ""
        where = f"place {place}{to}" if place else f"the end{to}"
        return Edit(
            edits.moved(page.sheet, at, place, section), f"{page.name(at)} moved to {where}"
        )

    return edit(session, identity, make, seen)


def merge(
    session: Session, identity: str, first: str, second: str, seen: str | None = None
) -> Edited:
    """Make one story of two, under the headline of the first."""

    def make(page: Page) -> Edit:
        one, other = page.at(first), page.at(second)
        what = f"{page.name(other)} merged into {page.name(one)}"
        return Edit(edits.merged(page.sheet, one, other), what)

    return edit(session, identity, make, seen)


def split(
    session: Session, identity: str, story: str, sentence: int = 0, seen: str | None = None
) -> Edited:
    """Make two stories of one: the second begins with a sentence, from 1 (0: in the middle)."""

    def make(page: Page) -> Edit:
        at = page.at(story)
        parted = edits.split(page.sheet, at, sentence)
        part, own = parted.blocks[at + 1].item.id, page.item(at).id
        facts = with_part(page.issue.record.facts, own, part) if part else None
        return Edit(parted, f"{page.name(at)} split", facts)

    return edit(session, identity, make, seen)


def set_theme(
    session: Session, identity: str, story: str, theme: str, seen: str | None = None
) -> Edited:
    """Give a story another theme. Raises UsageError for one that feeds.yaml has not."""
    names = {one.name.casefold(): one.name for one in session.config.themes}
    wanted = theme.strip().casefold()
    beginning = [name for key, name in names.items() if wanted and key.startswith(wanted)]
    chosen = {**names, OTHER.casefold(): OTHER}.get(wanted) or "".join(beginning[:1])
    if not chosen or (len(beginning) > 1 and wanted not in names):
        raise UsageError(f"there is no theme '{theme}'; there are: {', '.join(names.values())}")

    def make(page: Page) -> Edit:
        at = page.at(story)
        one, facts = page.issue.told[at], page.issue.record.facts
        if not one.facts or one.item.kind != "story":
            raise IssueError(f"{identity}: {one.id} is no story of the program's; it has no theme")
        facts = {**facts, THEMES: {**chosen_themes(facts), one.item.id: chosen}}
        by_theme = one.section != chosen and one.section in {*names.values(), OTHER}
        parts = edits.moved(page.sheet, at, 0, chosen) if by_theme else page.sheet
        return Edit(parts, f"{page.name(at)} given the theme {chosen}", facts)

    return edit(session, identity, make, seen)


def write_story(
    session: Session, identity: str, story: str, markdown: str, seen: str | None = None
) -> Edited:
    """Put what an editor typed in the place of a story's lines, its marker included."""

    def make(page: Page) -> Edit:
        at = page.at(story)
        return Edit(edits.retyped(page.sheet, at, markdown), f"{page.name(at)} changed")

    return edit(session, identity, make, seen, typed=True)


def write_text(session: Session, identity: str, text: str, seen: str | None = None) -> Edited:
    """Put another issue.md in the place of the one there is. Raises IssueError with the line that
    is wrong in it.
    """
    images, name = session.config.newsletter.images, str(session.folder(identity).markdown)

    def make(_: str) -> Change:
        draft = parse(composed(text), name, images=images)
        if draft.id != identity:
            raise IssueError(f"{name}:2: says it is {draft.id}")
        return Change(text, "issue.md changed")

    return _done(session, identity, lambda: draft_history.change(session, identity, make, seen))


def undo(session: Session, identity: str, seen: str | None = None) -> Edited:
    """Take the last change back, whoever made it. Raises IssueError when there is none."""
    return _done(session, identity, lambda: draft_history.undo(session, identity, seen), "undone: ")


def redo(session: Session, identity: str, seen: str | None = None) -> Edited:
    """Make the change again that was taken back last. Raises IssueError when there is none."""
    again = lambda: draft_history.redo(session, identity, seen)  # noqa: E731  a name for an argument
    return _done(session, identity, again, "done again: ")


def edit(
    session: Session,
    identity: str,
    make: Callable[[Page], Edit],
    seen: str | None = None,
    *,
    typed: bool = False,
) -> Edited:
    """Change a draft, under the lock, by what `make` says of its page. `typed`: what becomes of it
    is the editor's affair, as long as it can be read. Raises IssueError and writes nothing where a
    paragraph would run into another.
    """
    images = session.config.newsletter.images

    def changed(text: str) -> Change:
        page = _page(load(session, identity), sheet(text, images=images))
        done = make(page)
        wanted = done.sheet.text()
        parse(composed(wanted), str(session.folder(identity).markdown), images=images)
        if not (typed or edits.same_items(done.sheet, wanted)):
            raise IssueError(
                f"{identity}: a paragraph would run into another one there; move it in issue.md"
            )
        return Change(wanted, done.what, done.facts)

    return _done(session, identity, lambda: draft_history.change(session, identity, changed, seen))


def _page(issue: JoinedIssue, parts: Sheet) -> Page:
    """The page, lost markers found again in its parts."""
    items = iter(one.item for one in issue.told)
    sections = [
        replace(one, blocks=tuple(replace(block, item=next(items)) for block in one.blocks))
        for one in parts.sections
    ]
    return Page(issue, replace(parts, sections=tuple(sections)))


def _done(
    session: Session, identity: str, write: Callable[[], Written], before: str = ""
) -> Edited:
    """What was written, with what an editor has to know of it: that the issue is a draft again,
    and what there is to look at that there was not.
    """
    was = status_of(session, record_of(session, identity))
    known = _to_look_at(session, identity)
    written = write()
    said = [f"{before}{written.what}"]
    if was != "draft":
        said.append(f"the issue was {was}; it is a draft again until it is approved")
    elif written.text == record_of(session, identity).approved_text:
        said.append("it is again what was approved: rendered, it is approved")
    said += [line for key, line in _to_look_at(session, identity).items() if key not in known]
    return Edited(identity, tuple(said), written.hash, written.text)


def _to_look_at(session: Session, identity: str) -> dict[tuple[str, ...], str]:
    """What is flagged, by name and words, and what title and highlights tell of and no story does;
    nothing where the draft cannot be read.
    """
    try:
        issue = load(session, identity)
    except IssueError:
        return {}
    flagged: dict[tuple[str, ...], str] = {
        (name, words): f"flagged: {name}: {why}"
        for name, (why, words) in issue.unaccepted().items()
    }
    told = {link.url for one in issue.told for link in one.item.links}
    known = issue.record.facts.get("insights", {})
    rests = (known[one]["entry_url"] for one in issue.draft.title_insights if one in known)
    return (
        flagged
        | {
            ("title", url): f"the title tells of what no story does: {url}"
            for url in rests
            if url not in told
        }
        | {
            (link.url,): f"the highlights tell of what no story does: {link.url}"
            for link in links(issue.draft.highlights)
            if link.url not in told
        }
    )
