"""A made issue whose draft the tests of the desk look at."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(made_day: Path, tmp_path: Path) -> Path:
    """A copy of a made issue."""
    return shutil.copytree(made_day, tmp_path / "home")
