"""Messages claimed, sent and told, on as many connections as there are to be."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import wait
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import TYPE_CHECKING

from digest.deliver.connection import MailConnection
from digest.deliver.pace import LONGEST_WAIT, wait_after
from digest.deliver.transaction import Envelope
from digest.errors import DeliveryError, DigestError
from digest.store.deliveries import Told

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor, Future

    from digest.deliver.leave_tokens import Tokens
    from digest.deliver.pace import Pace
    from digest.deliver.reader_messages import ReaderMessages
    from digest.deliver.smtp import Server
    from digest.deliver.transaction import ServerAnswer
    from digest.store.deliveries import Claimed, Deliveries, DeliveryState

HEARTBEAT = 30.0  # seconds
REFUSED_IN_A_ROW = 20  # messages refused for what they say: then no other will be taken either
_STATES: dict[str, DeliveryState] = {
    "submitted": "submitted", "put-off": "put-off", "refused": "refused",
    "unsent": "waiting", "no-sender": "waiting", "uncertain": "uncertain",
}  # fmt: skip


@dataclass
class SendingLoop:
    """What all connections share. `step` is told of each message with the counts so far."""

    server: Server
    sender: Callable[[int], str]  # by reader's number
    messages: ReaderMessages
    edition: str
    tokens: Tokens
    deliveries: Deliveries
    pace: Pace
    step: Callable[[Counter[str]], None]
    clock: Callable[[], float] = time.time
    longest_wait: float = LONGEST_WAIT
    stop: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)
    _told: Counter[str] = field(default_factory=Counter)
    _refused: int = 0

    def run(self, pool: Executor, connections: int, alive: Callable[[], None]) -> str:
        """Send until nothing is due that is worth waiting for; returns what went wrong, "" when
        nothing did.

        Interrupted, it ends the messages under way first: they would be uncertain otherwise.
        """
        workers = [pool.submit(self._work) for _ in range(connections)]
        try:
            _await(workers, alive)
        except BaseException:
            self.stop.set()
            _await(workers, alive)
            raise
        errors = [error for worker in workers if (error := worker.exception())]
        unforeseen = next((one for one in errors if not isinstance(one, DigestError)), None)
        if unforeseen:
            raise unforeseen
        return str(errors[0]) if errors else ""

    def _work(self) -> None:
        connection = MailConnection(self.server, self.stop.wait)
        try:
            _Worker(self, connection).run()
        except BaseException:
            self.stop.set()
            raise
        finally:
            connection.close()

    def count(self, answer: ServerAnswer) -> None:
        """Learn from an answer. Raises DeliveryError when no other would be better."""
        self.pace.told(busy=answer.busy)
        with self._lock:
            self._told[_STATES[answer.fate]] += 1
            content = answer.fate == "refused" and not answer.gone and answer.reply[:1] == "5"
            self._refused = self._refused + 1 if content else 0
            told, in_a_row = Counter(self._told), self._refused
        self.step(told)
        if answer.fate == "no-sender":
            raise DeliveryError(
                f"{self.server.host}: takes no mail from {self.sender(0)}: {answer.reply}"
            )
        if in_a_row >= REFUSED_IN_A_ROW:
            raise DeliveryError(
                f"{self.server.host}: refused {in_a_row} messages in a row, the last with"
                f" '{answer.reply}'; the others were not tried"
            )


@dataclass
class _Worker:
    """One connection's messages, one after the other."""

    loop: SendingLoop
    connection: MailConnection
    told: Told | None = None

    def run(self) -> None:
        try:
            while not self.loop.stop.is_set() and self._turn():
                pass
        finally:
            self._tell()

    def _turn(self) -> bool:
        """Send a message, or wait a while; False when there is nothing left to do."""
        pause = self.loop.pace.wait()
        if pause:
            self._tell()
            self.loop.stop.wait(pause)
            return True
        if not self.connection.open:
            self._tell()
            if self.loop.deliveries.due() is None or not self.connection.ready():
                return False
        told, self.told = self.told, None
        claimed = self.loop.deliveries.next(told, self.loop.clock())
        if claimed is None:
            return self._wait_for_due()
        self._send(claimed)
        return True

    def _tell(self) -> None:
        """Note what became of the last message without claiming another."""
        told, self.told = self.told, None
        if told:
            self.loop.deliveries.tell(told)

    def _wait_for_due(self) -> bool:
        due = self.loop.deliveries.due()
        pause = due - self.loop.clock() if due is not None else None
        if pause is None or pause > self.loop.longest_wait:
            return False
        if pause > 0:
            self.connection.close()
            self.loop.stop.wait(pause)
        return True

    def _send(self, claimed: Claimed) -> None:
        loop = self.loop
        token = loop.tokens.token(claimed.reader, loop.edition)
        mail = loop.messages.for_reader(claimed.address, token)
        answer = self.connection.send(
            Envelope(loop.sender(claimed.reader), claimed.address, mail, claimed.durable)
        )
        claimed.durable()
        self.told = _told(claimed, answer, loop.clock())
        loop.count(answer)
        if self.connection.hopeless:
            raise DeliveryError(
                f"{loop.server.host}: ended one connection after another: {answer.reply}"
            )


def _told(claimed: Claimed, answer: ServerAnswer, now: float) -> Told:
    state = _STATES[answer.fate]
    due = None
    if state == "put-off":
        due = now + wait_after(claimed.attempts + 1)
    elif state == "waiting":
        due = now
    return Told(
        claimed.reader,
        state,
        now,
        answer.reply,
        due,
        tried=state != "waiting",
        bounced=answer.reply if answer.gone else "",
    )


def _await(workers: list[Future[None]], alive: Callable[[], None]) -> None:
    pending = set(workers)
    while pending:
        _, pending = wait(pending, timeout=HEARTBEAT)
        alive()
