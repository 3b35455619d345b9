"""A form becomes a schema that strict servers take, and a description that a model can follow."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field

from digest.insights.model import forms
from digest.llm.json_schema import form_text, strict_schema

KNOWN = {
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "anyOf",
    "description",
}


class Figure(BaseModel):
    """A figure."""

    value: float | None = None
    unit: Annotated[str, Field(max_length=20, pattern=r"^\w+$")] = ""


class Everything(BaseModel):
    """One field of each kind."""

    kind: Literal["a", "b"] = "a"
    one: Literal["only"] = "only"
    figures: Annotated[list[Figure], Field(max_length=3)] = []
    main: Figure = Field(Figure(), description="the first")
    sure: bool = True
    count: int = 0


class Tree(BaseModel):
    """A form that holds itself."""

    children: list[Tree]


class Open(BaseModel):
    """A form with keys of the model's choosing."""

    figures: dict[str, float]


def nodes(schema: Any) -> list[dict[str, Any]]:
    """Every schema inside of a schema."""
    inner = [
        *schema.get("properties", {}).values(),
        *schema.get("anyOf", ()),
        *([schema["items"]] if "items" in schema else []),
    ]
    return [schema, *(node for one in inner for node in nodes(one))]


FORMS = [
    Everything,
    *(
        one
        for one in vars(forms).values()
        if isinstance(one, type) and issubclass(one, BaseModel) and one is not BaseModel
    ),
]


@pytest.mark.parametrize("form", FORMS)
def test_only_what_strict_mode_knows_is_left(form: type[BaseModel]) -> None:
    """No default, no length, no pattern, no reference: servers refuse what they do not know."""
    for node in nodes(strict_schema(form)):
        assert node.keys() <= KNOWN, node
        if node.get("type") == "object":
            assert node["additionalProperties"] is False
            assert node["required"] == list(node["properties"])


def test_the_schema_says_what_the_form_does() -> None:
    """Choices, constants, lists, alternatives and descriptions survive."""
    properties = strict_schema(Everything)["properties"]
    assert properties["kind"]["enum"] == ["a", "b"]
    assert properties["one"]["enum"] == ["only"]
    assert properties["main"]["description"] == "the first"
    assert properties["figures"]["items"]["properties"]["value"]["anyOf"] == [
        {"type": "number"},
        {"type": "null"},
    ]


@pytest.mark.parametrize("form", [Tree, Open])
def test_a_form_that_strict_mode_cannot_express_is_a_mistake_of_ours(form: type[BaseModel]) -> None:
    """And shows when it is written, not when a server refuses it."""
    with pytest.raises(ValueError, match="strict mode"):
        strict_schema(form)


def test_the_description_names_every_field_and_choice() -> None:
    """A model that sees no schema knows the form from it."""
    text = form_text(Everything)
    assert "JSON" in text  # JSON mode asks for the word
    for name in ("kind", "one", "figures", "value", "unit", "main", "sure", "count"):
        assert f'"{name}": ' in text
    assert '"a" | "b"' in text
    assert "number | null" in text
    assert "// the first" in text
