"""`digest site`: the archive of approved issues."""

from __future__ import annotations

from pathlib import Path

from digest.cli.options import AsJson, ConfigFile, opened
from digest.cli.plain_parameters import PlainTyper

site_app = PlainTyper(help="The archive of approved issues.")


@site_app.callback()
def _site() -> None:
    """The archive of approved issues."""


@site_app.command()
def rebuild(config: ConfigFile = Path("feeds.yaml"), as_json: AsJson = False) -> None:
    """Make the archive of approved issues anew.

    It is made of what the state knows, and of approved issues' own folders.
    """
    from digest.run.archive import build_site

    with opened(config, as_json, lock=True) as (session, console):
        archive = build_site(session, anew=True)
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
