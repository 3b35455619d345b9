"""By whom issues reach readers: by our own sender, or by a list manager with lists of its own."""

from __future__ import annotations

from collections.abc import Iterator  # noqa: TC003  read at run time
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from digest.config.typed_mapping import Mistake, ValueRule, at_least
from digest.config.value_types import HttpUrl, Line  # noqa: TC001  read at run time


@dataclass(frozen=True, kw_only=True)
class ManagerList:
    """A list of the list manager's, by number, and the edition that it gets; "" for every one."""

    list: Annotated[int, at_least(1)]
    edition: Line = ""


def list_rows(value: Any) -> Any:
    """A number, several, or numbers by edition are rows of lists."""
    if isinstance(value, dict):
        rows = ((name, each if isinstance(each, list) else [each]) for name, each in value.items())
        return [{"edition": name, "list": number} for name, each in rows for number in each]
    numbers = value if isinstance(value, list) else [value]
    return [one if isinstance(one, dict) else {"list": one} for one in numbers]


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """Who sends: a mail server, one message a reader, or listmonk, a campaign an issue. Its user
    and token come from the environment.
    """

    kind: Literal["smtp", "listmonk"] = "smtp"
    url: HttpUrl | None = None
    lists: Annotated[tuple[ManagerList, ...], ValueRule(list_rows, first=True)] = ()

    def mistakes(self) -> Iterator[Mistake]:
        """What is wrong with its values together."""
        if self.kind == "listmonk" and not self.url:
            yield Mistake(("url",), "listmonk needs the 'url' where it is reached")
        if self.kind == "listmonk" and not self.lists:
            yield Mistake(
                ("lists",), "listmonk needs 'lists': the numbers of those that get issues"
            )

    def lists_of(self, edition: str) -> tuple[int, ...]:
        """The lists that get an edition: its own, else those that get all."""
        own = tuple(one.list for one in self.lists if one.edition == edition)
        return own or tuple(one.list for one in self.lists if not one.edition)
