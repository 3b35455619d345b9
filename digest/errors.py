"""The tree of errors that a user can meet, each with the exit code that the command line ends with.

DigestError             1  something failed; the message says what, where and what to do
├── FetchFailed         1  one URL could not be had; data inside a run
│   └── NotReached      1  a run's time was over before it was asked
├── ExtractFailed       1  one page could not be read; data inside a run
├── StateError          1  the state file is damaged, foreign or from a newer version
├── IssueError          1  an issue is missing, malformed or in the wrong state
│   └── ConflictError   1  issue.md is not what its editor saw
├── DeliveryError       1  the mail server refused or could not be reached
├── UsageError          2  wrong usage or configuration
│   └── ConfigError     2  a line of feeds.yaml is wrong
├── QuietDay            3  fewer stories than the edition needs
└── Locked              4  another run holds the lock
"""

from __future__ import annotations


class DigestError(Exception):
    """Root of everything that is reported as one line; anything else is a bug."""

    exit_code = 1


class FetchFailed(DigestError):
    """A URL could not be had. `reason` is one short phrase fit for a report ("HTTP 404", "timed out
    after 20 s").
    """

    def __init__(
        self, url: str, reason: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason
        self.status = status
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[object, ...]:
        """As it goes from one process to another."""
        return type(self), (self.url, self.reason), self.__dict__


class NotReached(FetchFailed):
    """The run's time was over before the URL was asked; that says nothing of the URL."""


class ExtractFailed(DigestError):
    """A page held nothing that could be read; `reason` says why."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason


class StateError(DigestError):
    """The state file cannot be trusted."""


class IssueError(DigestError):
    """An issue cannot be found, parsed or moved to the state asked for."""


class ConflictError(IssueError):
    """An issue.md was changed since its editor saw it; `current` is its text now."""

    def __init__(self, message: str, current: str) -> None:
        super().__init__(message)
        self.current = current


class DeliveryError(DigestError):
    """A message was not accepted by the mail server."""


class UsageError(DigestError):
    """The user asked for something that cannot be."""

    exit_code = 2


class ConfigError(UsageError):
    """A configuration file is wrong; the message begins with `file:line:`."""


class QuietDay(DigestError):
    """There is too little to tell; no issue is made."""

    exit_code = 3


class Locked(DigestError):
    """Another run is under way."""

    exit_code = 4
