"""The documentation says what the program does: no command, option, key, exit code or dependency is
missing, and links lead somewhere.
"""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer.main

from digest import __version__
from digest.cli.main import app
from digest.config.loading import load
from digest.config.schema import Config, Daily, Limits
from digest.config.typed_mapping import form_inside, keys_of
from digest.errors import ConfigError, DigestError

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME = Path(__file__).parents[2]
DOCS = sorted([*HOME.glob("docs/*.md"), HOME / "README.md", HOME / "CHANGELOG.md"])
OPERATIONS = (HOME / "docs/operations.md").read_text()
CONFIGURATION = (HOME / "docs/configuration.md").read_text()


def commands() -> list[str]:
    """Every command of the program, groups walked."""
    root = typer.main.get_command(app)
    found = []
    # a group, which typer's type does not say
    for name, command in root.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        found += [f"{name} {sub}" for sub in inner] if inner else [name]
    return found


def options() -> set[str]:
    """Every option of every command."""
    root = typer.main.get_command(app)
    waiting, found = [root], set[str]()
    while waiting:
        command = waiting.pop()
        waiting += list(getattr(command, "commands", {}).values())
        found |= {
            name
            for parameter in command.params
            for name in getattr(parameter, "opts", [])
            if name.startswith("--")
        }
    return found - {"--help"}


@pytest.mark.parametrize("command", commands())
def test_every_command_is_documented(command: str) -> None:
    """In the table of docs/operations.md."""
    assert f"`digest {command}" in OPERATIONS


@pytest.mark.parametrize("option", sorted(options()))
def test_every_option_is_documented(option: str) -> None:
    """In docs/operations.md."""
    assert option in OPERATIONS


def sections(form: type = Config) -> Iterator[type]:
    """Every section that feeds.yaml may have, and those inside them."""
    yield form
    for _, annotation in keys_of(form).values():
        inside = form_inside(annotation)
        if inside:
            yield from sections(inside)


@pytest.mark.parametrize(
    ("model", "key"),
    [(model, key) for model in dict.fromkeys(sections()) for key in keys_of(model)],
)
def test_every_key_is_documented(model: type, key: str) -> None:
    """In docs/configuration.md."""
    assert (
        f"`{key}`" in CONFIGURATION
        or f"`{{{key}" in CONFIGURATION
        or f", {key}}}`" in CONFIGURATION
    ), (model.__name__, key)


def test_defaults_are_documented_as_they_are() -> None:
    """A table's second column is the program's own default."""
    for model in (Daily, Limits):
        for field in fields(model):
            row = re.search(rf"^\| `{field.name}` \| ([^|]+) \|", CONFIGURATION, re.MULTILINE)
            assert row is not None, field.name
            assert float(row[1]) == getattr(model(), field.name), field.name


def test_the_most_that_an_edition_takes_is_documented(tmp_path: Path) -> None:
    """A table's third column, where it has a number: so many are taken, one more is refused."""
    tables = re.findall(r"^\| key of `(\w+)` .*at most.*\n\|.*\n((?:\|.*\n)+)", CONFIGURATION, re.M)
    assert {edition for edition, _ in tables} >= {"daily", "insights"}

    def takes(edition: str, key: str, value: int) -> bool:
        text = (
            f"feeds: [{{url: 'https://a.example/'}}]\neditions: {{{edition}: {{{key}: {value}}}}}\n"
        )
        (tmp_path / "feeds.yaml").write_text(text)
        try:
            load(tmp_path / "feeds.yaml")
        except ConfigError:
            return False
        return True

    for edition, rows in tables:
        for key, default, most in re.findall(r"^\| `(\w+)` \| (\S+) \| (\d*) ?\|", rows, re.M):
            if default.isdigit():
                assert takes(edition, key, int(most or 10_000)), (edition, key)
                assert not most or not takes(edition, key, int(most) + 1), (edition, key)


def test_every_exit_code_is_documented() -> None:
    """Each error's code stands in the table."""
    waiting, codes = [DigestError], set[int]()
    while waiting:
        error = waiting.pop()
        waiting += error.__subclasses__()
        codes.add(error.exit_code)
    assert all(f"| {code} |" in OPERATIONS for code in codes)


def test_every_dependency_is_argued_for() -> None:
    """In docs/dependencies.md."""
    project = tomllib.loads((HOME / "pyproject.toml").read_text())["project"]
    text = (HOME / "docs/dependencies.md").read_text()
    wanted = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    others = (
        one for one in wanted if not one.startswith(project["name"])
    )  # an extra may hold another of ours
    assert [one for one in others if re.split(r"[<>=\[]", one)[0] not in text] == []


