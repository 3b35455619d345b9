"""What readers see where they join and leave: plain pages, each the same for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from starlette.responses import HTMLResponse, Response

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


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of the newsletter `name`."""

    name: str
    language: str

    # ---------------------------------------------------------------- leaving

    def question(self, edition: str) -> Response:
        """Whether to leave."""
        return self._page(
            f"Leave {self.name}?",
            f"<p>You get <b>{escape(edition)}</b> by mail.</p><form method=post><button>Leave"
            "</button></form>",
        )

    def left(self, edition: str, rest: tuple[str, ...]) -> Response:
        """Somebody has left an edition, and still gets these."""
        if not rest:
            return self._page(f"You have left {self.name}.", "<p>No more mail will come.</p>")
        return self._page(
            f"You have left {self.name}: {edition}.",
            f"<p>You still get {escape(', '.join(rest))}.</p><form method=post><button name=all"
            " value=1>Leave everything</button></form>",
        )

    def draft(self) -> Response:
        """What the link of a draft leads to."""
        return self._page(
            "This is a draft's link", "<p>In the mail that readers get it is their own.</p>"
        )

    def unknown(self) -> Response:
        """A key that is none."""
        return self._page(
            "This link is not known",
            "<p>Was it cut? Please use the link in the latest mail, or answer that mail.</p>",
            404,
        )

    # ---------------------------------------------------------------- joining

    def form(self, edition: str, mistake: str = "", given: str = "") -> Response:
        """Where to say which address is to get the newsletter."""
        wanted = f'<input type=hidden name=edition value="{escape(edition)}">' if edition else ""
        kept = f'value="{escape(given)}"'
        told = f"<p role=alert><b>{escape(mistake)}</b></p>" if mistake else ""
        return self._page(
            f"{self.name} by mail",
            f"{told}<form method=post action=/join>{wanted}<label>Your mail address<input"
            f" type=email name=email required autocomplete=email maxlength=254 {kept}>"
            "</label><button>Subscribe</button></form><p>A mail will ask you to confirm. Each issue"
            " has a link to leave.</p>",
            400 if mistake else 200,
        )

    def asked(self) -> Response:
        """The same for every address, whatever the list knows of it."""
        return self._page(
            "Please look into your mailbox",
            f"<p>A mail is on its way to you. Press the button behind its link, and {self._name}"
            " will come.</p><p>Nothing there in a few minutes? Please look among the unwanted"
            " mail.</p>",
            202,
        )

    def confirmation(self) -> Response:
        """Whether to join: a button, because programs that check links open them."""
        return self._page(
            f"Get {self.name} by mail?",
            "<form method=post><button>Yes, subscribe me</button></form><p>If you did not ask for"
            " it, close this page: nothing will come.</p>",
        )

    def joined(self) -> Response:
        """Somebody is a reader now."""
        return self._page(
            "You are subscribed.",
            f"<p>The next issue of {self._name} comes to you. Each has a link to leave.</p>",
        )

    def outdated(self) -> Response:
        """A link to confirm that is good for nothing any more."""
        return self._page(
            "This link is no longer good",
            "<p>It was too old, or used before. <a href=/join>Ask for a new one</a>.</p>",
            410,
        )

    def closed(self) -> Response:
        """Nobody can join here."""
        return self._page(
            "Not here", f"<p>{self._name} cannot be subscribed to on this page.</p>", 404
        )

    # ---------------------------------------------------------------- refusals

    def slow_down(self, seconds: int = 60) -> Response:
        """Too much from one network, or altogether."""
        wait = "a minute" if seconds <= 60 else "an hour"
        response = self._page("Too many attempts", f"<p>Please try again in {wait}.</p>", 429)
        response.headers["Retry-After"] = str(seconds)
        return response

    def too_large(self) -> Response:
        """More than any form of ours sends."""
        return self._page("Too large", "<p>One click is smaller.</p>", 413)

    @property
    def _name(self) -> str:
        return escape(self.name)

    def _page(self, title: str, body: str, status: int = 200) -> Response:
        return HTMLResponse(
            f'<!doctype html><html lang="{escape(self.language)}"><meta charset=utf-8><meta'
            ' name=viewport content="width=device-width, initial-scale=1"><title>'
            f"{escape(title)}</title><style>{_STYLE}</style><main><h1>{escape(title)}</h1>{body}"
            "</main></html>\n",
            status,
            _HEADERS,
        )
