"""Commands as we have them: words, numbers and paths are taken as they are (for each of them typer
would load pydantic, which takes longer than most commands), help pages cut nothing and end with an
example.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from digest.cli.help_pages import EXAMPLES, exit_codes

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., Any]")
_TAKEN_AS_THEY_ARE = {str: str, Path: Path, list[str]: list}


class PlainTyper(typer.Typer):
    """Commands whose plain parameters are taken as they are."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"cls": _PlainGroup, "rich_markup_mode": None, **settings})

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Function], Function]:
        """Register a command, as typer does."""
        return super().command(name, **{"cls": _PlainCommand, **settings})


class _PlainCommand(TyperCommand):
    def get_params(self, ctx: Any) -> Any:
        """The parameters, each with its way from the command line to the command."""
        return [_plainly(parameter) for parameter in super().get_params(ctx)]

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The usage line with each argument in at most one pair of brackets."""
        return [_in_one_bracket(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """An example, and the exit codes."""
        _end_page(ctx, formatter)


class _PlainGroup(TyperGroup):
    def get_params(self, ctx: Any) -> Any:
        """The parameters, each with its way from the command line to the command."""
        return [_plainly(parameter) for parameter in super().get_params(ctx)]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Each command with the whole first sentence of its help."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        shown = [(name, command) for name, command in commands if command and not command.hidden]
        with formatter.section("Commands"):
            formatter.write_dl([(name, _first_sentence(command.help)) for name, command in shown])

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """An example, and the exit codes."""
        _end_page(ctx, formatter)


def _first_sentence(text: str | None) -> str:
    return re.split(r"(?<=[.])\s", " ".join((text or "").split()), maxsplit=1)[0]


def _in_one_bracket(piece: str) -> str:
    """ "[[ISSUE]]" as "[ISSUE]", "{URL}" as "URL"."""
    inner = re.fullmatch(r"\[(\[.*\](?:\.\.\.)?)\]|\{(.*)\}(?:\.\.\.)?", piece)
    return (inner[1] or inner[2]) if inner else piece


def _end_page(ctx: Any, formatter: Any) -> None:
    command = " ".join(ctx.command_path.split()[1:])
    if examples := EXAMPLES.get(command):
        with formatter.section("Examples" if len(examples) > 1 else "Example"):
            for example in examples:  # not filled: a line that is copied is one line
                formatter.write(f"{'':>{formatter.current_indent}}{example}\n")
    with formatter.section("Exit codes"):
        formatter.write_dl([(str(code), means) for code, means in exit_codes(command).items()])


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
