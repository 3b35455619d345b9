"""One piece of work that is asked of a model: what came of it, or why nothing did. Its failure is
its own and never the run's.
"""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from digest.errors import DigestError
from digest.llm.question import NoAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_WHY = 300  # characters
_log = logging.getLogger("digest.model")

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Tried(Generic[Result]):
    """What came of a piece of work. `result` is None where nothing did, and then `why` says so;
    `crashed` tells an error of our own.
    """

    result: Result | None
    why: str = ""
    crashed: bool = False


def tried(about: str, work: Callable[[], Result | None]) -> Tried[Result]:
    """Do a piece of work that may come to nothing, from any thread. What nobody foresaw costs this
    piece, too; `-v` logs its traceback.

    Raises DigestError and sqlite3.Error, which would meet every other piece as well: a template
    that is wrong, a disk that is full.
    """
    try:
        return Tried(work())
    except NoAnswer as error:
        return Tried(None, str(error))
    except (DigestError, sqlite3.Error):
        raise
        # one strange document must not cost the issue; it is reported and logged as what it is
    except Exception as error:
        _log.info("%s", about, exc_info=True)
        return Tried(
            None, " ".join(f"{type(error).__name__}: {error}".split())[:LONGEST_WHY], crashed=True
        )
