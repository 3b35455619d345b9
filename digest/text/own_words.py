"""The newsletter's own words (headings, labels, sentences about itself) in its language: English as
the code says them, others by a catalogue in gettext's format for each, `languages/LANGUAGE.po`.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

_CATALOGUES = Path(__file__).with_name("languages")


def languages() -> tuple[str, ...]:
    """The languages that the newsletter speaks, English among them."""
    return tuple(sorted(("en", *(file.stem for file in _CATALOGUES.glob("*.po")))))


@cache
def own_words(language: str) -> NullTranslations:
    """The words of a language like "de" or "de-CH", English where there is no catalogue."""
    primary = language.partition("-")[0].lower()
    if primary not in languages() or primary == "en":
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (_CATALOGUES / f"{primary}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=primary))
    compiled.seek(0)
    return GNUTranslations(compiled)


def spoken(language: str) -> tuple[str, str]:
    """The language that `own_words` are in, and which way it is written: English, from the left,
    where there is no catalogue.
    """
    from digest.text.reader_dates import locale_of

    primary = language.partition("-")[0].lower()
    if primary not in languages() or primary == "en":
        return (language if primary == "en" else "en"), "ltr"
    locale = locale_of(primary)
    return language, str(locale.text_direction) if locale else "ltr"


def number(count: int, language: str) -> str:
    """A whole number as a reader of the language writes it: 1,005 in English, 1.005 in German."""
    if abs(count) < 1000:
        return str(count)
    from digest.text.reader_dates import locale_of

    locale = locale_of(language)
    if locale is None:
        return f"{count:,}"
    from babel.numbers import format_decimal

    return str(format_decimal(count, locale=locale))


# What issue.md calls its sections and kinds of issues; a heading of an editor's own stays as it is.
NAMED = (
    "Highlights", "Top Stories", "Articles Worth Reading", "From the Podcasts", "By the Numbers",
    "Came Due", "Corrections", "The argument", "Other", "Daily", "Weekly", "Insights", "Column",
)  # fmt: skip


def named(name: str, language: str) -> str:
    """A section or an edition that comes with the program, by its name in the language; any other
    as it is called.
    """
    if name in NAMED:
        return own_words(language).gettext(name)
    return name
