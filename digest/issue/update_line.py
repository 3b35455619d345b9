"""The line below a story that was told before: where it was told, and what is new since. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.text.markdown import escape
from digest.text.own_words import own_words
from digest.text.reader_dates import day_of_year

if TYPE_CHECKING:
    from gettext import NullTranslations

    from digest.model import News, Update

MOST = 4  # new things that the line names


def update_line(update: Update, language: str = "en") -> str:
    """The line as inline Markdown, in the newsletter's language. Its link leads from the issue's
    folder to the page of the issue that told the story; a matter that is new is what the headline
    above says.
    """
    link = f"[{escape(update.headline)}]({earlier_page(update.issue, update.story)})"
    words = own_words(language)
    told = {"story": link, "day": day_of_year(update.date, language)}
    new = [_named(one, words) for one in update.news if one.kind != "matter"][:MOST]
    if not new:
        return words.gettext("follows %(story)s, told on %(day)s.") % told
    news = words.gettext(", ").join(new)
    return words.gettext("follows %(story)s, told on %(day)s; new: %(news)s.") % {
        **told,
        "news": news,
    }


def _named(one: News, words: NullTranslations) -> str:
    if one.kind == "stage":
        return words.gettext("now %(stage)s") % {"stage": one.text}
    return escape(one.text)


def earlier_page(issue: str, story: str) -> str:
    """The place of a story in another issue, as seen from an issue's folder."""
    return f"../{issue}/index.html#story-{story}"
