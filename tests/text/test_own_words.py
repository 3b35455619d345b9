"""The newsletter's own words: what a catalogue must hold so that a page can be said in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from digest.text.own_words import named, number, own_words

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((ROOT / "digest" / "text" / "languages").glob("*.po"))
HOLE = re.compile(r"%\((\w+)\)s|\{(\w+)\}")


def said() -> set[str]:
    """Every text that templates and code say in the newsletter's language."""
    texts: set[str] = set()
    for file in (ROOT / "templates").glob("*.j2"):
        text = file.read_text(encoding="utf-8")
        texts |= set(re.findall(r'(?<![a-z])_\("([^"]*)"', text))
        texts |= set(re.findall(r'ngettext\("([^"]*)"', text))
    for file in (ROOT / "digest").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        texts |= set(re.findall(r'\.gettext\(\s*"([^"]*)"\s*\)', text))
    return texts


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_a_catalogue_says_all_with_the_same_holes(file: Path) -> None:
    """Nothing that is said lacks its words; each has what the English one is filled in with, and
    nothing that would end an attribute of a page.
    """
    with file.open("rb") as lines:
        catalogue = read_po(lines)
    known = {one.id[0] if isinstance(one.id, tuple) else one.id: one for one in catalogue if one.id}
    assert said() - set(known) == set()
    for text, message in known.items():
        string = message.string
        forms = [str(one) for one in (string if isinstance(string, list | tuple) else [string])]
        assert all(forms)
        assert not any(set(form) & set('"<>&') for form in forms)
        holes = set(HOLE.findall(str(text)))
        assert all(set(HOLE.findall(form)) <= holes for form in forms)
        assert set(HOLE.findall(str(forms[-1]))) == holes


def test_plural_forms_are_the_language_s() -> None:
    """Arabic has a form for two; English, as any language without a catalogue, has two forms."""

    def minutes(language: str, count: int) -> str:
        words = own_words(language)
        return words.ngettext("%(num)s more story:", "%(num)s more stories:", count)

    assert minutes("de-AT", 2) == "%(num)s weitere Meldungen:"
    assert minutes("ar", 2) == "خبران آخران:"
    assert minutes("nl", 1) == "%(num)s more story:"


def test_names_of_ours_are_said_in_the_language_and_an_editor_s_own_are_not() -> None:
    """A section called by the editor keeps its name, whatever the catalogue knows."""
    assert named("By the Numbers", "de") == "In Zahlen"
    assert named("Search", "de") == "Search"
    assert named("", "de") == ""


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "12,345"), ("de", "12.345"), ("fr", "12\u202f345"), ("xx", "12,345")],
)
def test_numbers_are_written_as_the_language_does(language: str, shown: str) -> None:
    """Thousands are set apart by the language's own mark."""
    assert number(12345, language) == shown
