"""One OpenAI-compatible endpoint, called through the `openai` package: a request goes out, a reply
or a CallFailed comes back.
"""

from __future__ import annotations

import ipaddress
import os
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from digest.errors import ConfigError
from digest.llm.call_errors import Broke, CallFailed
from digest.llm.chat_completion import Reply, json_of, reply_of
from digest.llm.connection import Connection
from digest.llm.error_mapping import complaint_of, embedded_status, failure_of
from digest.net.transport import Resolver, system_resolver

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx2
    from openai import OpenAI

    from digest.config.schema import Endpoint

_OPENAI = "api.openai.com"
_PORTS = {"http": 80, "https": 443}
_NO_KEY = "none"  # servers at home ask for no key, but the SDK does


def host_of(endpoint: Endpoint) -> str:
    """The endpoint's host, for reports and accounts, with its port where that is not the scheme's:
    two servers may share a machine.
    """
    parts = urlsplit(endpoint.base_url)
    host = _bare_host(endpoint)
    shown = f"[{host}]" if ":" in host else host
    return shown if parts.port in {None, _PORTS.get(parts.scheme)} else f"{shown}:{parts.port}"


def _bare_host(endpoint: Endpoint) -> str:
    return urlsplit(endpoint.base_url).hostname or ""


def key_of(
    endpoint: Endpoint, environment: Mapping[str, str] = os.environ, section: str = "llm"
) -> str:
    """The endpoint's key, "" where none is needed. Raises ConfigError, one line that names the
    variable; `section` is the endpoint's.

    OPENAI_API_KEY is the default name at OpenAI alone: another host gets that key only if the
    configuration says so.
    """
    host, name = _bare_host(endpoint), endpoint.key_variable
    if not name:
        return ""
    chosen = host == _OPENAI or endpoint.api_key_env is not None
    key = environment.get(name, "").strip() if chosen else ""
    if key and not (key.isascii() and key.isprintable()):
        raise ConfigError(
            f"{name} is set, but holds what no key does (a line break, or a letter beyond ASCII);"
            " copy the key again"
        )
    if key or _on_loopback(host):
        return key
    where = host_of(endpoint)
    if chosen:
        raise ConfigError(
            f"{name} is not set, and {where} asks for a key; set it, or name another variable with"
            f" {section}.api_key_env"
        )
    says = (
        f"name the variable that holds its key with api_key_env ('' for none); {name} goes to"
        f" {_OPENAI} alone"
    )
    raise ConfigError(f"{section} at {where}: {says}")


def _on_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Caller:
    """Calls one endpoint; for any thread. Nothing is imported or connected before the first
    call.
    """

    def __init__(self, endpoint: Endpoint, key: str, resolver: Resolver = system_resolver) -> None:
        self.endpoint = endpoint
        self._key = key
        self._resolver = resolver
        self._client: OpenAI | None = None
        self._connection: Connection | None = None
        self._making = threading.Lock()

    def call(self, request: Mapping[str, Any]) -> Reply:
        """One chat completion; `request` is its body. Raises CallFailed. There are no retries here,
        so that ours do not multiply.
        """
        status, headers, body = self.exchange(
            lambda client: client.chat.completions.with_raw_response.create(**request)
        )
        model = str(request.get("model"))
        if status != 200:
            raise self.failure(status, _error_value(body), headers, model)
        value = json_of(body)
        inside = embedded_status(value)
        if inside is None:
            return reply_of(value)
        raise self.failure(inside, value, headers, model, embedded=True)

    def failure(
        self,
        status: int,
        value: Any,
        headers: Mapping[str, str],
        model: str,
        *,
        embedded: bool = False,
    ) -> CallFailed:
        """What an error answer stands for; `value` is its decoded body."""
        said = complaint_of(status, value, embedded=embedded)
        key_name = self.endpoint.key_variable if self._key else ""
        return self._discreet(failure_of(said, headers, model=model, key_name=key_name))

    def close(self) -> None:
        """Close the connections."""
        if self._connection:
            self._connection.close()

    def _made(self) -> OpenAI:
        """The SDK's client, told everything that it would else look for in the environment."""
        import httpx2
        from openai import OpenAI

        parts = urlsplit(self.endpoint.base_url)
        self._connection = Connection(self._key, self.endpoint.timeout, self._resolver)
        return OpenAI(
            api_key=self._key or _NO_KEY,
            admin_api_key="",
            organization="",
            project="",
            webhook_secret="",
            base_url=parts._replace(
                query="", fragment="", netloc=parts.netloc.rpartition("@")[2]
            ).geturl(),
            default_query=dict(parse_qsl(parts.query)),  # Azure has its API version there
            max_retries=0,
            http_client=httpx2.Client(
                transport=self._connection,
                trust_env=False,
                follow_redirects=False,
                timeout=self.endpoint.timeout,
            ),
        )

    def exchange(self, ask: Callable[[OpenAI], Any]) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and body of whatever came back. `ask` makes one raw request with the
        SDK's client. Raises CallFailed.
        """
        import openai

        with self._making:
            client = self._client = self._client or self._made()
        try:
            return _parts(ask(client).http_response)
        except openai.APIStatusError as error:
            return _parts(error.response)
        except (
            openai.APIConnectionError
        ) as error:  # what the connection raised, should the SDK wrap it
            raise error.__cause__ or error from None

    def _discreet(self, failure: CallFailed) -> CallFailed:
        """The failure without the key, should the server have repeated it."""
        if self._key and self._key in str(failure):
            failure.args = (str(failure).replace(self._key, "…"), *failure.args[1:])
        return failure


def _error_value(body: bytes) -> Any:
    try:
        return json_of(body)
    except Broke:
        text = body[:2000].decode("utf-8", "replace").strip()
        # a page for people says no more than the status; plain text may
        return "" if text.startswith("<") else text


def _parts(response: httpx2.Response) -> tuple[int, Mapping[str, str], bytes]:
    return response.status_code, response.headers, response.content
