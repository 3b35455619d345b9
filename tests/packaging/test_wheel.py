"""What is installed is the wheel: it must hold everything that a run needs, and run from
anywhere.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout and unpacked where no checkout is near."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(folder),
        str(HOME),
    ]
    subprocess.run(build, check=True, capture_output=True, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_templates_and_subscriptions_are_inside(installed: Path) -> None:
    """Every template of the checkout, and the feeds.yaml that `digest init` writes."""
    ours = {
        str(path.relative_to(HOME / "templates"))
        for path in (HOME / "templates").rglob("*")
        if path.is_file()
    }
    theirs = {
        str(path.relative_to(installed / "digest/templates"))
        for path in (installed / "digest/templates").rglob("*")
        if path.is_file()
    }
    assert ours == theirs
    assert (installed / "digest/data/feeds.yaml").read_bytes() == (HOME / "feeds.yaml").read_bytes()


def test_nothing_that_is_not_the_program_is_inside(installed: Path) -> None:
    """Tests and benches stay in the repository."""
    assert {path.name.split("-")[0] for path in installed.iterdir()} == {
        "digest",
        "digest_newsletter",
    }


@pytest.mark.parametrize("arguments", [("init", "mine"), ("demo",)])
def test_the_installed_program_runs(
    installed: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """From the wheel's files alone, in a folder of its own."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "digest", *arguments],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    origin = subprocess.run(
        [sys.executable, "-c", "import digest; print(digest.__file__)"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert origin.stdout.startswith(str(installed))