def test_the_line_for_cron_mails_the_run_that_failed(tmp_path: Path) -> None:
    """That run alone, a quiet day never; the log keeps all."""
    line = re.search(r"^30 6 \* \* 1-5 +(cd .*)$", OPERATIONS, re.MULTILINE)
    assert line is not None
    (tmp_path / "bin").mkdir()
    for name, does in {
        "digest": 'echo "run $SAYS" >&2; exit $CODE',
        "mail": 'echo "$*" >>"$MAILBOX"; cat >>"$MAILBOX"',
    }.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    mailbox = tmp_path / "mailbox"
    for says, code in (("one", 0), ("two", 1), ("three", 3), ("four", 2)):
        path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
        environment = {"PATH": path, "SAYS": says, "CODE": str(code), "MAILBOX": str(mailbox)}
        command = line[1].replace("/srv/ledger", str(tmp_path))
        subprocess.run(["/bin/sh", "-c", command], env=environment, check=True)
    addressed = "-s digest failed editor@example.org"
    assert mailbox.read_text().splitlines() == [addressed, "run two", addressed, "run four"]
    assert (tmp_path / "run.log").read_text() == "run one\nrun two\nrun three\nrun four\n"


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    """Files exist, and so do the headings that are linked to."""
    for target in re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", path.read_text()):
        file, _, anchor = target.partition("#")
        there = (path.parent / file) if file else path
        assert there.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", there.read_text(), re.MULTILINE)
            assert anchor in {
                re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-")
                for heading in headings
            }, target


def test_the_commands_of_the_readme_exist() -> None:
    """Every `make` target and every `digest` command that the README names."""
    readme = (HOME / "README.md").read_text()
    targets = set(re.findall(r"^([a-z]+):", (HOME / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", readme)) <= targets
    known = {command.split()[0] for command in commands()}
    assert {"make demo", "make test"} <= {
        f"make {name}" for name in re.findall(r"^make ([a-z]+)", readme, re.MULTILINE)
    }
    assert set(re.findall(r"^digest ([a-z]+)", readme, re.MULTILINE)) <= known


def test_the_example_of_the_grammar_parses() -> None:
    """What docs/editions.md shows to editors is a valid draft."""
    from digest.issue.issue_md import parse, write

    example = re.search(
        r"```markdown\n(.*?)```", (HOME / "docs/editions.md").read_text(), re.DOTALL
    )
    assert example is not None
    draft = parse(example[1])
    assert parse(write(draft)) == draft
    assert [part.name for part in draft.parts] == [
        "Top Stories",
        "Articles Worth Reading",
        "By the Numbers",
    ]


# Not of feeds.md, which names files of other repositories.
PAGES = [
    *(page for page in DOCS if page.name != "feeds.md"),
    HOME / "CONTRIBUTING.md",
    HOME / "SECURITY.md",
]
ROOMS = {path.name for path in (HOME / "digest").iterdir() if path.is_dir()}
# To be written by whoever follows the page.
NOT_YET = {"digest/editions/brief.py", "tests/editions/test_brief.py"}


def paths_named(page: Path) -> set[str]:
    """The files and folders of ours that a page names: whole, or from their room on."""
    text = page.read_text("utf-8")
    whole = re.findall(r"(?<![\w/.:-])(?:digest|docs|tests|bench|templates)/[\w./-]*\w", text)
    short = re.findall(r"`([a-z_]+)/([a-z_0-9]+)(?:\.[\w.]+)?`", text)
    return {*whole, *(f"digest/{room}/{name}" for room, name in short if room in ROOMS)} - NOT_YET


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_says_is_there_is_there(page: Path) -> None:
    """Every file and folder of the repository that is named; a module may be named without .py."""
    lost = {
        name
        for name in paths_named(page)
        if "NAME" not in name and not (HOME / name).exists() and not (HOME / f"{name}.py").exists()
    }
    assert lost == set()


def test_the_rooms_are_those_of_the_architecture() -> None:
    """Each has its row, in the order in which they may import."""
    rows = re.findall(r"^\| `(\w+)/`", (HOME / "docs/architecture.md").read_text(), re.MULTILINE)
    assert set(rows) == ROOMS - {"__pycache__"}


def test_the_changelog_names_versions_and_days() -> None:
    """What is to come first, then each version with its day, the newest the program's own."""
    headings = re.findall(r"^## (.*)$", (HOME / "CHANGELOG.md").read_text(), re.MULTILINE)
    dated = [heading for heading in headings if heading != "Unreleased"]
    assert headings[1:] == dated[len(dated) - len(headings) + 1 :]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ \(\d{4}-\d\d-\d\d\)", heading) for heading in dated)
    assert dated[0].split()[0] == __version__
