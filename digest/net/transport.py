"""Connections that go only where the guard lets them, and end when their time is up.

The name is resolved once, every address is put to the guard, and the connection goes to the very
address that was judged; a name that leads somewhere else the second time it is asked changes
nothing.
"""

from __future__ import annotations

import contextlib
import contextvars
import ipaddress
import queue
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import httpcore2

if TYPE_CHECKING:
    from digest.net.address_guard import AddressGuard

Resolver = Callable[[str, int], Sequence[tuple[str, int]]]

_ends_at: contextvars.ContextVar[float] = contextvars.ContextVar("_ends_at")


class TransportError(Exception):
    """The connection could not be made or broke; `str()` is the reason in words."""


class StepTimeoutError(TransportError):
    """Nothing moved for as long as one step may take."""


class DeadlineError(TransportError):
    """The whole request took longer than it may."""


@contextlib.contextmanager
def deadline(ends_at: float) -> Iterator[None]:
    """Everything that the transport does inside, in this thread, ends by `ends_at` on the
    transport's clock.
    """
    token = _ends_at.set(ends_at)
    try:
        yield
    finally:
        _ends_at.reset(token)


def system_resolver(host: str, port: int) -> list[tuple[str, int]]:
    """What the operating system makes of a host, odd spellings of an address (decimal, octal,
    hexadecimal) included.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((str(address[0]), int(address[1])) for *_, address in found))


class Watch:
    """How long the next step may take: the step's own limit or what is left until the deadline,
    whichever is less.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock

    def allowance(self, timeout: float | None) -> float | None:
        """Seconds for a socket operation. Raises DeadlineError when none are left."""
        ends_at = _ends_at.get(None)
        if ends_at is None:
            return timeout
        left = ends_at - self._clock()
        if left <= 0:
            raise DeadlineError("the deadline has passed")
        return left if timeout is None else min(timeout, left)

    def expired(self, allowed: float | None, timeout: float | None) -> TransportError:
        """What to raise for a step that used up what it was allowed."""
        if allowed == timeout:
            return StepTimeoutError(f"nothing for {timeout or 0:g} s")
        return DeadlineError("the deadline has passed")


