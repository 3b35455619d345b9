"""What `make dist` has built, checked: the metadata, what is inside, and that the installed wheel
runs.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.metadata import Metadata

IN_THE_WHEEL = (
    "digest/py.typed",
    "digest/text/thesaurus.txt",
    "digest/demo/feeds.yaml",
    "digest/data/feeds.yaml",
    "digest/templates/web.html.j2",
)
IN_THE_SDIST = (
    "LICENSE", "NOTICE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "Makefile",
    "pyproject.toml", "feeds.yaml", "digest/py.typed", "digest/text/thesaurus.txt",
    "templates/web.html.j2", "tests/conftest.py", "bench/__init__.py", "docs/architecture.md",
)  # fmt: skip


def main() -> None:
    """Check the one wheel and the one sdist of a folder; the first thing that is wrong ends it."""
    folder = Path(sys.argv[1])
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    version = _wheel(wheel)
    _sdist(sdist, version)
    _runs(wheel, version)
    print(f"{wheel.name}, {sdist.name}: metadata, contents and an installed run are sound")


def _wheel(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        (info,) = {name.split("/")[0] for name in names if ".dist-info/" in name}
        metadata = Metadata.from_email(archive.read(f"{info}/METADATA"), validate=True)
    _holds(path, names, (*IN_THE_WHEEL, f"{info}/licenses/LICENSE", f"{info}/licenses/NOTICE"))
    strange = [name for name in names if name.split("/")[0] not in {"digest", info}]
    _refuse(path, "holds what is no part of the program", strange)
    return str(metadata.version)


def _sdist(path: Path, version: str) -> None:
    with tarfile.open(path) as archive:
        top = f"digest_newsletter-{version}/"
        names = [name.removeprefix(top) for name in archive.getnames()]
    _holds(path, names, IN_THE_SDIST)
    _refuse(
        path, "holds what was made here", [n for n in names if n.startswith(("output/", ".venv"))]
    )


def _holds(path: Path, names: list[str], wanted: tuple[str, ...]) -> None:
    _refuse(path, "lacks", [name for name in wanted if name not in names])


def _refuse(path: Path, fault: str, names: list[str]) -> None:
    if names:
        sys.exit(f"{path.name} {fault}: {', '.join(names[:10])}")


def _runs(wheel: Path, version: str) -> None:
    """In an environment of its own, away from the checkout."""
    with TemporaryDirectory() as place:
        venv.create(f"{place}/venv", with_pip=True)
        digest = f"{place}/venv/bin/digest"
        _run(f"{place}/venv/bin/python", "-m", "pip", "install", "--quiet", str(wheel.resolve()))
        said = _run(digest, "--version", cwd=place)
        _refuse(wheel, "says another version", [] if said.strip() == version else [said.strip()])
        _run(digest, "demo", "--output", f"{place}/out", cwd=place)
        made = [path.parent.name for path in Path(place, "out").glob("*/issue.json")]
        _refuse(wheel, "makes no demo", [] if made else ["no issue.json"])


def _run(*command: str, cwd: str | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
