"""`digest feeds`: the subscriptions, listed and changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.options import AsJson, ConfigFile, Verbose, opened
from digest.cli.plain_parameters import PlainTyper
from digest.errors import UsageError
from digest.text.counted import counted

if TYPE_CHECKING:
    from digest.feeds.discovery import FoundFeed

feeds_app = PlainTyper(help="List and change the subscriptions in feeds.yaml.")

FeedUrl = Annotated[str, typer.Argument(metavar="URL", help="The feed's address.")]


@feeds_app.command("list")
def list_feeds(config: ConfigFile = Path("feeds.yaml"), as_json: AsJson = False) -> None:
    """List the feeds and how each one fares."""
    from digest.cli.feed_results import feed_line, feed_rows

    with opened(config, as_json) as (session, console):
        rows = feed_rows(session)
        console.result(
            rows,
            [feed_line(row) for row in rows] or ["no feeds yet; 'digest feeds add URL' adds one"],
        )


@feeds_app.command("check")
def check_feeds(
    config: ConfigFile = Path("feeds.yaml"), as_json: AsJson = False, verbose: Verbose = 0
) -> None:
    """Ask every feed now, and tell how each one fares.

    What they say is kept.
    """
    from digest.cli.feed_results import feed_line, feed_rows
    from digest.run.fetch import check

    with opened(config, as_json, verbose, lock=True) as (session, console):
        with console.progress(), session.client() as client:
            result = check(session, client)
        rows = feed_rows(session)
        console.result(rows, [feed_line(row) for row in rows])
        if len(result.failed) == len(rows):
            raise typer.Exit(1)


@feeds_app.command("add")
def add_feed(
    url: Annotated[
        str, typer.Argument(metavar="URL", help="A feed's address, or a page that has one.")
    ],
    config: ConfigFile = Path("feeds.yaml"),
    title: Annotated[
        str, typer.Option("--title", help="What to call it; default: the feed's own title.")
    ] = "",
    kind: Annotated[
        str, typer.Option("--kind", help="news or podcast; default: what it looks like.")
    ] = "",
    note: Annotated[str, typer.Option("--note", help="Why it is there.")] = "",
    as_json: AsJson = False,
) -> None:
    """Add a feed to the file, or the one that a home page has.

    Comments in the file stay.
    """
    from digest.cli.console import Console
    from digest.config.opml import web_address
    from digest.feeds.subscriptions import add, feed_from, has

    console, url = Console(as_json=as_json), web_address(url)
    feed = feed_from(url=url, title=title, kind=kind, note=note)
    found = () if has(config, url) else _looked_up(url, config)
    if len(found) > 1:
        console.result(
            {"added": [], "found": [one.json() for one in found]}, [one.line() for one in found]
        )
        raise UsageError(f"{url} has {len(found)} feeds; add one of them by its own address")
    if found:
        feed = feed_from(url=found[0].url, title=title, kind=kind or found[0].kind, note=note)
    added = add(config, [feed])
    console.result(
        {"added": [one.url for one in added]},
        [f"added {feed.url}" if added else f"{feed.url} is there already"],
    )


def _looked_up(url: str, config: Path) -> tuple[FoundFeed, ...]:
    """The feeds at an address; none when it cannot be had just now, which is no reason to refuse a
    subscription.
    """
    from digest.cli.console import complain
    from digest.errors import FetchFailed
    from digest.feeds.subscriptions import as_it_stands, find
    from digest.net.address_guard import off_limits

    try:
        return find(url, as_it_stands(config))
    except FetchFailed as error:
        if error.status in {404, 410}:
            raise
        closed = off_limits(error.reason)
        complain(
            f"{error}; taken for a feed"
            f" unseen{f', and not asked until network.allow names {closed}' if closed else ''}"
        )
        return ()


@feeds_app.command("discover")
def discover_feeds(
    url: Annotated[str, typer.Argument(metavar="URL", help="A home page, or any page.")],
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """List the feeds that a page has; nothing is added.

    Each is fetched and read.
    """
    from digest.cli.console import Console
    from digest.config.loading import load
    from digest.feeds.subscriptions import find

    found = find(url, load(config))
    Console(as_json=as_json).result([one.json() for one in found], [one.line() for one in found])


@feeds_app.command("remove")
def remove_feed(
    url: FeedUrl, config: ConfigFile = Path("feeds.yaml"), as_json: AsJson = False
) -> None:
    """Take a feed out of the file; what was read from it is kept."""
    from digest.feeds.subscriptions import remove
    from digest.store import feeds

    gone = remove(config, url)
    with opened(config, as_json) as (session, console):
        with session.db as db:
            feeds.forget(db, gone.url)
        console.result({"removed": gone.url}, [f"removed {gone.url}"])


@feeds_app.command("import")
def import_feeds(
    source: Annotated[
        str, typer.Argument(metavar="FILE|URL", help="An OPML file, or the address of one.")
    ],
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Add the feeds of an OPML list that the file does not have yet."""
    from digest.cli.console import Console, complain
    from digest.config.opml import read_opml
    from digest.feeds.subscriptions import add, as_it_stands, kinds_asked, opml_bytes

    console = Console(as_json=as_json)
    found = read_opml(opml_bytes(source, as_it_stands(config)), source)
    with console.progress():
        added = add(config, kinds_asked(found, config, console.step))
    for line in found.trouble:
        complain(line)
    known = len(found.feeds) - len(added)
    podcasts = [feed.url for feed in added if feed.kind == "podcast"]
    spoken = counted(len(podcasts), "podcast")
    console.result(
        {
            "added": [feed.url for feed in added],
            "podcasts": podcasts,
            "known": known,
            "skipped": len(found.trouble),
        },
        [
            (
                f"added {counted(len(added), 'feed')}"
                f"{f' ({spoken})' if podcasts else ''};"
                f" {known} {'was' if known == 1 else 'were'} there already;"
                f" {len(found.trouble)} could not be used"
            )
        ],
    )


@feeds_app.command("export")
def export_feeds(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Where to write; default: stdout.")
    ] = None,
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Write the feeds as OPML."""
    from digest.cli.console import Console
    from digest.config.atomic_files import write_atomic
    from digest.config.loading import load
    from digest.config.opml import write_opml

    if as_json and file is None:
        raise UsageError(
            "OPML is no JSON; name a file to --json, or ask 'digest feeds list --json'"
        )
    loaded = load(config)
    opml = write_opml(loaded.feeds, loaded.newsletter.name)
    if file is None:
        typer.echo(opml, nl=False)
        return
    if not file.parent.is_dir():
        raise UsageError(f"{file.parent}: there is no such folder")
    write_atomic(file, opml)
    Console(as_json=as_json).result(
        {"file": str(file), "feeds": len(loaded.feeds)},
        [f"wrote {counted(len(loaded.feeds), 'feed')} to {file}"],
    )
