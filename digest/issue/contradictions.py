"""Figures that an issue tells and that cannot hold beside what was told before: for the editor,
never for readers. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from digest.issue.material import Material


def contradictions(material: Material, told: Collection[str]) -> list[dict[str, Any]]:
    """Of the figures that are told, by id, those that told ones contradict, as JSON values."""
    return [
        {
            "owner": material.owners.name(one.figure.owner),
            "measure": one.figure.measure,
            "period": one.figure.period or one.figure.period_text,
            "text": one.figure.text,
            "entry": one.entry,
            "entry_url": one.entry_url,
            "told": {
                "text": other.figure.text,
                "issue": other.issue,
                "date": other.told.isoformat() if other.told else None,
                "entry": other.entry,
                "entry_url": other.entry_url,
            },
        }
        for one in material.ledger
        if one.id in told
        for other in material.contradicted.get(one.id, ())
    ]


def contradiction_lines(found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Contradictions for a person, each once."""
    lines = (
        f"{one['owner']}, {one['measure']}{_for(one['period'])}: {one['text']}"
        f" ({one['entry_url']}), but {one['told']['text']} was told in {one['told']['issue']}"
        f" ({one['told']['entry_url']})"
        for one in found
    )
    yield from dict.fromkeys(lines)


def _for(period: str) -> str:
    return f" ({period})" if period else ""