class GuardedBackend(httpcore2.NetworkBackend):
    """Opens TCP connections to addresses that `guard` admits."""

    def __init__(
        self,
        guard: AddressGuard,
        resolver: Resolver = system_resolver,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._guard = guard
        self._resolver = resolver
        self._watch = Watch(clock)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: (str | None) = None,  # noqa: ARG002  the interface has it; nothing here binds one
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,  # noqa: ARG002  likewise
    ) -> httpcore2.NetworkStream:
        """Connect to the first admitted address that answers. Raises TransportError."""
        addresses = self._admitted(host, self._resolve(host, port, timeout))
        failure: OSError | None = None
        for tried, address in enumerate(addresses):
            allowed = self._watch.allowance(timeout)
            # An address that swallows packets must leave time for the next one.
            share = allowed / (len(addresses) - tried) if allowed is not None else None
            try:
                connection = socket.create_connection(address, share)
            except OSError as error:
                failure = failure or error
            else:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return GuardedStream(connection, self._watch)
        if isinstance(failure, TimeoutError):
            raise self._watch.expired(allowed, timeout) from failure
        raise TransportError(explain(failure)) from failure

    def _resolve(self, host: str, port: int, timeout: float | None) -> Sequence[tuple[str, int]]:
        """The resolver's answer. getaddrinfo() knows no timeout, so it is asked for names in a
        thread that can be left behind.
        """
        answers: queue.SimpleQueue[Sequence[tuple[str, int]] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolver(host, port))
            except Exception as error:  # handed over whole and judged below
                answers.put(error)

        if _is_address(host):
            ask()
        else:
            threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
        allowed = self._watch.allowance(timeout)
        try:
            answer = answers.get(timeout=allowed)
        except queue.Empty:
            raise self._watch.expired(allowed, timeout) from None
        if isinstance(answer, (OSError, UnicodeError)):
            raise TransportError("name does not resolve") from answer
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _admitted(self, host: str, addresses: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
        if not addresses:
            raise TransportError("name does not resolve")
        judged = [(address, self._guard.refuse(address[0])) for address in addresses]
        admitted = [address for address, refusal in judged if refusal is None]
        if not admitted:
            ip, refusal = judged[0][0][0], judged[0][1]
            raise TransportError(
                f"refused: {refusal}"
                if ip == host
                else f"refused: {refusal}, and {host} leads there"
            )
        return admitted


def _is_address(host: str) -> bool:
    """Whether there is no name to be resolved; what is an address to getaddrinfo() alone does not
    count.
    """
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class GuardedStream(httpcore2.NetworkStream):
    """One TCP or TLS connection, each step of it timed."""

    def __init__(self, connection: socket.socket, watch: Watch) -> None:
        self._socket = connection
        self._watch = watch

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Receive what is there, b"" at the end. Raises TransportError."""
        with self._timed(timeout):
            return self._socket.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of `buffer`. Raises TransportError."""
        with self._timed(timeout):
            self._socket.sendall(buffer)

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        """Go over to TLS; the certificate must be for `server_hostname`, whatever address was
        connected to.
        """
        try:
            with self._timed(timeout):
                return GuardedStream(
                    ssl_context.wrap_socket(self._socket, server_hostname=server_hostname),
                    self._watch,
                )
        except BaseException:
            self.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        """Whether an idle connection has something to read (so, was closed by the other side);
        nothing else is known.
        """
        return self._readable() if info == "is_readable" else None

    def _readable(self) -> bool:
        if self._socket.fileno() < 0:
            return True
        with selectors.DefaultSelector() as selector:
            selector.register(self._socket, selectors.EVENT_READ)
            return bool(selector.select(0))

    @contextlib.contextmanager
    def _timed(self, timeout: float | None) -> Iterator[None]:
        allowed = self._watch.allowance(timeout)
        try:
            self._socket.settimeout(allowed)
            yield
        except TimeoutError as error:
            raise self._watch.expired(allowed, timeout) from error
        except OSError as error:
            raise TransportError(explain(error)) from error


# OpenSSL's verdicts on a certificate (x509_vfy.h) that call for words of their own.
_VERDICTS = {
    9: "is not valid yet",
    10: "has expired",
    18: "is self-signed",
    19: "is from an unknown authority",  # a chain that ends in a root which nobody here trusts
    20: "is from an unknown authority, or the server leaves out the intermediate one",
    21: "is from an unknown authority, or the server leaves out the intermediate one",
    23: "has been revoked",
    62: "is for another name",
    64: "is for another address",
}
_HANDSHAKES = {
    "WRONG_VERSION_NUMBER": "the server does not speak it on this port",
    "HTTP_REQUEST": "the server does not speak it on this port",
    "UNSUPPORTED_PROTOCOL": "the server speaks only versions that are no longer safe",
    "TLSV1_ALERT_PROTOCOL_VERSION": "the server speaks only versions that are no longer safe",
    "SSLV3_ALERT_HANDSHAKE_FAILURE": "no cipher that both sides take",
    "DH_KEY_TOO_SMALL": "the server's key is too short to be safe",
    "EE_KEY_TOO_SMALL": "the server's key is too short to be safe",
    "TLSV1_UNRECOGNIZED_NAME": "the server knows no site of this name",
}


def explain(error: OSError | None) -> str:
    """An operating system's or TLS library's complaint as a phrase for a report."""
    match error:
        case ssl.SSLError():
            return f"TLS: {_explain_tls(error)}"
        case ConnectionRefusedError():
            return "connection refused"
        case ConnectionResetError() | BrokenPipeError():
            return "connection reset"
        case OSError(strerror=str() as text):
            return text.lower()
    return "connection failed"


def _explain_tls(error: ssl.SSLError) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            return (
                "the certificate"
                f" {_VERDICTS.get(error.verify_code) or f'is not trusted ({error.verify_message})'}"
            )
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return "the server broke off"
    reason = error.reason or "handshake failed"
    return _HANDSHAKES.get(reason) or reason.replace("_", " ").lower()
