"""An IMAP server on loopback (RFC 3501), as much of it as a program needs that reads one folder: the
mails, their flags, and a way to fail in between.
"""

from __future__ import annotations

import re
import socket
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class ImapServer:
    """One folder of mails; `flags` by number. `dies_at` names a command at which it hangs up."""

    mails: list[bytes]
    password: str = "secret"
    date: str = "05-Feb-2026 07:01:12 +0000"
    dies_at: str = ""
    flags: dict[int, set[str]] = field(default_factory=dict)
    fetched: list[int] = field(default_factory=list)
    port: int = 0

    @property
    def environment(self) -> dict[str, str]:
        """What names it to the program."""
        return {
            "DIGEST_IMAP_HOST": "127.0.0.1",
            "DIGEST_IMAP_PORT": str(self.port),
            "DIGEST_IMAP_USER": "bounces@ledger.example",
            "DIGEST_IMAP_PASSWORD": "secret",
        }

    def serve(self, listening: socket.socket) -> None:
        """Take connections until the socket is closed."""
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                with suppress(OSError), connection, connection.makefile("rwb") as file:
                    file.write(b"* OK ready\r\n")
                    file.flush()
                    while line := file.readline():
                        tag, _, command = line.decode().strip().partition(" ")
                        if self.dies_at and self.dies_at in command:
                            break
                        file.write(self._answer(tag, command))
                        file.flush()

    def _answer(self, tag: str, command: str) -> bytes:
        verb = " ".join(command.upper().split()[: 2 if command.upper().startswith("UID") else 1])
        if verb == "UID FETCH":
            return self._fetch(tag, int(command.split()[2]) - 1)
        said, told = "OK done", ""
        if verb == "CAPABILITY":
            told = "* CAPABILITY IMAP4rev1\r\n"
        elif verb == "LOGIN" and self.password not in command:
            said = "NO [AUTHENTICATIONFAILED] wrong password"
        elif verb == "SELECT":
            told = f"* {len(self.mails)} EXISTS\r\n"
            said = said if '"INBOX"' in command else "NO no such folder"
        elif verb == "UID SEARCH":
            found = [str(n + 1) for n in range(len(self.mails)) if not self.flags.get(n)]
            told = f"* SEARCH {' '.join(found)}\r\n"
        elif verb == "UID STORE":
            number, flag = re.findall(r"UID STORE (\d+) \S+ \(\\(\w+)\)", command)[0]
            self.flags.setdefault(int(number) - 1, set()).add(flag)
        elif verb == "LOGOUT":
            told = "* BYE\r\n"
        return f"{told}{tag} {said}\r\n".encode()

    def _fetch(self, tag: str, number: int) -> bytes:
        self.fetched.append(number)
        mail = self.mails[number]
        head = f'* {number + 1} FETCH (UID {number + 1} INTERNALDATE "{self.date}" BODY[]<0> '
        return f"{head}{{{len(mail)}}}\r\n".encode() + mail + f")\r\n{tag} OK done\r\n".encode()


@contextmanager
def imap_server(mails: list[bytes], **behaviour: str) -> Iterator[ImapServer]:
    """A running server."""
    server = ImapServer(mails, **behaviour)  # type: ignore[arg-type]
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server.port = listening.getsockname()[1]
        threading.Thread(target=server.serve, args=(listening,), daemon=True).start()
        yield server
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
