"""An insight as JSON values keep it: in the store, and in the facts of an issue."""

from __future__ import annotations

from digest.grounding.meaning import MEANING
from digest.model import Check, Evidence, Insight, StatedFigure


def insight_from(value: dict[str, object]) -> Insight:
    """The insight that `dataclasses.asdict` took apart, read back from JSON."""
    fields = dict(value)
    # JSON we wrote
    evidence = tuple(Evidence(**row) for row in fields.pop("evidence"))  # type: ignore[attr-defined]
    checks = tuple((name, Check(**check)) for name, check in fields.pop("checks"))  # type: ignore[attr-defined]
    figures = tuple(StatedFigure(**row) for row in fields.pop("figures", ()))  # type: ignore[attr-defined]
    if fields["verdict"] == "grounded" and MEANING not in dict(checks):
        fields["verdict"] = "checked"  # by a version that read no meanings
    named = {key: tuple(fields.pop(key, ())) for key in ("organisations", "people")}  # type: ignore[arg-type, var-annotated]
    return Insight(evidence=evidence, checks=checks, figures=figures, **named, **fields)  # type: ignore[arg-type]
