"""Whether whoever runs the newsletter can be told: what `digest doctor` says of `notify`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from digest.deliver.message import address
from digest.deliver.smtp import server_from
from digest.errors import UsageError
from digest.net.address_guard import AddressGuard
from digest.net.ping import ping
from digest.run.diagnosis import Diagnosis
from digest.run.notices import LOG

if TYPE_CHECKING:
    from digest.config.schema import Config


def notify(config: Config) -> Diagnosis:
    """The addresses are looked at; the one for pings is asked to log a line, which says nothing of
    a run. The mail server has a line of its own.
    """
    settings = config.notify
    if not (settings.mail or settings.ping):
        return Diagnosis("notify", "off", "no notify.mail and no notify.ping: nobody is told")
    try:
        told = [*_mail(config), *_ping(config)]
    except UsageError as error:
        return Diagnosis("notify", "broken", str(error))
    by = f"deadline {settings.deadline}" if settings.deadline else "no deadline"
    return Diagnosis("notify", "ok", f"{', '.join(told)}; {by}")


def _mail(config: Config) -> list[str]:
    if not config.notify.mail:
        return []
    if config.mail is None:
        raise UsageError("notify.mail is set, but feeds.yaml has no 'mail: {from: …}'")
    server_from(os.environ)
    return [f"mail to {address(config.notify.mail, 'notify.mail').addr_spec}"]


def _ping(config: Config) -> list[str]:
    if not config.notify.ping:
        return []
    guard = AddressGuard(config.network.allow)
    why = ping(config.notify.ping, LOG, "digest doctor asks whether a ping arrives", guard)
    if why:
        raise UsageError(f"notify.ping: {why}")
    return ["a ping arrives"]
