"""Which cluster a command uses: what the environment says, else feeds.yaml. Its scheduler is
connected to when something is first handed to it.
"""

from __future__ import annotations

import os
import re
import threading
from typing import TYPE_CHECKING, Self

from digest.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from digest.config.schema import Config, Limits
    from digest.net.dispatch import Crew
    from digest.run.dask_crew import DaskCrew

VARIABLE = "DIGEST_EXECUTOR"  # threads, or the address of a scheduler
_ADDRESS = re.compile(r"(?:tcp|tls)://\S+:\d+")


def scheduler_address(config: Config | None, environment: Mapping[str, str] = os.environ) -> str:
    """The scheduler's address, "" for none. Raises UsageError for an environment that says
    neither.
    """
    said = environment.get(VARIABLE, "").strip()
    if said == "threads":
        return ""
    if said and not _ADDRESS.fullmatch(said):
        raise UsageError(
            f"{VARIABLE}: '{said}' is neither 'threads' nor an address such as tcp://host:8786"
        )
    return said or (config.executor.address if config and config.executor.kind == "dask" else "")


class ChosenCrew:
    """Gives the workers of the cluster at an address, the same at every call; None without one."""

    def __init__(self, address: str, limits: Limits, say: Callable[[str], None]) -> None:
        self._address, self._limits, self._say = address, limits, say
        self._crew: DaskCrew | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._crew is not None:
            self._crew.close()

    def __call__(self) -> Crew | None:
        """Connects at the first call. Raises DigestError when that cannot be."""
        if not self._address:
            return None
        with self._lock:
            if self._crew is None:
                from digest.run.dask_crew import DaskCrew, longest_order

                self._crew = DaskCrew(self._address, self._say, hang=longest_order(self._limits))
        return self._crew
