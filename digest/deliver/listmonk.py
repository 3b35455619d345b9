"""listmonk's API, as much of it as an issue needs (listmonk.app/docs/apis): lists, a template that
adds nothing, and campaigns.
"""

from __future__ import annotations

import ipaddress
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2

from digest.deliver.smtp import words
from digest.errors import DeliveryError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TIMEOUT = 60.0
TEMPLATE = {
    "name": "digest: as approved",
    "type": "campaign",
    "body": '{{ template "content" . }}',
}


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign as listmonk tells of it."""

    number: int
    status: str
    name: str
    tags: frozenset[str]
    subject: str
    body: str
    altbody: str
    lists: frozenset[int]
    sent: int
    to_send: int


@dataclass(frozen=True, slots=True)
class Listmonk:
    """The API behind an open connection. All it does raises DeliveryError, one line that names the
    server and what it said.
    """

    url: str
    client: httpx2.Client

    def subscribers(self, number: int) -> int:
        """How many a list has. Asking shows that it is there and may be used."""
        told = self._asked("GET", f"/api/lists/{number}")
        if told.get("id") != number:
            raise DeliveryError(f"{self.url}: there is no list {number}")
        return _count(told.get("subscriber_count"))

    def template(self) -> int:
        """The template that adds nothing to a campaign's body, made when it is not there."""
        for one in self._asked_for_many("/api/templates", {}):
            if one.get("name") == TEMPLATE["name"] and one.get("body") == TEMPLATE["body"]:
                return self._number(one)
        made = self._asked("POST", "/api/templates", json=TEMPLATE)
        return self._number(made)

    def find(self, tag: str) -> Campaign | None:
        """The campaign with a tag. Raises DeliveryError when there are several: then nobody knows
        which is right.
        """
        # its pages say 'tags', its program reads 'tag'; either way the answer is looked through
        wanted = {"tag": tag, "tags": tag, "per_page": "all", "no_body": "true"}
        told = self._asked_for_many("/api/campaigns", wanted)
        found = [one for one in map(self._campaign, told) if tag in one.tags]
        if len(found) > 1:
            numbers = ", ".join(str(one.number) for one in found)
            raise DeliveryError(
                f"{self.url}: campaigns {numbers} are all tagged {tag}; delete all but one"
            )
        return found[0] if found else None

    def get(self, number: int) -> Campaign | None:
        """A campaign with its body, None when it is not there any more."""
        told = self._asked("GET", f"/api/campaigns/{number}", missing=True)
        return self._campaign(told) if told else None

    def create(self, content: Mapping[str, Any]) -> int:
        """A new campaign, a draft; returns its number."""
        return self._number(self._asked("POST", "/api/campaigns", json=content))

    def update(self, number: int, content: Mapping[str, Any]) -> None:
        """Give a draft this content."""
        self._asked("PUT", f"/api/campaigns/{number}", json=content)

    def start(self, number: int) -> None:
        """Let a draft run."""
        self._asked("PUT", f"/api/campaigns/{number}/status", json={"status": "running"})

    # ---------------------------------------------------------------- how it is asked

    def _asked_for_many(self, path: str, wanted: Mapping[str, str]) -> list[dict[str, Any]]:
        data = self._data("GET", path, params=wanted)
        rows = data.get("results") if isinstance(data, dict) else data
        if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
            raise self._strange(path)
        return rows

    def _asked(
        self, method: str, path: str, *, missing: bool = False, **sent: Any
    ) -> dict[str, Any]:
        data = self._data(method, path, missing=missing, **sent)
        if isinstance(data, list) and len(data) == 1:
            data = data[0]
        if not isinstance(data, dict):
            raise self._strange(path)
        return data

    def _data(self, method: str, path: str, *, missing: bool = False, **sent: Any) -> Any:
        try:
            answer = self.client.request(method, f"{self.url}{path}", **sent)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise DeliveryError(f"{self.url}: {error or type(error).__name__}") from None
        try:
            told = answer.json()
        except ValueError:
            told = None
        said = words(str(told.get("message", ""))) if isinstance(told, dict) else ""
        if missing and (answer.status_code == 404 or "not found" in said.lower()):
            return {}
        if answer.status_code in {401, 403}:
            raise DeliveryError(
                f"{self.url}: refuses the user or token for {path}: {said or answer.status_code}"
            )
        if not answer.is_success:
            raise DeliveryError(
                f"{self.url}: {method} {path}: {answer.status_code} {said}".rstrip()
            )
        if not isinstance(told, dict) or "data" not in told:
            raise self._strange(path)
        return told["data"]

    def _campaign(self, told: dict[str, Any]) -> Campaign:
        lists = told.get("lists") or []
        return Campaign(
            number=self._number(told),
            status=str(told.get("status", "")),
            name=str(told.get("name", "")),
            tags=frozenset(map(str, told.get("tags") or [])),
            subject=str(told.get("subject", "")),
            body=str(told.get("body") or ""),
            altbody=str(told.get("altbody") or ""),
            lists=frozenset(one["id"] for one in lists if isinstance(one, dict) and "id" in one),
            sent=_count(told.get("sent")),
            to_send=_count(told.get("to_send")),
        )

    def _number(self, told: dict[str, Any]) -> int:
        number = told.get("id")
        if not isinstance(number, int):
            raise self._strange("")
        return number

    def _strange(self, path: str) -> DeliveryError:
        return DeliveryError(f"{self.url}{path}: answers as listmonk does not; is it one?")


def _count(told: Any) -> int:
    return told if isinstance(told, int) else 0


@contextmanager
def connected(url: str, environment: Mapping[str, str]) -> Iterator[Listmonk]:
    """listmonk at an address, with the user and token that DIGEST_LISTMONK_USER and _TOKEN name.
    Raises UsageError without them, or where others could read them.
    """
    user, token = (environment.get(f"DIGEST_LISTMONK_{key}", "") for key in ("USER", "TOKEN"))
    if not user or not token:
        raise UsageError("listmonk: set DIGEST_LISTMONK_USER and DIGEST_LISTMONK_TOKEN")
    if not f"{user}{token}".isascii() or not f"{user}{token}".isprintable():
        raise UsageError(
            "DIGEST_LISTMONK_USER, DIGEST_LISTMONK_TOKEN: hold other letters than ASCII"
        )
    if urlsplit(url).scheme != "https" and not _near(urlsplit(url).hostname or ""):
        raise UsageError(f"delivery.url: {url} would show the token to others; use https")
    headers = {"Authorization": f"token {user}:{token}", "User-Agent": "digest"}
    with httpx2.Client(headers=headers, timeout=TIMEOUT, follow_redirects=False) as client:
        yield Listmonk(url.rstrip("/"), client)


def _near(host: str) -> bool:
    """Is it this machine, or one beside it?"""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host
