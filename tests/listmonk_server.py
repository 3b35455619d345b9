"""A list manager on loopback that answers as listmonk's documented API does: lists, templates,
campaigns with the rules of their states; and fails where it is told to.
"""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "token digest:secret"
Answer = tuple[int, Any]


@dataclass
class ListmonkServer:
    """Its state. `fails_at` is a request ("PUT /api/campaigns/1/status") that is answered with 500,
    and `hangs_up_after` one that is done and not answered.
    """

    lists: dict[int, int] = field(default_factory=lambda: {3: 1000})
    hidden: frozenset[int] = frozenset()  # lists that the user may not use for campaigns
    templates: list[dict[str, Any]] = field(default_factory=list)
    campaigns: list[dict[str, Any]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    fails_at: str = ""
    hangs_up_after: str = ""
    changes_body: bool = False
    strange: bool = False
    url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """What opens it to the program."""
        return {"DIGEST_LISTMONK_USER": "digest", "DIGEST_LISTMONK_TOKEN": "secret"}

    def answer(self, method: str, path: str, sent: dict[str, Any]) -> Answer:
        """The status and the JSON of an answer."""
        parts = urlsplit(path)
        steps = parts.path.strip("/").split("/")[1:]
        if steps[0] == "lists":
            return self._list(int(steps[1]))
        if steps[0] == "templates":
            return self._templates(method, sent)
        if len(steps) == 1:
            return self._make(sent) if method == "POST" else self._find(parse_qs(parts.query))
        found = next((one for one in self.campaigns if str(one["id"]) == steps[1]), None)
        if found is None:
            return 400, {"message": "Campaign not found"}
        if method == "GET":
            return 200, {"data": found}
        return self._state(found, sent["status"]) if len(steps) == 3 else self._update(found, sent)

    def _list(self, number: int) -> Answer:
        if number not in self.lists:
            return 400, {"message": "List not found"}
        return 200, {"data": {"id": number, "name": "L", "subscriber_count": self.lists[number]}}

    def _templates(self, method: str, sent: dict[str, Any]) -> Answer:
        if method == "GET":
            return 200, {"data": self.templates}
        self.templates.append({"id": len(self.templates) + 1, **sent})
        return 200, {"data": [self.templates[-1]]}

    def _find(self, wanted: dict[str, list[str]]) -> Answer:
        tags = {*wanted.get("tag", []), *wanted.get("tags", [])}
        found = [{**one, "body": ""} for one in self.campaigns if tags <= set(one["tags"])]
        return 200, {"data": {"results": found, "total": len(found), "page": 1}}

    def _make(self, sent: dict[str, Any]) -> Answer:
        number = len(self.campaigns) + 1
        made = {"id": number, "status": "draft", "sent": 0, "to_send": 0}
        self.campaigns.append(made)
        return self._update(made, sent)

    def _update(self, campaign: dict[str, Any], sent: dict[str, Any]) -> Answer:
        if campaign["status"] not in {"draft", "scheduled", "paused"}:
            return 400, {"message": "Cannot update a running or a finished campaign."}
        usable = [number for number in sent["lists"] if number not in self.hidden]
        campaign |= {**sent, "lists": [{"id": number, "name": "L"} for number in usable]}
        if self.changes_body:
            campaign["body"] += "<img src='https://tracker.example/'>"
        return 200, {"data": campaign}

    def _state(self, campaign: dict[str, Any], status: str) -> Answer:
        if status == "running" and campaign["status"] not in {"draft", "paused"}:
            return 400, {"message": "Only paused campaigns and drafts can be started."}
        campaign |= {"status": status, "to_send": 990}
        return 200, {"data": campaign}


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    manager: ListmonkServer

    def _do(self) -> None:
        told = f"{self.command} {self.path.partition('?')[0]}"
        self.manager.requests.append(told)
        length = int(self.headers.get("Content-Length", 0))
        sent = json.loads(self.rfile.read(length) or b"{}")
        if self.headers["Authorization"] != TOKEN:
            self._say(403, {"message": "invalid API credentials"})
        elif told == self.manager.fails_at:
            self._say(500, {"message": "error connecting to the database"})
        else:
            answer = self.manager.answer(self.command, self.path, sent)
            if told == self.manager.hangs_up_after:
                self.close_connection = True
                return
            self._say(*answer)

    def do_GET(self) -> None:
        """To be told."""
        self._do()

    def do_POST(self) -> None:
        """To make."""
        self._do()

    def do_PUT(self) -> None:
        """To change."""
        self._do()

    def _say(self, status: int, told: Any) -> None:
        text = b"<html>Welcome</html>" if self.manager.strange else json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def listmonk_server() -> Iterator[ListmonkServer]:
    """A running one."""
    manager = ListmonkServer()
    handler = type("Handler", (_Handler,), {"manager": manager})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        manager.url = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield manager
        server.shutdown()
