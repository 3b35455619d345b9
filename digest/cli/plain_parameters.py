"""Words, numbers and paths of the command line, taken as they are: for each of them typer would
load pydantic, which takes longer than most commands.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., Any]")
_TAKEN_AS_THEY_ARE = {str: str, Path: Path, list[str]: list}


class PlainTyper(typer.Typer):
    """Commands whose plain parameters are taken as they are."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"cls": _PlainGroup, **settings})

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Function], Function]:
        """Register a command, as typer does."""
        return super().command(name, **{"cls": _PlainCommand, **settings})


class _PlainCommand(TyperCommand):
    def get_params(self, ctx: Any) -> Any:
        """The parameters, each with its way from the command line to the command."""
        return [_plainly(parameter) for parameter in super().get_params(ctx)]


class _PlainGroup(TyperGroup):
    def get_params(self, ctx: Any) -> Any:
        """The parameters, each with its way from the command line to the command."""
        return [_plainly(parameter) for parameter in super().get_params(ctx)]


def _plainly(parameter: Any) -> Any:
    if getattr(parameter, "_runtime_param", ...) is None:  # else typer has changed, and does it all
        parameter._runtime_param = _Plain()
    return parameter


@dataclass(frozen=True)
class _Plain:
    """The way of a value that needs no checking; all others are typer's."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value as the command's annotation asks for it. Raises typer's BadParameter."""
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        form = _TAKEN_AS_THEY_ARE.get(param.type_descriptor.annotation)
        if form and (several or isinstance(value, (str, Path))):
            return form(value)
        if type(value) is param.type_descriptor.annotation and (
            _counts(param) or _unbounded(param)
        ):
            return value  # a default, or a count of flags
        param._runtime_param = None
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)


def _counts(parameter: Any) -> bool:
    return bool(getattr(parameter, "count", False))


def _unbounded(parameter: Any) -> bool:
    return getattr(parameter, "min", None) is None and getattr(parameter, "max", None) is None
