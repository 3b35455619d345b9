"""`digest site`: the archive of approved issues."""

from __future__ import annotations

from pathlib import Path

import typer

from digest.cli.options import AsJson, ConfigFile, opened

site_app = typer.Typer(help="The archive of approved issues.", rich_markup_mode=None)


@site_app.callback()
def _site() -> None:
    """The archive of approved issues."""


@site_app.command()
def rebuild(config: ConfigFile = Path("feeds.yaml"), as_json: AsJson = False) -> None:
    """Make the archive anew: of what the state knows, and of approved issues' own folders."""
    from digest.run.archive import build_site

    with opened(config, as_json, lock=True) as (session, console):
        archive = build_site(session)
        site = session.config.output / "site" / "index.html"
        console.result(
            {"site": str(site), "issues": archive.issues, "left": list(archive.left)},
            [
                f"the archive is {site}; issues: {archive.issues}",
                *(
                    f"{name}: left as published; neither the state nor its folder vouches for it"
                    for name in archive.left
                ),
            ],
        )
