"""What stands at the end of each help page: an example, and what the exit codes mean there."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ALWAYS = MappingProxyType(
    {
        0: "done",
        1: "failed; one line on stderr says what, where and what to do",
        2: "wrong usage or configuration",
    }
)
_LOCKS = MappingProxyType({4: "another run holds the lock"})
_QUIET = MappingProxyType({3: "a quiet day: too few stories, so no issue"})

EXAMPLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "": ("digest init ledger && cd ledger", "digest doctor", "digest run", "digest preview"),
        "init": ("digest init ledger",),
        "run": ("digest run", "digest run --edition insights --date yesterday"),
        "fetch": ("digest fetch -v",),
        "extract": ("digest extract --date 2026-02-05",),
        "summarise": ("digest summarise 2026-02-05-daily",),
        "compose": ("digest compose 2026-02-05-daily",),
        "render": ("digest render 2026-02-05-daily",),
        "issues": ("digest issues --json",),
        "show": ("digest show 2026-02-05-daily", "digest show https://example.com/story"),
        "diff": ("digest diff 2026-02-05-daily output/2026-02-05-daily/issue.new.md",),
        "figures": ("digest figures Alphabet", "digest figures Alphabet revenue --csv"),
        "forecasts": ("digest forecasts --due", "digest forecasts Alphabet"),
        "search": ("digest search 'nuclear power*' --since 2026-01-01",),
        "timeline": ("digest timeline Alphabet",),
        "check": ('digest check "Sales rose 12% in May." --source https://example.com/story',),
        "preview": ("digest preview 2026-02-05-daily",),
        "desk": ("digest desk", "digest desk --host 192.0.2.10 --port 8766"),
        "edit": (
            "digest edit 2026-02-05-daily --drop 'Chip prices'",
            "digest edit 2026-02-05-daily --move s1a2b3c4d5:1 --section 'Top Stories'",
            "digest edit 2026-02-05-daily --theme s1a2b3c4d5='Chips & energy'",
            "digest edit 2026-02-05-daily --merge s1a2b3c4d5+s6e7f8a9b0",
            "digest edit 2026-02-05-daily --split s1a2b3c4d5:3",
            "digest edit 2026-02-05-daily --take https://example.com/story --place 2",
            "digest edit 2026-02-05-daily --add https://example.com/story",
            "digest edit 2026-02-05-daily --reword s1a2b3c4d5 --how shorter",
            "digest edit 2026-02-05-daily --undo",
        ),
        "accept": ("digest accept 2026-02-05-daily s1a2b3c4d5 --by Ada --note 'asked the author'",),
        "approve": ("digest approve 2026-02-05-daily",),
        "send": (
            "digest send 2026-02-05-daily --to me@example.org",
            "digest send 2026-02-05-daily",
        ),
        "serve-lists": ("digest serve-lists --port 8787",),
        "worker": ("digest worker tcp://10.0.0.5:8786",),
        "correct": (
            "digest correct 2026-02-05-daily --story 1a2b3c4d --text 'It was $14 bn, not $41 bn.'",
        ),
        "unpublish": (
            "digest unpublish 2026-02-05-daily --reason 'Its main source was forged.'",
            "digest unpublish 2026-02-05-daily --undo",
        ),
        "watch": ("digest watch --edition daily",),
        "backup": ("digest backup ledger-2026-02-05.backup",),
        "restore": ("digest restore ledger-2026-02-05.backup",),
        "doctor": ("digest doctor --config ledger/feeds.yaml",),
        "demo": ("digest demo && digest preview --config output/demo/feeds.yaml",),
        "feeds": ("digest feeds add https://example.com/blog",),
        "feeds list": ("digest feeds list --json",),
        "feeds check": ("digest feeds check",),
        "feeds add": ("digest feeds add https://example.com/feed.xml --note 'chip prices'",),
        "feeds discover": ("digest feeds discover https://example.com/",),
        "feeds remove": ("digest feeds remove https://example.com/feed.xml",),
        "feeds import": ("digest feeds import subscriptions.opml",),
        "feeds export": ("digest feeds export subscriptions.opml",),
        "subscribers": ("digest subscribers import readers.csv",),
        "subscribers add": ("digest subscribers add ada@example.org --edition daily",),
        "subscribers import": ("digest subscribers import readers.csv --state confirmed",),
        "subscribers export": ("digest subscribers export readers.csv",),
        "subscribers list": ("digest subscribers list --state confirmed",),
        "subscribers remove": ("digest subscribers remove ada@example.org",),
        "subscribers forget": ("digest subscribers forget ada@example.org",),
        "subscribers stats": ("digest subscribers stats",),
        "schedule": ("digest schedule install --at 06:30 --days mon-fri",),
        "schedule install": (
            "digest schedule install --at 06:30 --days mon-fri --print",
            "digest schedule install --edition weekly --at 16:00 --days fri --with cron",
        ),
        "schedule show": ("digest schedule show",),
        "schedule remove": ("digest schedule remove --edition weekly",),
        "schedule due": ("digest schedule due --at 06:30 --days mon-fri",),
        "bounces": ("digest bounces read ~/Maildir/.bounces",),
        "bounces read": ("digest bounces read ~/Maildir/.bounces", "digest bounces read"),
        "examples": ("digest examples export examples.jsonl",),
        "examples export": ("digest examples export examples.jsonl",),
        "site": ("digest site rebuild",),
        "site rebuild": ("digest site rebuild",),
    }
)

_CODES: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {
        "": {**_QUIET, **_LOCKS, 130: "interrupted, by Ctrl-C or SIGTERM"},
        "run": {0: "the issue is there, made now or before", **_QUIET, **_LOCKS},
        "fetch": {1: "failed; all feeds failing is a failure", **_LOCKS},
        "extract": _LOCKS,
        "summarise": _LOCKS,
        "compose": {**_QUIET, **_LOCKS},
        "render": _LOCKS,
        "check": {
            0: "checked, whatever the verdict",
            1: "failed, or a line of --claims could not be read",
        },
        "preview": {0: "ended, by Ctrl-C"},
        "desk": {0: "ended, by Ctrl-C"},
        "edit": {1: "failed, or issue.md was changed meanwhile; nothing was written", **_LOCKS},
        "accept": {1: "failed, or nothing flagged is called so"},
        "approve": {1: "failed, or something is flagged and not accepted", **_LOCKS},
        "send": {
            0: "every message has its final state",
            1: "failed, or not every message has one; call it again",
            **_LOCKS,
        },
        "serve-lists": {0: "ended, by Ctrl-C"},
        "watch": {
            0: "the issue is there, or its time has not come",
            1: "failed, or there is no issue",
            3: "a quiet day: there is no issue, and the run said why",
        },
        "restore": _LOCKS,
        "correct": _LOCKS,
        "unpublish": _LOCKS,
        "schedule due": {0: "it is that time", 1: "failed, or it is not that time"},
        "doctor": {0: "what is set up works", 1: "something that is set up does not work"},
        "demo": _LOCKS,
        "feeds check": {0: "at least one feed answers", 1: "no feed answers", **_LOCKS},
        "site rebuild": _LOCKS,
    }
)


def exit_codes(command: str) -> dict[int, str]:
    """What each exit code of a command means, lowest first; `command` is without the program's
    name.
    """
    return dict(sorted({**_ALWAYS, **_CODES.get(command, {})}.items()))
