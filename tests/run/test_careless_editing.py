"""An issue.md that was edited without care: nothing crashes, nothing that nobody checked passes as
checked, and no word that its editor wrote is lost.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from digest.errors import IssueError
from digest.issue.issue_md import parse
from digest.run.publish import joined, record_of
from digest.text.markdown import to_plain
from digest.text.tidy import composed
from tests.examples import examples
from tests.run.test_edit import ISSUE, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from digest.model import Draft
    from digest.run.publish import JoinedIssue
    from digest.run.session import Session

    Lines = list[str]
    Draw = Callable[[st.SearchStrategy[Any]], Any]
    Careless = Callable[[Draw, Lines], Lines]

LIE = "Vandelay Quux paid $987.65 million for zq{}."  # of which no source has a word


@pytest.fixture(scope="module")
def session(made_day: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A made issue; its file is not touched, each text is joined as if it stood there."""
    home = tmp_path_factory.mktemp("careless") / "home"
    shutil.copytree(made_day, home)
    with opened(home) as session:
        yield session


def place(draw: Draw, lines: Lines) -> int:
    """A line of the body."""
    body = lines.index("---", 1) + 1
    found: int = draw(st.integers(body, max(body, len(lines) - 1)))
    return found


def a_line_goes(draw: Draw, lines: Lines) -> Lines:
    """Deleted, whatever it was."""
    at = place(draw, lines)
    return lines[:at] + lines[at + 1 :]


def a_line_is_moved(draw: Draw, lines: Lines) -> Lines:
    """Cut and pasted somewhere else."""
    at = place(draw, lines)
    left = lines[:at] + lines[at + 1 :]
    to = place(draw, left)
    return left[:to] + lines[at : at + 1] + left[to:]


def a_line_is_doubled(draw: Draw, lines: Lines) -> Lines:
    """Copied and pasted somewhere else."""
    at, to = place(draw, lines), place(draw, lines)
    return lines[:to] + lines[at : at + 1] + lines[to:]


def some_lines_are_moved(draw: Draw, lines: Lines) -> Lines:
    """A story, or some of it."""
    at = place(draw, lines)
    end = at + draw(st.integers(1, 6))
    left = lines[:at] + lines[end:]
    to = place(draw, left)
    return left[:to] + lines[at:end] + left[to:]


def the_markers_go(draw: Draw, lines: Lines) -> Lines:
    """Some, or all."""
    some = draw(st.integers(1, 3))
    return [line for i, line in enumerate(lines) if "<!--" not in line or i % some]


def two_markers_change_places(draw: Draw, lines: Lines) -> Lines:
    """Each story has the other's."""
    at = [i for i, line in enumerate(lines) if line.strip().startswith("<!-- story:")]
    if len(at) < 2:
        return lines
    one, other = draw(st.lists(st.sampled_from(at), min_size=2, max_size=2, unique=True))
    changed = lines[:]
    changed[one], changed[other] = lines[other], lines[one]
    return changed


def words_change(draw: Draw, lines: Lines) -> Lines:
    """A word of a line goes, or two change places."""
    at = place(draw, lines)
    words = lines[at].split(" ")
    i = draw(st.integers(0, len(words) - 1))
    words[i : i + 2] = draw(st.sampled_from([words[i : i + 2][::-1], words[i + 1 : i + 2]]))
    return [*lines[:at], " ".join(words), *lines[at + 1 :]]


def two_lines_become_one(draw: Draw, lines: Lines) -> Lines:
    """A line break goes."""
    at = place(draw, lines)
    return [*lines[:at], " ".join(lines[at : at + 2]), *lines[at + 2 :]]


def it_is_typeset(_: Draw, lines: Lines) -> Lines:
    """Quotes and dashes become typographic."""
    text = "\n".join(lines)
    head, _rule, body = text.partition("\n---\n")
    body = re.sub(r'(?<=\s)"', "“", body).replace('"', "”")
    body = re.sub(r"(?<=\w)'", "’", body).replace(" - ", " – ").replace("...", "…")
    return f"{head}\n---\n{body}".split("\n")


def other_bullets(draw: Draw, lines: Lines) -> Lines:
    """`*`, `+` or numbers."""
    sign = draw(st.sampled_from(["*", "+", "1."]))
    return [f"{sign}{line[1:]}" if line.startswith("- ") else line for line in lines]


def no_indents(_: Draw, lines: Lines) -> Lines:
    """Every line begins at the margin."""
    return [line.lstrip() for line in lines]


