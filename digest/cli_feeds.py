"""`digest feeds`: the subscriptions, listed and changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from digest.options import AsJson, ConfigFile, opened

feeds_app = typer.Typer(help="List and change the subscriptions in feeds.yaml.", no_args_is_help=True)

FeedUrl = Annotated[str, typer.Argument(metavar="URL", help="The feed's address.")]


@feeds_app.command("list")
def list_feeds(config: ConfigFile = Path("feeds.yaml"), as_json: AsJson = False) -> None:
    """List the feeds and how each one fares."""
    from digest.summary import feed_line, feed_rows

    with opened(config, as_json) as (session, console):
        rows = feed_rows(session)
        console.result(rows, [feed_line(row) for row in rows] or ["no feeds yet; 'digest feeds add URL' adds one"])


@feeds_app.command("add")
def add_feed(
    url: FeedUrl,
    config: ConfigFile = Path("feeds.yaml"),
    title: Annotated[str, typer.Option("--title", help="What to call it; default: the feed's own title.")] = "",
    kind: Annotated[str, typer.Option("--kind", help="news or podcast.")] = "news",
    note: Annotated[str, typer.Option("--note", help="Why it is there.")] = "",
    as_json: AsJson = False,
) -> None:
    """Add a feed to the file; comments in it stay."""
    from digest.console import Console
    from digest.subscriptions import add, feed_from

    added = add(config, [feed_from(url=url, title=title, kind=kind, note=note)])
    Console(as_json=as_json).result({"added": [feed.url for feed in added]}, [f"added {url}" if added else f"{url} is there already"])


@feeds_app.command("remove")
def remove_feed(url: FeedUrl, config: ConfigFile = Path("feeds.yaml"), as_json: AsJson = False) -> None:
    """Take a feed out of the file; what was read from it is kept."""
    from digest.console import Console
    from digest.subscriptions import remove

    gone = remove(config, url)
    Console(as_json=as_json).result({"removed": gone.url}, [f"removed {gone.url}"])


@feeds_app.command("import")
def import_feeds(
    source: Annotated[str, typer.Argument(metavar="FILE|URL", help="An OPML file, or the address of one.")],
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Add the feeds of an OPML list that the file does not have yet."""
    from digest.config import load
    from digest.console import Console, complain
    from digest.opml import read_opml
    from digest.subscriptions import add, opml_bytes

    found, trouble = read_opml(opml_bytes(source, load(config)), source)
    added = add(config, found)
    for line in trouble:
        complain(line)
    Console(as_json=as_json).result(
        {"added": [feed.url for feed in added], "known": len(found) - len(added), "skipped": len(trouble)},
        [f"added {len(added)} feeds; {len(found) - len(added)} were there already; {len(trouble)} could not be used"],
    )


@feeds_app.command("export")
def export_feeds(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Where to write; default: stdout.")] = None,
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Write the feeds as OPML."""
    from digest.config import load
    from digest.console import Console
    from digest.opml import write_opml
    from digest.render.files import write_atomic

    loaded = load(config)
    opml = write_opml(loaded.feeds, loaded.newsletter.name)
    if file is None:
        typer.echo(opml.decode(), nl=False)
        return
    write_atomic(file, opml)
    Console(as_json=as_json).result({"file": str(file), "feeds": len(loaded.feeds)}, [f"wrote {len(loaded.feeds)} feeds to {file}"])
