"""The part of a delivery report that programs read (RFC 3464), also where it is not made as the
standard says: groups run together, fields left out, types left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.deliver.bounce_severity import ENHANCED, severity
from digest.deliver.notice import Failure, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_RECIPIENTS = 50  # we send to one at a time


def status_failures(told: str, explained: str) -> tuple[tuple[Failure, ...], frozenset[str]]:
    """Who was not reached, and all actions that are named. `explained` is what the report says to
    people, for where the fields say little.
    """
    failures, actions = [], set()
    for fields in _recipients(told):
        status = ENHANCED.search(fields.get("status", ""))
        code = status[0] if status else ""
        action = fields.get("action", "").lower() or ("failed" if code[:1] == "5" else "")
        actions.add(one_line(action))
        if not action.startswith("fail"):
            continue
        said = fields.get("diagnostic-code", "").partition(";")
        words = said[2].strip() or said[0].strip()
        bad = severity(code, words or explained[:2000])
        why = one_line(f"{words or code or explained}")
        recipient, original = (_address(fields, name) for name in ("final", "original"))
        failures.append(Failure(recipient, bad, why, original))
    return tuple(failures[:MOST_RECIPIENTS]), frozenset(filter(None, actions))


def _recipients(told: str) -> Iterator[Mapping[str, str]]:
    """The groups of fields that are about a recipient; where one begins without a blank line before
    it, a second field of the same name shows it.
    """
    for group in re.split(r"\r?\n[ \t]*\r?\n", told):
        fields: dict[str, str] = {}
        for name, value in re.findall(r"^([A-Za-z-]+):[ \t]*(.*(?:\n[ \t]+.*)*)", group, re.M):
            key = name.lower()
            if key == "final-recipient" and key in fields:
                yield fields
                fields = {}
            fields.setdefault(key, " ".join(value.split()))
        if {"final-recipient", "original-recipient", "action"} & set(fields):
            yield fields


def _address(fields: Mapping[str, str], which: str) -> str:
    """An address without its type ("rfc822;ann@inbox.example")."""
    return fields.get(f"{which}-recipient", "").rpartition(";")[2].strip(" <>\"'")
