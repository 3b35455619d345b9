"""The second reading of a draft: what is merely checked in it, such as what the editor typed, is
read for its meaning and what was said is kept.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from digest.grounding import ground, index
from digest.grounding.meaning import Opinion, of_reading
from digest.insights.model.examined import Claim, Examined
from digest.llm.usage import SecondReadings
from digest.net.fanout import each
from digest.run.read import second_reader
from digest.run.results import RereadResult, models_asked
from digest.store import documents, issues

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.insights.model.second_reading import SecondReader
    from digest.issue.edited_draft import Unread
    from digest.run.session import Session

THESIS = "thesis"  # what waits under this name is the newsletter's own reading


def reread(
    session: Session, identity: str, waiting: Mapping[str, Sequence[Unread]]
) -> RereadResult:
    """Read the texts of an issue that wait for it, those of one story in one question, and keep
    what is said. Without a model, or where it fails, they stay as they are.
    """
    readings = SecondReadings()
    with session.answerer(identity) as provider:
        reader = second_reader(session, provider, readings) if provider else None
        if reader is None:
            return RereadResult()
        _keep(session, identity, _opinions(session, reader, waiting))
        return RereadResult(readings.counts(), models_asked(provider))


def _opinions(
    session: Session, reader: SecondReader, waiting: Mapping[str, Sequence[Unread]]
) -> dict[str, Opinion]:
    session.stage(f"second reading: {len(waiting)} texts with {session.config.second_reader}")
    jobs = [
        (name, _claims(session, texts, reading=name == THESIS)) for name, texts in waiting.items()
    ]
    ask = lambda job: _heard(reader, *job)  # noqa: E731  it is called once
    with session.pool(len(jobs)) as pool:
        answers = list(each([[job] for job in jobs], ask, pool))
    return {key: said for found in answers for key, said in found.items()}


def _heard(reader: SecondReader, name: str, claims: Mapping[str, Examined]) -> dict[str, Opinion]:
    said = reader.opinions(list(claims.values()), name)
    answers = {key: said.get(one.claim.id, "") for key, one in claims.items()}
    if name == THESIS:
        answers = {key: of_reading(one) for key, one in answers.items()}
    return {key: one for key, one in answers.items() if isinstance(one, Opinion)}


def _claims(session: Session, texts: Sequence[Unread], *, reading: bool) -> dict[str, Examined]:
    """The texts as claims, by their keys; `reading`: they are the newsletter's own."""
    entries = dict.fromkeys(entry for one in texts for entry in one.cited)
    read = documents.of(session.db, list(entries))
    indexed = {entry: index(document) for entry, document in read.items()}
    made = {}
    for i, one in enumerate(texts, 1):
        cited = [indexed[entry] for entry in one.cited if entry in indexed]
        claim = Claim(f"t{i}", one.text, cited, reading=reading)
        made[one.key] = Examined(claim, one.text, ground([one.text], cited))
    return made


def _keep(session: Session, identity: str, found: Mapping[str, Opinion]) -> None:
    record = issues.get(session.db, identity)
    if record is None or not found:
        return
    kept = {key: asdict(one) for key, one in found.items()}
    readings = {**record.facts.get("second_readings", {}), **kept}
    with session.db:
        issues.keep_facts(session.db, identity, {**record.facts, "second_readings": readings})
