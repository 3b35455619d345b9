"""What may go wrong with one call to a model: a small tree, each kind with what it means for the
next call.

CallFailed ├── Unreachable     no connection: nobody listens, no such name, TLS ├── Broke
the connection broke, or what came over it is no answer ├── TimedOut        no answer within the
endpoint's `timeout` ├── Busy            the server asks to wait, or has a moment of weakness ├──
Rejected        something in the request is not supported; without it the call may do ├──
PromptTooLong   the prompt does not fit into the model's window ├── Declined        the server will
not have this prompt answered └── Hopeless        no call of this run will succeed: wrong key,
unknown model, wrong address, no credit
"""

from __future__ import annotations


class CallFailed(Exception):
    """A call that brought no answer; `str()` is the reason in a few words."""


class Unreachable(CallFailed):
    """Nothing was sent, so nothing was spent."""


class Broke(CallFailed):
    """The answer did not arrive whole. What was generated may have been charged."""


class TimedOut(CallFailed):
    """The answer did not arrive in time. What was generated may have been charged."""


class Busy(CallFailed):
    """The server cannot answer now. `seconds` is the wait that it asks for, None when it names
    none; `limited` tells a rate limit.
    """

    def __init__(
        self, message: str, seconds: float | None = None, *, limited: bool = False
    ) -> None:
        super().__init__(message)
        self.seconds = seconds
        self.limited = limited


class Rejected(CallFailed):
    """The request holds something that the server does not take. `part` names it as `asking.PARTS`
    does, "" when it is not clear.
    """

    def __init__(self, message: str, part: str = "") -> None:
        super().__init__(message)
        self.part = part


class PromptTooLong(CallFailed):
    """The prompt does not fit. `window` is how many tokens the model takes, prompt and answer
    together, where known.
    """

    def __init__(self, message: str, window: int | None = None) -> None:
        super().__init__(message)
        self.window = window


class Declined(CallFailed):
    """A filter before the model turned the prompt down."""


class Hopeless(CallFailed):
    """The reason lies with the configuration or the account; the message says what to do."""
