"""What an editor decides of an issue beside its text, kept in its facts. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

THEMES = "themes"  # the key under which the facts keep the themes that the editor chose, by story

PUT_IN = "put_in"  # in the facts of a story: its editor put it in


def chosen_themes(facts: Mapping[str, Any]) -> dict[str, str]:
    """The themes that the editor chose, by story."""
    return dict(facts.get(THEMES, {}))


def with_chosen_themes(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts in which every story has the theme that its editor chose."""
    stories = dict(facts.get("stories", {}))
    for story, theme in chosen_themes(facts).items():
        if story in stories:
            stories[story] = {
                **stories[story],
                "theme": theme,
                "theme_why": "chosen by the editor",
            }
    return {**facts, "stories": stories}


def with_part(facts: Mapping[str, Any], story: str, part: str) -> dict[str, Any]:
    """The facts with what was split off a story: of its sources, its words unchecked."""
    stories = dict(facts.get("stories", {}))
    if story not in stories:
        return dict(facts)
    stories[part] = {
        **stories[story],
        "headline": "",
        "text": "",
        "update": "",
        "update_of": None,
        "why": f"split off {story} by the editor",
    }
    return {**facts, "stories": stories}