def trailing_blanks(_: Draw, lines: Lines) -> Lines:
    """Behind every line of the body."""
    body = lines.index("---", 1) + 1
    return lines[:body] + [f"{line}  " for line in lines[body:]]


def no_bold(draw: Draw, lines: Lines) -> Lines:
    """A line loses its asterisks."""
    at = place(draw, lines)
    return [*lines[:at], lines[at].replace("**", ""), *lines[at + 1 :]]


def a_lie_in_a_line(draw: Draw, lines: Lines) -> Lines:
    """Typed somewhere within a text."""
    at = place(draw, lines)
    i = draw(st.integers(0, len(lines[at])))
    lie = LIE.format(draw(st.integers(0, 99)))
    return [*lines[:at], f"{lines[at][:i]} {lie} {lines[at][i:]}", *lines[at + 1 :]]


def a_lie_of_its_own(draw: Draw, lines: Lines) -> Lines:
    """A paragraph, a bullet, a heading, a bold line or a quotation."""
    at = place(draw, lines)
    form = draw(
        st.sampled_from(["{}", "- {}", "- **{}**", "### {}", "**{}**", "> {}", "  {}", "## {}"])
    )
    lie = form.format(LIE.format(draw(st.integers(0, 99))))
    return [*lines[:at], *draw(st.sampled_from([[lie], ["", lie, ""]])), *lines[at:]]


CARELESS: list[Careless] = [
    a_line_goes,
    a_line_is_moved,
    a_line_is_doubled,
    some_lines_are_moved,
    the_markers_go,
    two_markers_change_places,
    words_change,
    two_lines_become_one,
    it_is_typeset,
    other_bullets,
    no_indents,
    trailing_blanks,
    no_bold,
    a_lie_in_a_line,
    a_lie_of_its_own,
]


def shown(draft: Draft) -> dict[str, str]:
    """All texts that readers are shown and that somebody vouches for, by what they are."""
    items = [item for part in draft.parts for item in part.items]
    return {
        "title": draft.title,
        "highlights": to_plain(draft.highlights),
        "greeting": to_plain(draft.greeting),
        "sections": " ".join(part.name for part in draft.parts),
        **{
            f"{i}": to_plain(f"{item.tag} {item.headline} {item.text} {item.update}")
            for i, item in enumerate(items)
        },
        "links": " ".join(link.name for item in items for link in item.links),
    }


def lies(text: str) -> list[str]:
    """The editor's own words in a text."""
    return re.findall(r"zq\d+", text)


def unflagged_lies(issue: JoinedIssue) -> list[str]:
    """Texts that hold what no source says and are not flagged."""
    stands = [
        (issue.draft.highlights, issue.front.get("highlights")),
        (issue.draft.greeting, issue.front.get("greeting")),
        *(
            (f"{one.item.headline} {one.item.text} {one.item.update}", one.standing)
            for one in issue.told
        ),
    ]
    return [text for text, standing in stands if lies(text) and not (standing and standing.why)]


def uncited(issue: JoinedIssue) -> list[str]:
    """Stories that pass on the words of a source that they do not link to."""
    return [
        one.item.headline
        for one in issue.told
        if not one.standing.why
        for insight in one.insights
        for span in insight.evidence
        if " ".join(insight.text.split()) in to_plain(one.item.text)
        and span.entry_url not in {link.url for link in one.item.links}
    ]


@examples(30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_careless_editing_loses_nothing_and_hides_nothing(
    session: Session, data: st.DataObject
) -> None:
    """Up to six things are done to an issue, by people and programs. It is refused with a line, or
    every word of the editor's is shown, and what no source says is flagged.
    """
    lines = (session.folder(ISSUE).text() or "").split("\n")
    for careless in data.draw(st.lists(st.sampled_from(CARELESS), min_size=1, max_size=6)):
        lines = careless(data.draw, lines)
    text = data.draw(st.sampled_from(["\n", "\r\n"])).join(lines)
    try:
        draft = parse(composed(text))
    except IssueError as error:
        # both outcomes are right; each has its own promise
        assert re.match(r"issue\.md:\d+: ", str(error))  # noqa: PT017
        return
    comments = " ".join(re.findall(r"<!--.*?-->", text, re.DOTALL))
    kept = " ".join(shown(draft).values())
    assert not [word for word in lies(text) if word not in kept and word not in comments]
    draft = replace(draft, parts=tuple(part for part in draft.parts if part.items))
    issue = joined(session, record_of(session, ISSUE), draft, "draft")
    assert unflagged_lies(issue) == []
    assert uncited(issue) == []
