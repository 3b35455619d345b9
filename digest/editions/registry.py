"""The editions that there are, by name: those that come along, each a module of this package and
loaded when it is asked for, and the user's own.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from digest.config.schema import Editions
from digest.editions.edition import Edition
from digest.editions.names import NAMES
from digest.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.config.edition_terms import EditionTerms
    from digest.editions.edition import Choice
    from digest.model import Plan

PLAIN = Editions()  # as they come along


def names(editions: Editions = PLAIN) -> tuple[str, ...]:
    """What the editions are called."""
    return (*NAMES, *editions.own)


def edition_named(name: str, editions: Editions = PLAIN) -> Edition:
    """The edition of that name, as configured. Raises UsageError, which names those that there
    are.
    """
    if name not in names(editions):
        raise UsageError(f"there is no edition '{name}'; there is: {', '.join(names(editions))}")
    terms = editions.own.get(name) or _terms(name, editions)
    return Edition(name, terms, _rule(name, terms))


def _terms(name: str, editions: Editions) -> EditionTerms:
    made: EditionTerms = import_module(f"digest.editions.{name}").terms(getattr(editions, name))
    return made


def _rule(name: str, terms: EditionTerms) -> Callable[[Choice, EditionTerms], Plan]:
    """Who fills its sections."""
    called = f"{'an' if name[0] in 'aeiou' else 'a'} {name} issue"
    return partial(_claimed if terms.sections[0].pick == "claims" else _planned, called=called)


# The rules are imported when an issue is planned: most commands plan none.
def _claimed(found: Choice, terms: EditionTerms, called: str) -> Plan:
    from digest.editions.insights import claimed

    return claimed(found, terms, called)


def _planned(found: Choice, terms: EditionTerms, called: str) -> Plan:
    from digest.editions.section_rules import planned

    return planned(found, terms, called)
