"""Data flows one way: a room imports only rooms above it in the list, and no two modules import
each other.
"""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parents[2] / "digest"

# Lowest first. `run` alone knows the store and all that stands above it; what a person touches
# stands on `run`.
ROOMS = [
    "model",
    "errors",
    "text",
    "config",
    "net",
    "transcript",
    "feeds",
    "extract",
    "llm",
    "speech",
    "stories",
    "grounding",
    "insights",
    "editions",
    "issue",
    "render",
    "deliver",
    "store",
    "run",
    "desk",
    "demo",
    "cli",
    "__main__",
]


def module_of(path: Path) -> str:
    """The dotted name of a file of ours."""
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(
        ".__init__"
    )


MODULES = {module_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imported(module: str) -> Iterator[tuple[str, int]]:
    """The modules of ours that a module imports, wherever in it and for whatever purpose, with the
    line.
    """
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "digest":
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield (inner if inner in MODULES else node.module or "", node.lineno)


def room_of(module: str) -> str:
    """The room that a module is in; "" for the package itself."""
    return [*module.split("."), ""][1]


@pytest.mark.parametrize("module", [module for module in MODULES if room_of(module)])
def test_a_room_imports_only_what_stands_below_it(module: str) -> None:
    """The offending line is named."""
    own = ROOMS.index(room_of(module))
    upward = [
        f"{MODULES[module].relative_to(PACKAGE.parent)}:{line} imports {target}"
        for target, line in imported(module)
        if room_of(target) and ROOMS.index(room_of(target)) > own
    ]
    assert upward == []


def test_no_modules_import_each_other() -> None:
    """Imports for types count, too: what only the type checker follows, a reader follows as well."""
    graph = {
        module: {target for target, _ in imported(module) if target != module} for module in MODULES
    }
    faces = {module for module in MODULES if MODULES[module].name == "__init__.py"}
    # a package's face hands on its own modules, which do not import it
    for module, targets in graph.items():
        graph[module] = {
            target
            for target in targets
            if not (target in faces and module.startswith(f"{target}."))
        }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' -> '.join(error.args[1])}")


def test_every_room_stands_in_the_list() -> None:
    """A new room is placed before it is lived in."""
    assert {room_of(module) for module in MODULES} - {""} == set(ROOMS)
