"""Another wording of a story by the model, checked like any."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from digest.errors import IssueError, UsageError
from digest.insights.model.claims import Checks
from digest.issue import edits
from digest.issue.named_items import named
from digest.issue.story_writer import StoryWriter, to_tell
from digest.llm.usage import SecondReadings
from digest.model import Group
from digest.run.edit import Edit, edit
from digest.run.publish import load, read_draft
from digest.run.read import asking_of, second_reader
from digest.store import documents, insights
from digest.text.markdown import escape, to_plain
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.issue.join import JoinedItem
    from digest.issue.story_writer import Written
    from digest.llm.question import Answerer
    from digest.run.edit import Edited, Page
    from digest.run.session import Session

WISHES: Mapping[str, str] = MappingProxyType(
    {
        "shorter": "shorter, only what decides; leave out what a reader could do without.",
        "sharper": (
            "sharper: plain verbs, the deciding number early, no word that carries nothing; the"
            " same facts, no firmer than the insights are."
        ),
        "lead": "with another lead: open with another fact of the insights than it does now.",
    }
)


def reword(
    session: Session, identity: str, story: str, how: str = "sharper", seen: str | None = None
) -> Edited:
    """Have a model tell a story in another wording. Raises UsageError where there is no model or no
    such wish, IssueError where nothing that it writes holds in the story's sources; the story stays
    as it is then.
    """
    if how not in WISHES:
        raise UsageError(f"'{how}' is none of {', '.join(WISHES)}")
    issue = load(session, identity)
    page = issue.told[named(issue.told, story)]
    with session.answerer(identity) as answerer:
        if answerer is None:
            raise UsageError("another wording needs a model; name one as 'llm' in feeds.yaml")
        session.stage(f"rewording “{to_plain(page.item.headline)}” with {answerer.name}")
        written = _written(session, answerer, page, how)
    if written is None:
        raise IssueError(
            f"{identity}: nothing that the model wrote of {page.id} holds in its sources; it stays"
            " as it is"
        )

    def make(now: Page) -> Edit:
        at = now.at(page.id)
        item = now.item(at)
        headline = written.headline if how == "sharper" else ""
        changed = replace(
            item,
            headline=escape(headline) if headline else item.headline,
            text=escape(written.text.text),
            insights=written.rests_on if item.id else (),
        )
        return Edit(edits.replaced(now.sheet, at, changed), f"{now.name(at)} reworded ({how})")

    done = edit(session, identity, make, seen or issue.draft_hash)
    read = read_draft(session, identity)
    return replace(done, said=(*done.said, *(read.reread.lines() if read.reread else ())))


def _written(session: Session, answerer: Answerer, one: JoinedItem, how: str) -> Written | None:
    """The story as the model tells it now. Raises IssueError where nothing was read that it could
    be told from.
    """
    found = documents.of(session.db, [source.entry for source in one.sources if source.entry])
    read = insights.readings(session.db, list(found), session.summariser)
    told = to_tell([read[name].insights for name in found if name in read]) or [
        insight for insight in one.insights if insight.entry in found
    ]
    if one.item.kind != "story" or not told:
        raise IssueError(f"{one.id}: there is nothing that it could be told from anew")
    asking = asking_of(session)
    checks = Checks(
        answerer, asking, second_reader(session, answerer, SecondReadings()), task="write"
    )
    now = to_plain(one.item.text)
    count = len(sentences(now))
    return StoryWriter(answerer, asking, checks).write(
        Group(one.id, tuple(found.values())),
        told,
        max(2, count - 1 if how == "shorter" else count),
        now=now,
        wish=WISHES[how],
    )
