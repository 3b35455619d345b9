"""What single values of feeds.yaml may be; each refusal is a phrase that goes on from the key's
name.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from digest.config.typed_mapping import ValueRule


def http_url(value: str) -> str:
    """An address that can be asked for."""
    try:
        parts = urlsplit(value.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"is not a URL ({error})") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise ValueError("must be an http:// or https:// URL")
    if any(c.isspace() or not c.isprintable() for c in value.strip()):
        raise ValueError("holds white space or a control character")
    return value.strip()


def time_zone(value: str) -> str:
    """A time zone by its IANA name."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(
            f"'{value}' is not an IANA time zone (such as Europe/Berlin or UTC)"
        ) from None
    return value


def ip_network(value: str) -> str:
    """An address or a network of addresses."""
    try:
        ipaddress.ip_network(value, strict=False)
    except ValueError:
        raise ValueError(f"'{value}' is not an address or network (such as 10.1.0.0/16)") from None
    return value


def single_line(value: str) -> str:
    """Text on one line, without white space around it."""
    if any(not c.isprintable() for c in value):
        raise ValueError("holds a line break or a control character")
    return value.strip()


def variable_name(value: str) -> str:
    """The error keeps `value` to itself: what is no name may be the key."""
    if not re.fullmatch(r"([A-Za-z_][A-Za-z0-9_]*)?", value.strip()):
        raise ValueError(
            "must be the name of an environment variable (letters, digits, _) or ''; the key itself"
            " stands in that variable"
        )
    return value.strip()


def alias_rows(value: Any) -> Any:
    """Names and the lists of their other names, as rows that begin with the name."""
    if not isinstance(value, Mapping):
        raise ValueError("must be names with lists of other names, such as 'Alphabet: [Google]'")  # noqa: TRY004
    rows = []
    for name, others in value.items():
        listed = [others] if isinstance(others, str) else others
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            raise ValueError(f"'{name}' must have a list of other names, such as [Google]")
        row = [str(name).strip(), *(one.strip() for one in listed)]
        if not all(row):
            raise ValueError(f"'{name}' holds a name without letters")
        rows.append(row)
    return rows


def endpoint_or_embedded(value: Any) -> Any:
    """What a fallback may be."""
    if value != "embedded" and not isinstance(value, Mapping):
        raise ValueError("must be an endpoint (base_url, model, …) or 'embedded'")
    return value


def model_name(value: str) -> str:
    """A model; "embedded" is none."""
    if value == "embedded":
        raise ValueError("'embedded' is what runs without a model; leave the section out")
    return value


HttpUrl = Annotated[str, ValueRule(http_url)]
Line = Annotated[str, ValueRule(single_line)]
Variable = Annotated[str, ValueRule(variable_name)]
ZoneName = Annotated[str, ValueRule(time_zone)]
IpNetwork = Annotated[str, ValueRule(ip_network)]
