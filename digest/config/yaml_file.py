"""A YAML file as a mapping that knows its lines and keeps its comments; hostile YAML is one clear
line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import ConstructorError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import ScalarNode

from digest.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_CONFIG_BYTES = 5_000_000
MAX_VALUES = 1_000_000


def read_yaml(path: Path) -> CommentedMap:
    """The file's mapping with comments and line numbers kept. Raises ConfigError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(
            f"{path}: there is no such file; 'digest init DIR' writes one to start from"
        ) from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    return parse_yaml(data, path)


def parse_yaml(data: bytes, path: Path) -> CommentedMap:
    """The mapping in `data`; `path` only names it in errors. Raises ConfigError."""
    if len(data) > MAX_CONFIG_BYTES:
        raise ConfigError(
            f"{path}: larger than {MAX_CONFIG_BYTES // 1_000_000} MB; this is no feeds.yaml"
        )
    try:
        raw = yaml().load(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{path}:{data[: error.start].count(10) + 1}: is not UTF-8 text"
        ) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ConfigError(
            f"{path}:{mark.line + 1 if mark else 1}: {_first_line(error.problem or 'is not YAML')}"
        ) from None
    except (
        YAMLError,
        ValueError,
        TypeError,
        LookupError,  # of its own making, on a number without a digit
        AttributeError,
        RecursionError,
        NotImplementedError,
        IndexError,
    ) as error:  # TypeError: a list in a set; NotImplementedError: comments that overlap;
        # IndexError: "+_"
        raise ConfigError(f"{path}:1: is not YAML: {_first_line(str(error))}") from None
    if raw is None:
        raise ConfigError(f"{path}:1: is empty; it needs at least 'feeds:'")
    if not isinstance(raw, CommentedMap):
        raise ConfigError(f"{path}:1: must be a mapping that has 'feeds:'")
    return raw


class _PlainKeys(RoundTripConstructor):
    """Takes words for keys only, and names the line of what it cannot take. A mapping that is a key
    is hashed anew at every level: thirty opening braces would take for ever.
    """

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """As always; what cannot be made of a word ("+_" is no number, month 99 no date) names its
        line.
        """
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, LookupError, AttributeError) as error:
            word = f"'{node.value[:40]}'" if isinstance(node, ScalarNode) else "this"
            said = f"{word} is not what it looks like ({error}); put words in quotes"
            raise ConstructorError(None, None, said, node.start_mark) from None

    # differs in its own bases
    def construct_mapping(self, node: Any, maptyp: Any, deep: bool = False) -> Any:  # type: ignore[override]
        for key, _ in node.value:
            if not isinstance(key, ScalarNode):
                raise ConstructorError(
                    None, None, "a key must be a word, not a list or a mapping", key.start_mark
                )
        return super().construct_mapping(node, maptyp, deep=deep)


def yaml() -> YAML:
    """A YAML reader and writer that keeps comments and layout."""
    handler = YAML(typ="rt", pure=True)
    handler.Constructor = _PlainKeys
    handler.composer.warn_double_anchors = (
        False  # it is allowed, and a warning would be ten lines on stderr
    )
    handler.preserve_quotes = True
    handler.width = 4096  # a long note stays on its line
    handler.indent(mapping=2, sequence=4, offset=2)
    return handler


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else "is not YAML"


def plain(node: Any, path: Path, values: Iterator[int], depth: int = 0) -> Any:
    """Round-trip nodes as the plain values they stand for, and no more than `values` may count:
    aliases can stand for billions.

    An alias that holds itself would never end; depth stops it.
    """
    if next(values) > MAX_VALUES:
        raise ConfigError(f"{path}:1: its aliases stand for more than {MAX_VALUES:,} values")
    if depth > 20:
        return None
    if isinstance(node, CommentedMap):
        return {str(key): plain(value, path, values, depth + 1) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [plain(value, path, values, depth + 1) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    for kind in (str, int, float):
        if isinstance(node, kind):
            return kind(node)
    return str(node)  # a date or another scalar that YAML gives a type of its own


def line_of(raw: Any, location: tuple[Any, ...]) -> int:
    """The 1-based line where a key or list item stands, or the nearest place above it that
    exists.
    """
    line, node = 1, raw
    for part in location:
        try:
            at = node.lc.key(part) if isinstance(node, CommentedMap) else node.lc.item(part)
            line, node = at[0] + 1, node[part]
        except (KeyError, IndexError, TypeError, AttributeError):
            break
    return line
