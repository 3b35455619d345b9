"""issue.json: what a machine may rely on. Built from the draft as it stands, joined to what the
store knows. Pure.
"""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from digest.grounding.check_names import CHECKS
from digest.grounding.meaning import MEANING
from digest.grounding.verdicts import counted
from digest.issue.edited_draft import thesis_stories
from digest.issue.edited_facts import PUT_IN
from digest.issue.told_figures import joined_texts
from digest.model import Check
from digest.text.markdown import to_plain
from digest.text.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.issue.edited_draft import Standing
    from digest.issue.join import JoinedItem
    from digest.model import Draft, Insight, Status, Window


def issue_json(
    draft: Draft,
    told: Sequence[JoinedItem],
    facts: Mapping[str, Any],
    window: Window,
    status: Status,
    accepted: Mapping[str, str],
) -> dict[str, Any]:
    """The object that DESIGN names, plus `accepted` on flagged text that the editor accepted and
    `flagged` with the reason.
    """
    return {
        "id": draft.id,
        "edition": draft.edition,
        "date": draft.date.isoformat(),
        "window": {"from": window.start.isoformat(), "to": window.end.isoformat()},
        "title": draft.title,
        "description": draft.description,
        "summary": draft.summary,
        "tags": list(draft.tags),
        "byline": draft.byline,
        "status": status,
        "summariser": draft.summariser,
        "highlights": to_plain(draft.highlights),
        "title_insights": list(draft.title_insights),
        "highlights_insights": list(draft.highlights_insights),
        "categories": list(draft.categories),
        "sections": _sections(told, accepted),
        "figures": figures_json(told, facts),
        "left_out": _left_out(told, facts),
        "run": facts.get("run", {}),
    }


def verdicts_json(standings: Mapping[str, Standing]) -> dict[str, Any]:
    """How the title and the highlights stand, and how many texts of the issue there are of each
    verdict.
    """
    front = {
        f"{name}_verdict": standings[name].verdict
        for name in ("title", "highlights")
        if name in standings
    }
    return {**front, "verdicts": counted(one.verdict for one in standings.values())}


def thesis_json(
    draft: Draft, standings: Mapping[str, Standing], accepted: Mapping[str, str]
) -> dict[str, Any] | None:
    """The newsletter's own reading of the day, with what it rests on; None where there is none."""
    standing = standings.get("thesis")
    if standing is None:
        return None
    value: dict[str, Any] = {
        "text": draft.thesis,
        "stories": list(thesis_stories(draft)),
        "verdict": standing.verdict,
    }
    if standing.why:
        value |= {
            "flagged": standing.why,
            "accepted": accepted.get("thesis") == standing.words,
        }
    return value


def _sections(told: Sequence[JoinedItem], accepted: Mapping[str, str]) -> list[dict[str, Any]]:
    stories = (one for one in told if one.item.kind == "story")
    return [
        {"name": name, "stories": [_story(one, accepted) for one in group]}
        for name, group in groupby(stories, key=lambda one: one.section)
    ]


def _story(one: JoinedItem, accepted: Mapping[str, str]) -> dict[str, Any]:
    story = {
        "id": one.id,
        "headline": to_plain(one.item.headline),
        "tag": one.item.tag,
        "text": to_plain(one.item.text),
        "verdict": one.standing.verdict,
        "theme": one.facts.get("theme", ""),
        "theme_why": one.facts.get("theme_why", ""),
        "relevance": one.facts.get("relevance", 0.0),
        "why": one.facts.get("why", "added by the editor"),
        "update_of": one.facts.get("update_of"),
        "told_in": list(one.facts.get("told_in", ())),
        "related": list(one.facts.get("related", ())),
        "sources": [asdict(source) for source in one.sources],
        "insights": [_insight(insight) for insight in one.insights],
    }
    if one.flagged:
        story["flagged"] = one.flagged
        story["accepted"] = accepted.get(one.id) == one.standing.words
    return story


def _insight(insight: Insight) -> dict[str, Any]:
    checks = dict(insight.checks)
    names = dict.fromkeys((*CHECKS, *checks, MEANING))
    return {
        "id": insight.id,
        "text": insight.text,
        "entry": insight.entry,
        "entry_url": insight.entry_url,
        "basis": insight.basis,
        "speaker": insight.speaker,
        "evidence": [asdict(evidence) for evidence in insight.evidence],
        "checks": {name: check_json(name, checks.get(name, Check("n/a"))) for name in names},
        "verdict": insight.verdict,
        **_read(insight),
    }


def check_json(name: str, check: Check) -> dict[str, str]:
    """A check as JSON: a flag names the rows of the table that it comes from, and what was read for
    its meaning has the words that decide.
    """
    rule = {"rule": check.rule or name} if check.result == "fail" else {}
    quote = {"quote": check.quote} if name == MEANING else {}
    return {"result": check.result, "why": check.why, **rule, **quote}


def _read(insight: Insight) -> dict[str, Any]:
    """What only a model's reading knows of an insight."""
    if not insight.read_by:
        return {}
    return {
        "read_by": insight.read_by,
        "headline": insight.headline,
        "why_it_matters": insight.matters,
        "figures": [asdict(figure) for figure in insight.figures],
        "organisations": list(insight.organisations),
        "people": list(insight.people),
        "certainty": insight.certainty,
        "importance": insight.importance,
    }


def figures_json(told: Sequence[JoinedItem], facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The figures that stand in a section of their own, and then those that the stories tell, as
    far as they still do.
    """
    own = [_figure(one) for one in told if one.item.kind == "figure" and one.facts]
    known = {(row["owner"], row["value"], row["unit"]) for row in own}
    stated = {
        (entry, one.value, one.unit.partition("/")[0])
        for text, entries in joined_texts(told)
        for one in quantities(text)
        for entry in entries
    }
    rows = [
        {key: value for key, value in row.items() if key != "id"} for row in facts.get("ledger", ())
    ]
    return own + [
        row
        for row in rows
        if (row["entry"], row["value"], row["unit"].partition("/")[0]) in stated
        and (row["owner"], row["value"], row["unit"]) not in known
    ]


def _figure(one: JoinedItem) -> dict[str, Any]:
    figure = one.facts["figure"]
    return {
        "value": figure["value"],
        "unit": figure["unit"],
        "text": to_plain(one.item.headline),
        "owner": figure.get("owner", ""),
        "measure": figure.get("measure", ""),
        "period": figure.get("period", ""),
        "what": to_plain(one.item.text),
        "entry": figure.get("entry", ""),
        "entry_url": figure["entry_url"],
        "previous": one.facts.get("previous"),
    }


def _left_out(told: Sequence[JoinedItem], facts: Mapping[str, Any]) -> list[dict[str, str]]:
    """What the run left out and the editor did not put in, and what the editor dropped since."""
    standing = {source.entry or source.url for one in told for source in one.sources}
    back = {
        source.entry or source.url
        for one in told
        if one.facts.get(PUT_IN)
        for source in one.sources
    }
    rows = [{"entry": "", **row} for row in facts.get("left_out", [])]
    rows = [row for row in rows if (row["entry"] or row["entry_url"]) not in back]
    named = {row["entry"] or row["entry_url"] for row in rows}
    for story in facts.get("stories", {}).values():
        for source in story["sources"]:
            entry, url = source.get("entry", ""), source["url"]
            if (entry or url) not in standing | named:
                named.add(entry or url)
                rows.append({"entry": entry, "entry_url": url, "why": "dropped by the editor"})
    return rows
