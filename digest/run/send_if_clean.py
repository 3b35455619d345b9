"""`digest run --send-if-clean`: an issue that is clean goes out unseen; any other stays a draft,
and it is said why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digest.grounding.verdicts import clean
from digest.run.approval import approve
from digest.run.carry import carry_site
from digest.run.publish import read_draft
from digest.run.sending_way import send_issue
from digest.text.counted import counted

if TYPE_CHECKING:
    from digest.run.publish import JoinedIssue
    from digest.run.send import SendingReport
    from digest.run.session import Session

# What a run made, or found as it had made it: what a person has changed is that person's to send.
OURS = frozenset({"made", "unchanged", "approved"})
NAMED = 3


@dataclass(frozen=True, slots=True)
class SentOrNot:
    """What became of an issue that was to go out if it is clean: how its sending stands, or why it
    was left as it is.
    """

    issue: str
    status: str
    sending: SendingReport | None = None
    why_not: str = ""

    @property
    def over(self) -> bool:
        """Is there nothing left that only another call would do?"""
        return self.sending is None or self.sending.over

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        sending = self.sending.json() if self.sending else None
        return {"status": self.status, "why_not": self.why_not, "sending": sending}

    def lines(self) -> list[str]:
        """For a person."""
        if self.sending:
            return list(self.sending.lines())
        return [f"{self.issue}: not sent, left as {self.status}: {self.why_not}"]


def send_if_clean(session: Session, identity: str, state: str) -> SentOrNot:
    """Approve and send the issue when nothing in it is flagged and, where a model is configured,
    nothing merely checked; `state` is what the run said became of it. Raises as `approve` and
    `send` do.
    """
    issue = read_draft(session, identity)  # after its second reading
    why = _why_not(session, issue, state)
    if why:
        return SentOrNot(identity, issue.status, why_not=why)
    if issue.status == "draft":
        approve(session, identity)
    carry_site(session)  # what the mail links to is there before it
    report = send_issue(session, identity)
    return SentOrNot(identity, report.state, report)


def _why_not(session: Session, issue: JoinedIssue, state: str) -> str:
    if state not in OURS:
        return "it was changed by hand; approve it and send it yourself"
    verdicts = issue.verdicts
    if clean(verdicts, model=session.config.llm is not None):
        empty = next((one.id for one in issue.told if one.empty), "")
        return f"{empty} has no text" if empty else ""
    if verdicts.get("flagged"):
        named = [f"{name} ({one.why})" for name, one in issue.standings.items() if one.why]
        more = f" and {len(named) - NAMED} more" if len(named) > NAMED else ""
        return f"{verdicts['flagged']} flagged: {'; '.join(named[:NAMED])}{more}"
    return f"{counted(verdicts['checked'], 'text')} checked, meaning not read"
