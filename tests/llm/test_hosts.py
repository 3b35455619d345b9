"""How an endpoint is named wherever it is shown or counted."""

from __future__ import annotations

import pytest

from digest.config.schema import Endpoint
from digest.llm.endpoint import host_of, key_of


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://127.0.0.1:8080/v1", "127.0.0.1:8080"),
        ("http://127.0.0.1:80/v1", "127.0.0.1"),
        ("https://api.example:443/v1", "api.example"),
        ("https://api.example/v1", "api.example"),
        ("http://api.example:443/v1", "api.example:443"),
        ("http://[::1]:8080/v1", "[::1]:8080"),
    ],
)
def test_a_port_is_named_where_it_is_not_the_scheme_s_own(url: str, host: str) -> None:
    """Two servers on one machine are two endpoints."""
    assert host_of(Endpoint(base_url=url, model="m")) == host


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080/v1", "http://[::1]:8080/v1", "http://localhost:11434/v1"]
)
def test_a_server_at_home_needs_no_key_whatever_its_port(url: str) -> None:
    """The port is part of the name, not of the question whether it is this machine."""
    assert key_of(Endpoint(base_url=url, model="m", api_key_env="NO_SUCH_KEY"), {}) == ""
