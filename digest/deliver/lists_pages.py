"""What readers see where they join and leave: plain pages in the newsletter's language, each the
same for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response

from digest.text.own_words import own_words, spoken

if TYPE_CHECKING:
    from gettext import NullTranslations

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_STYLE = (
    ":root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;"
    "margin:3rem auto;padding:0 1rem;color:#1b1b1b;background:#fdfdfb;overflow-wrap:break-word}"
    "h1{font-size:1.6rem;line-height:1.25}"
    "input,button{font:inherit;padding:.6rem 1rem;min-height:2.75rem;box-sizing:border-box}"
    "input{width:100%;margin:.25rem 0 1rem}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#1a1a1a}a{color:#9ecbff}}"
)


@dataclass(frozen=True)
class Pages:
    """The pages of the newsletter `name`."""

    name: str
    language: str

    # ---------------------------------------------------------------- leaving

    def question(self, edition: str) -> Response:
        """Whether to leave."""
        title = self._words.gettext("Leave %(newsletter)s?")
        told = self._words.gettext("You get %(edition)s by mail.")
        button = self._words.gettext("Leave")
        body = f"{_paragraph(told, edition=edition)}{_form(button)}"
        return self._page(title, body)

    def left(self, edition: str, rest: tuple[str, ...]) -> Response:
        """Somebody has left an edition, and still gets these."""
        if not rest:
            told = _paragraph(self._words.gettext("No more mail will come."))
            return self._page(self._words.gettext("You have left %(newsletter)s."), told)
        title = self._words.gettext("You have left %(newsletter)s: %(edition)s.")
        told = self._words.gettext("You still get %(editions)s.")
        button = self._words.gettext("Leave everything")
        body = f"{_paragraph(told, editions=', '.join(rest))}{_form(button, 'name=all value=1')}"
        return self._page(title, body, edition=edition)

    def draft(self) -> Response:
        """What the link of a draft leads to; no reader sees it."""
        told = _paragraph("In the mail that readers get it is their own.")
        return self._page("This is a draft's link", told)

    def unknown(self) -> Response:
        """A key that is none."""
        told = self._words.gettext(
            "Was it cut? Please use the link in the latest mail, or answer that mail."
        )
        title = self._words.gettext("This link is not known")
        return self._page(title, _paragraph(told), status=404)

    # ---------------------------------------------------------------- joining

    def form(self, edition: str, mistake: str = "", given: str = "") -> Response:
        """Where to say which address is to get the newsletter."""
        wanted = f'<input type=hidden name=edition value="{escape(edition)}">' if edition else ""
        label = escape(self._words.gettext("Your mail address"))
        field = (
            f"{wanted}<label>{label}<input type=email name=email required autocomplete=email"
            f' maxlength=254 value="{escape(given)}"></label>'
        )
        told = f"<p role=alert><b>{escape(mistake)}</b></p>" if mistake else ""
        button = self._words.gettext("Subscribe")
        after = self._words.gettext(
            "A mail will ask you to confirm. Each issue has a link to leave."
        )
        body = f"{told}{_form(button, '', field, '/join')}{_paragraph(after)}"
        title = self._words.gettext("%(newsletter)s by mail")
        return self._page(title, body, status=400 if mistake else 200)

    def no_address(self, edition: str, given: str) -> Response:
        """The form again, for whoever gave an address that is none."""
        mistake = self._words.gettext("Please give an address.")
        if given.strip():
            mistake = self._words.gettext(
                "This is no mail address that can be written to: %(address)s"
            ) % {"address": given}
        return self.form(edition, mistake, given)

    def asked(self) -> Response:
        """The same for every address, whatever the list knows of it."""
        told = self._words.gettext(
            "A mail is on its way to you. Press the button behind its link, and the next issue of %(newsletter)s comes to you."  # noqa: E501
        )
        more = self._words.gettext(
            "Nothing there in a few minutes? Please look among the unwanted mail."
        )
        body = f"{_paragraph(told, newsletter=self.name)}{_paragraph(more)}"
        return self._page(self._words.gettext("Please look into your mailbox"), body, status=202)

    def confirmation(self) -> Response:
        """Whether to join: a button, because programs that check links open them."""
        button = self._words.gettext("Yes, subscribe me")
        more = self._words.gettext("If you did not ask for it, close this page: nothing will come.")
        title = self._words.gettext("Get %(newsletter)s by mail?")
        return self._page(title, f"{_form(button)}{_paragraph(more)}")

    def joined(self) -> Response:
        """Somebody is a reader now."""
        told = self._words.gettext(
            "The next issue of %(newsletter)s comes to you. Each has a link to leave."
        )
        title = self._words.gettext("You are subscribed.")
        return self._page(title, _paragraph(told, newsletter=self.name))

    def outdated(self) -> Response:
        """A link to confirm that is good for nothing any more."""
        why = escape(self._words.gettext("It was too old, or used before."))
        again = escape(self._words.gettext("Ask for a new one"))
        body = f"<p>{why} <a href=/join>{again}</a></p>"
        return self._page(self._words.gettext("This link is no longer good"), body, status=410)

    def closed(self) -> Response:
        """Nobody can join here."""
        told = self._words.gettext("%(newsletter)s cannot be subscribed to on this page.")
        title = self._words.gettext("Not here")
        return self._page(title, _paragraph(told, newsletter=self.name), status=404)

    # ---------------------------------------------------------------- refusals

    def slow_down(self, seconds: int = 60) -> Response:
        """Too much from one network, or altogether."""
        told = self._words.gettext("Please try again in a minute.")
        if seconds > 60:
            told = self._words.gettext("Please try again in an hour.")
        title = self._words.gettext("Too many attempts")
        response = self._page(title, _paragraph(told), status=429)
        response.headers["Retry-After"] = str(seconds)
        return response

    def too_large(self) -> Response:
        """More than any form of ours sends; no reader sees it."""
        return self._page("Too large", _paragraph("One click is smaller."), status=413)

    # ---------------------------------------------------------------- a page

    @cached_property
    def _words(self) -> NullTranslations:
        return own_words(self.language)

    def _page(self, title: str, body: str, *, edition: str = "", status: int = 200) -> Response:
        language, direction = spoken(self.language)
        named = escape(title % {"newsletter": self.name, "edition": edition})
        return HTMLResponse(
            f'<!doctype html><html lang="{escape(language)}" dir={direction}><meta charset=utf-8>'
            f'<meta name=viewport content="width=device-width, initial-scale=1"><title>{named}'
            f"</title><style>{_STYLE}</style><main><h1>{named}</h1>{body}</main></html>\n",
            status,
            _HEADERS,
        )


def _paragraph(text: str, **values: str) -> str:
    return f"<p>{escape(text % values)}</p>"


def _form(button: str, attributes: str = "", fields: str = "", to: str = "") -> str:
    """A form that sends to this very page, or `to` another."""
    action = f" action={to}" if to else ""
    pressed = f" {attributes}" if attributes else ""
    return f"<form method=post{action}>{fields}<button{pressed}>{escape(button)}</button></form>"
