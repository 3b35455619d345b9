"""The desk's pages as responses: filled in, with the policy that lets nothing foreign run."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, PlainTextResponse, Response

from digest.config.templates import environment, fill_in

if TYPE_CHECKING:
    from collections.abc import Mapping

_HERE = Path(__file__).parent
_STATIC = {
    "desk.css": "text/css",
    "desk.js": "text/javascript",
    "idiomorph.min.js": "text/javascript",
    "Sortable.min.js": "text/javascript",
    "LICENSES.txt": "text/plain",
}
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    # an origin must come with each form, which "no-referrer" would hide
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def page(name: str, code: int = 200, **values: Any) -> Response:
    """A page of the desk; its own scripts and styles alone run in it."""
    nonce = secrets.token_urlsafe(16)
    text = fill_in(environment(_HERE / "pages"), name, nonce=nonce, **values)
    policy = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src"
        " 'self'; frame-src 'self'; media-src http: https:; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    )
    return HTMLResponse(text, code, headers(policy))


def rendering(text: str, *, images: bool) -> Response:
    """What readers will see, for a frame of the desk: no script of it runs, wherever it is
    opened.
    """
    shown = "https: data:" if images else "'none'"
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src {shown}; form-action 'none';"
        " base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups"
    )
    return HTMLResponse(text, headers=headers(policy))


def static(name: str) -> Response:
    """A style sheet or script of the desk's own."""
    if name not in _STATIC:
        return PlainTextResponse("There is no such file.\n", 404)
    content = (_HERE / "static" / name).read_bytes()
    kind = f"{_STATIC[name]}; charset=utf-8"
    return Response(content, headers={**headers("default-src 'none'"), "Content-Type": kind})


def headers(policy: str) -> Mapping[str, str]:
    """What every answer says."""
    return {"Content-Security-Policy": policy, **_ALWAYS}
