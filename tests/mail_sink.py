"""A mail server on loopback that takes what it is sent, or misbehaves as it is told, and remembers
whom it took a message for.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass
class MailSink:
    """What it does is set by its fields; `taken` holds the messages by recipient. A reply of "" is
    hanging up.
    """

    extensions: tuple[str, ...] = ("8BITMIME", "SMTPUTF8")
    mail: Callable[[int], str] = lambda _number: "250 OK"
    mail_from: Callable[[str], object] = str  # told whom each message is from
    rcpt: Callable[[str, int], str] = lambda _address, _attempt: "250 OK"
    begin: Callable[[str, int], str] = lambda _address, _attempt: "354 go on"
    data: Callable[[str, int], str] = lambda _address, _attempt: "250 taken"
    drop_in_data: Callable[[str, int], bool] = lambda _address, _attempt: False
    delay: float = 0.0  # before the answer to a message
    messages_a_connection: int = 0
    certificate: Path | None = None
    keep: bool = True
    taken: dict[str, list[bytes]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    connections: int = 0
    encrypted: int = 0
    port: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def environment(self) -> dict[str, str]:
        """What names it to the program."""
        return {"DIGEST_SMTP_HOST": "127.0.0.1", "DIGEST_SMTP_PORT": str(self.port)}

    def serve(self, listening: socket.socket) -> None:
        """Take connections until the socket is closed."""
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._session, args=(connection,), daemon=True).start()

    def _session(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            session = _Session(self, connection)
            try:
                session.run()
            finally:
                session.file.close()
                session.connection.close()

    def take(self, recipient: str, mail: bytes) -> None:
        """Remember a message, before it is answered for."""
        with self._lock:
            self.counts[recipient] += 1
            if self.keep:
                self.taken.setdefault(recipient, []).append(mail)


class _Session:
    """One connection."""

    def __init__(self, sink: MailSink, connection: socket.socket) -> None:
        self.sink, self.connection = sink, connection
        self.file = connection.makefile("rb")
        self.messages, self.recipient, self.attempt = 0, "", 0

    def run(self) -> None:
        self.say("220 sink.example")
        while line := self.file.readline():
            verb = line.split(b" ", 1)[0].strip().upper().decode("latin-1")
            if verb == "QUIT":
                self.say("221 bye")
                return
            if not self.command(verb, line.strip().decode()):
                return

    def command(self, verb: str, line: str) -> bool:
        if verb == "EHLO":
            return self.greet()
        if verb == "STARTTLS":
            return self.start_tls()
        steps = {
            "MAIL": lambda: self.mail_from(line),
            "RCPT": lambda: self.rcpt_to(line),
            "DATA": self.message,
        }
        return steps[verb]() if verb in steps else self.say("250 OK")

    def mail_from(self, line: str) -> bool:
        self.sink.mail_from(line.partition("<")[2].partition(">")[0])
        full = self.sink.messages_a_connection
        if full and self.messages >= full:
            return self.say("421 4.4.5 enough for one connection")
        return self.say(self.sink.mail(self.messages))

    def rcpt_to(self, line: str) -> bool:
        self.recipient = line.partition("<")[2].partition(">")[0]
        with self.sink._lock:
            self.sink.asked[self.recipient] += 1
            self.attempt = self.sink.asked[self.recipient]
        return self.say(self.sink.rcpt(self.recipient, self.attempt))

    def greet(self) -> bool:
        names = [
            "sink.example",
            *self.sink.extensions,
            *(["STARTTLS"] if self.sink.certificate else []),
        ]
        for name in names:
            self.connection.sendall(f"250-{name}\r\n".encode())
        return self.say("250 HELP")

    def start_tls(self) -> bool:
        self.say("220 go ahead")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(str(self.sink.certificate))
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.file = self.connection.makefile("rb")
        self.sink.encrypted += 1
        return True

    def message(self) -> bool:
        reply = self.sink.begin(self.recipient, self.attempt)
        if not self.say(reply) or not reply.startswith("354"):
            return bool(reply)
        lines: list[bytes] = []
        while (line := self.file.readline()) != b".\r\n":
            if not line or (
                len(lines) > 3 and self.sink.drop_in_data(self.recipient, self.attempt)
            ):
                return False
            lines.append(line[1:] if line.startswith(b"..") else line)
        if self.sink.delay:
            time.sleep(self.sink.delay)
        reply = self.sink.data(self.recipient, self.attempt)
        if reply[:1] in {"2", ""}:
            self.sink.take(self.recipient, b"".join(lines))
        self.messages += 1
        return self.say(reply)

    def say(self, reply: str) -> bool:
        """Answer; False when the session is over."""
        if reply:
            self.connection.sendall(f"{reply}\r\n".encode())
        return bool(reply) and not reply.startswith("421")


@contextmanager
def mail_sink(**behaviour: object) -> Iterator[MailSink]:
    """A running sink."""
    sink = MailSink(**behaviour)  # type: ignore[arg-type]
    with socket.create_server(("127.0.0.1", 0)) as listening:
        sink.port = listening.getsockname()[1]
        threading.Thread(target=sink.serve, args=(listening,), daemon=True).start()
        yield sink
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
