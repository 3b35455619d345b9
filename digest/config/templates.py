"""The templates: the user's own first, then ours, and what is wrong with one said in one line."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)

from digest.config.schema import Look
from digest.errors import IssueError, UsageError
from digest.text.own_words import named, number, own_words
from digest.text.reader_dates import short_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import CodeType, TracebackType

    from jinja2.bccache import Bucket

_PACKAGE = Path(__file__).resolve().parents[1]


def folder() -> Path:
    """Where our templates are: `digest/templates` in an installed wheel, `templates/` at the top of
    a checkout.
    """
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


class _Compiled(BytecodeCache):
    """What each template was last compiled to in this process: compiling one takes longer than
    filling it in, and a run fills in the same ones several times.
    """

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Unless its text has changed since."""
        checksum, code = self._codes.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Instead of what an older text gave."""
        if bucket.code is not None:
            self._codes[bucket.key] = (bucket.checksum, bucket.code)


_COMPILED = _Compiled()
# What templates of mails' text and of prompts are lent when they are filled in.
_LENT_FILTERS = ("columns", "fill", "named_sources", "numbered", "fenced")


def environment(*users: Path | None) -> Environment:
    """Templates by name, looked up in the folders of the user's, in this order, and then among
    ours. HTML is escaped, a missing value is an error.

    Raises UsageError when one of them is no folder.
    """
    own = [place for place in users if place is not None]
    missing = next((place for place in own if not place.is_dir()), None)
    if missing:
        raise UsageError(
            f"{missing}: there is no such folder of templates; 'templates:' in feeds.yaml names it"
        )
    places = [*own, folder()]
    env = Environment(
        loader=ChoiceLoader([FileSystemLoader(place) for place in places]),
        autoescape=lambda name: name is None or not name.endswith((".css.j2", ".txt.j2")),  # noqa: S701  the rest is escaped
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_COMPILED,
        extensions=["jinja2.ext.i18n"],
    )
    env.globals.update(look=Look(), join_url="")
    speak(env, "en")
    return env


def speak(env: Environment, language: str) -> None:
    """Have the templates say the newsletter's own words in a language."""
    installed: Any = env  # what the extension adds is not in its type
    installed.install_gettext_translations(own_words(language), newstyle=True)
    env.filters["number"] = partial(number, language=language)
    env.filters["short_day"] = partial(short_day, language=language)
    env.filters["named"] = partial(named, language=language)


def compiled(env: Environment) -> Iterator[str]:
    """Compile every template that there is; what is wrong with one, each in a line that names its
    file and line.
    """
    known = env.overlay()
    known.filters = {**dict.fromkeys(_LENT_FILTERS, str), **env.filters}
    for name in env.list_templates(extensions=("j2",)):
        try:
            known.get_template(name)
        except (TemplateError, UnicodeDecodeError) as error:
            yield f"{_place(error) or name}: {_first_line(error)}"


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__


def fill_in(env: Environment, name: str, **values: Any) -> str:
    """The template `name` with these values. Raises IssueError, one line that names the template
    and its line.
    """
    with _told(name):
        return env.get_template(name).render(values)


def values_of(env: Environment, name: str) -> Mapping[str, Any]:
    """What the template `name` sets by name. Raises IssueError as `fill_in` does."""
    with _told(name):
        return dict(vars(env.get_template(name).module))


def house_logo(env: Environment) -> str:
    """The address of the newsletter's logo, "" for none."""
    look = env.globals["look"]
    return (isinstance(look, Look) and look.logo) or ""


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except (
        TemplateError,
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ) as error:
        # Whatever a template can do wrong. One of these raised outside any template is a bug of
        # ours.
        place = _place(error) or (
            name if isinstance(error, TemplateError | UnicodeDecodeError) else None
        )
        if place is None:
            raise
        raise IssueError(f"{place}: {_first_line(error)}") from None


def _place(error: Exception) -> str | None:
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name}:{error.lineno}"
    return _deepest_template(error.__traceback__)


def _deepest_template(trace: TracebackType | None) -> str | None:
    """The innermost template on the stack: Jinja gives its frames the template's own file name and
    line numbers.
    """
    found = None
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        found = f"{name}:{trace.tb_lineno}" if name.endswith(".j2") else found
        trace = trace.tb_next
    return found
