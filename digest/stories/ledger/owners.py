"""Names resolved to owners: by the table of aliases, a user's own first, and by what companies
write behind their names. Never by a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.stories.ledger.owner_aliases import ALIASES
from digest.text.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_FORM = re.compile(
    r"(?:,? (?:Inc|Corp|Corporation|Ltd|Limited|PLC|plc|LLC|AG|SE|N\.V|SA|GmbH|Co|Holdings?|Group"
    r"|Systems"
    r"|Technologies)"
    r"\.?)+$"
)


@dataclass(frozen=True, slots=True)
class Owners:
    """Who is meant by a name."""

    shown: Mapping[str, str] = field(default_factory=dict)  # by the key of each alias

    def name(self, written: str) -> str:
        """The name under which an owner's figures are shown."""
        name = bare(written)
        return self.shown.get(name.casefold(), name)

    def key(self, written: str) -> str:
        """What makes two names one owner."""
        return self.name(written).casefold()

    def keys(self, written: str) -> frozenset[str]:
        """The keys of all names of whom this is a name."""
        key = self.key(written)
        own = {bare(written).casefold(), key}
        return frozenset(
            own | {alias for alias, name in self.shown.items() if name.casefold() == key}
        )

    def __contains__(self, written: str) -> bool:
        return bare(written).casefold() in self.shown


def owners(own: Iterable[Sequence[str]] = ()) -> Owners:
    """The built-in table with a user's own rows of names, the one that is shown first: what the
    user says of a name holds.
    """
    rows = [(name, *others) for name, others in ALIASES.items()]
    return Owners({bare(name).casefold(): row[0] for row in (*rows, *own) for name in row})


def bare(written: str) -> str:
    """The name without a possessive and the form of the company."""
    return _FORM.sub("", folded(written).strip().removesuffix("'s").removesuffix("'")).strip()
