"""The column: theses to choose from, an essay whose facts are checked and whose arguments are the
newsletter's own, and without a model an outline that says so.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from digest.issue.issue_md import parse, write
from tests.model_server import Asked, model_server, second_reading, sums
from tests.run.test_weekly import SUNDAY, TITLES, digest, papers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.press import Digest

__all__ = ["digest", "papers"]  # fixtures

COLUMN = f"{SUNDAY}-column"
THESIS = "Whoever lends on chips pays for the growth of whoever rents them out."
ARGUED = (
    (
        "I do not think that a loan on something which loses its worth so quickly is a loan at all,"
        " and I would rather call it by the name of what it is, which is a wager on the rent."
    ),
    (
        "What is lent has to come back before what was bought with it is gone, and nobody who lends"
        " has said how, so the question stays where it was and the interest only hides it for now."
    ),
    (
        "A price that falls is good for whoever buys and bad for whoever has borrowed to sell, and I"
        " see no way in which the two of them can be right about the same machine at the same time."
    ),
    (
        "The answer that I hear is that demand will hold, which is what every landlord says of every"
        " house, and it is true of most houses for most of the time and of no house for all of it."
    ),
    (
        "If I am wrong it will show in the rent, for a tenant who can pay more will be asked to, and"
        " then the lender has lent on a good thing and I have worried about nothing in particular."
    ),
    (
        "I would look at who is asked to lend next, for a business that can pay its own way does not"
        " have to ask, and a business that cannot will ask again before it says that it must do so."
    ),
    (
        "None of this makes the lender a fool, for somebody has to pay for what is built before it is"
        " used, but it does make the lender the one who pays when what was built is not used enough."
    ),
    (
        "And so I come back to where I began, with a plain question about who holds what when the"
        " music stops, and with the plain answer that it is not whoever is dancing but who paid."
    ),
)


def named(asked: Asked) -> dict[str, str]:
    """The insights that a question gives, by the names that it gives them."""
    return dict(re.findall(r"^  (i\d+) \[[^]]+\][^:\n]*: (.+)$", asked.prompt, re.MULTILINE))


def essay(asked: Asked, *wrong: str) -> dict[str, Any]:
    """A column that says what the insights say, and these sentences too; each section argues."""
    facts = [{"text": text, "insights": [name]} for name, text in list(named(asked).items())[:7]]
    facts += [{"text": text, "insights": ["i1"]} for text in wrong]
    parts = ("thesis", "evidence", "against", "test")
    return {
        "title": "The lender pays for the landlord",
        "sections": [
            {
                "part": part,
                "heading": "What stands on whose ground",
                "paragraphs": [
                    {
                        "sentences": [
                            *facts[i::4],
                            *({"text": one, "insights": []} for one in ARGUED[2 * i : 2 * i + 2]),
                        ]
                    }
                ],
            }
            for i, part in enumerate(parts)
        ],
    }


def answering(asked: Asked, *wrong: str) -> str:
    """A model that reads first sentences, proposes the thesis and writes the essay."""
    if asked.is_probe:
        return sums(asked)
    if "Task: a second reading" in asked.prompt:
        return second_reading(asked)
    if "Task: propose what a signed column" in asked.system:
        return json.dumps({"theses": [{"text": THESIS, "stories": ["s1", "s2"], "against": "No."}]})
    if "Task: write a signed column" in asked.system:
        return json.dumps(essay(asked, *wrong))
    if "Task: read one document" in asked.prompt:
        own = next(text for title, text in TITLES.items() if f"Title: {title}" in asked.prompt)
        read = [{"headline": "", "what_happened": one, "quotes": [one]} for one in own[:2]]
        return json.dumps({"insights": read})
    return json.dumps({"claims": []})


def test_without_a_model_it_is_an_outline(digest: Digest, tmp_path: Path) -> None:
    """Subjects with their stories are proposed; a number chooses one, words are the editor's own
    thesis; the outline says that it is one and leaves the argument to its editor.
    """
    run = ("run", "-e", "column", "--date", SUNDAY)
    proposed = digest(*run, "--json")
    assert proposed.returncode == 0, proposed.stderr
    value = json.loads(proposed.stdout)
    assert value["state"] == "proposed"
    assert [bool(one["headlines"]) for one in value["theses"]] == [True] * len(value["theses"])
    assert not (tmp_path / f"output/{COLUMN}/issue.md").exists()
    assert "are proposed for" in digest(*run, "--thesis", "9").stderr
    assert digest("run", "-e", "insights", "--date", SUNDAY, "--thesis", THESIS).returncode == 2
    assert digest(*run, "--thesis", "1").returncode == 0
    assert digest(*run, "--thesis", THESIS).returncode == 0
    text = (tmp_path / f"output/{COLUMN}/issue.md").read_text()
    draft = parse(text)
    assert write(draft) == text
    assert draft.greeting.startswith("This is an outline and no column")
    assert (draft.thesis, draft.title) == (THESIS, f"Outline: {THESIS.rstrip('.')}")
    assert [part.name for part in draft.parts] == [
        "For it",
        "Against it",
        "What would prove it wrong",
    ]
    refused = digest("approve", COLUMN)
    assert "thesis is flagged" in refused.stderr  # nobody has read it against the sources
    assert "already made" in digest(*run).stdout
    assert digest(*run, "--record", "kept").returncode == 0
    again = digest("run", "--replay", "kept")
    assert (again.returncode, "already made" in again.stdout) == (0, True), again.stderr


def test_with_a_model_facts_have_notes_and_arguments_are_readings(
    digest: Digest, tmp_path: Path
) -> None:
    """A thesis that was proposed is argued; every fact leads to its source, what no source says is
    taken out, and the byline says how it was made and who signs.
    """
    wrong = "Halden Compute sold $77 billion of bonds on Monday."
    with model_server(lambda asked: answering(asked, wrong)) as model:
        with (tmp_path / "feeds.yaml").open("a") as file:
            file.write(
                f'llm: {{base_url: "{model.base_url}", model: m, api_key_env: ""}}\n'
                "newsletter: {editor: Ada Example}\n"
            )
        proposed = json.loads(digest("run", "-e", "column", "-d", SUNDAY, "--json").stdout)
        assert proposed["theses"][0]["text"] == THESIS
        made = digest("run", "-e", "column", "-d", SUNDAY, "--thesis", "1")
        assert made.returncode == 0, made.stderr
    folder = tmp_path / "output" / COLUMN
    draft = parse((folder / "issue.md").read_text())
    assert write(draft) == (folder / "issue.md").read_text()
    assert draft.byline.startswith("By Ada Example: drafted with m from ")
    assert "77 billion" not in (folder / "issue.md").read_text()
    value = json.loads((folder / "issue.json").read_text())
    assert value["thesis"]["verdict"] == "reading"
    told = [
        one for part in value["sections"] for story in part["stories"] for one in story["insights"]
    ]
    argued = [one["text"] for one in told if one["verdict"] == "reading"]
    facts = [one for one in told if one["verdict"] != "reading"]
    assert argued == list(ARGUED)
    assert len(facts) >= 5
    assert all(one["evidence"] for one in facts)
    page = (folder / "index.html").read_text()
    assert page.count('<sup class="note">') >= len(facts)
    assert '<h2 id="notes">Notes</h2>' in page
    assert "[1]" in (folder / "email.txt").read_text()
    assert value["verdicts"]["flagged"] == 0


def test_a_model_of_which_too_little_holds_leaves_an_outline(
    digest: Digest, tmp_path: Path
) -> None:
    """It says that it is none, and why."""

    def thin(asked: Asked) -> str:
        if "Task: write a signed column" not in asked.system:
            return answering(asked)
        whole = essay(asked)
        return json.dumps({**whole, "sections": whole["sections"][:2]})

    with model_server(thin) as model:
        with (tmp_path / "feeds.yaml").open("a") as file:
            file.write(f'llm: {{base_url: "{model.base_url}", model: m, api_key_env: ""}}\n')
        made = digest("run", "-e", "column", "-d", SUNDAY, "--thesis", THESIS)
        assert made.returncode == 0, made.stderr
    draft = parse((tmp_path / f"output/{COLUMN}/issue.md").read_text())
    assert "nothing that holds is left of the argument against it" in draft.greeting


@pytest.mark.parametrize("thesis", ["x" * 5000, "<b>bold</b> [a](javascript:alert(1))", '"', "---"])
def test_any_thesis_is_taken_as_words(digest: Digest, tmp_path: Path, thesis: str) -> None:
    """Whatever an editor types, the draft is read back as it was written or the error is one
    line.
    """
    done = digest("run", "-e", "column", "-d", SUNDAY, "--thesis", thesis)
    assert done.returncode == 0 or len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    if done.returncode == 0:
        assert "<b>" not in (tmp_path / f"output/{COLUMN}/index.html").read_text()
