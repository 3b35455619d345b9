"""What `digest edit` and `digest accept` print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.run.publish import JoinedIssue
    from digest.store.drafts import Version


def history_json(kept: Sequence[Version]) -> dict[str, Any]:
    """The changes of an issue for `--json`."""
    return {
        "changes": [
            {
                "number": one.number,
                "what": one.what,
                "at": one.at.isoformat(),
                "present": one.present,
            }
            for one in kept
        ]
    }


def history_lines(kept: Sequence[Version]) -> Iterator[str]:
    """The changes of an issue, the oldest first, with a mark at the present one."""
    yield from (
        f"{'*' if one.present else ' '} {one.number:3}  {one.at:%Y-%m-%d %H:%M}  {one.what}"
        for one in kept
    )
    if not kept:
        yield "nothing was changed yet"


def acceptance_lines(issue: JoinedIssue) -> Iterator[str]:
    """What was accepted of an issue, by whom and why, and what is still flagged."""
    yield from accepted_lines(issue)
    yield from (f"  flagged: {name}: {why}" for name, (why, _) in issue.unaccepted().items())


def accepted_lines(issue: JoinedIssue) -> Iterator[str]:
    """What was accepted of an issue, by whom and why."""
    for name, one in issue.acceptances.items():
        by = f" by {one['by']}" if one["by"] else ""
        note = f" ({one['note']})" if one["note"] else ""
        yield f"  accepted{by}: {name}: {issue.standings[name].why}{note}"
