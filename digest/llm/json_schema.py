"""A pydantic form as a strict JSON schema, and as a few lines that a model can read. Pure.

Strict mode wants every object closed and every field required, and knows few keywords (OpenAI,
"Structured Outputs"); servers that turn a schema into a grammar know fewer still. What is left out
is checked when the answer is read.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

_KEPT = ("type", "enum", "description")


@cache
def strict_schema(form: type[BaseModel]) -> dict[str, Any]:
    """The schema, references put in place. Raises ValueError for a form that strict mode cannot
    express (open mappings, recursion).
    """
    schema = form.model_json_schema()
    return _strict(schema, schema.get("$defs", {}), ())


def _strict(
    node: dict[str, Any], definitions: dict[str, Any], inside: tuple[str, ...]
) -> dict[str, Any]:
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        if name in inside:
            raise ValueError(f"{name} holds itself, which strict mode cannot express")
        described = {"description": node["description"]} if "description" in node else {}
        return {**_strict(definitions[name], definitions, (*inside, name)), **described}
    if len(node.get("allOf", ())) == 1:
        return _strict(
            {**node["allOf"][0], **{key: node[key] for key in ("description",) if key in node}},
            definitions,
            inside,
        )
    strict = {key: node[key] for key in _KEPT if key in node}
    if "const" in node:
        strict["enum"] = [node["const"]]
    if node.get("type") == "object":
        strict |= _closed(node, definitions, inside)
    if "items" in node:
        strict["items"] = _strict(node["items"], definitions, inside)
    for key in ("anyOf", "oneOf"):
        if key in node:
            strict["anyOf"] = [_strict(one, definitions, inside) for one in node[key]]
    return strict


def _closed(
    node: dict[str, Any], definitions: dict[str, Any], inside: tuple[str, ...]
) -> dict[str, Any]:
    properties = node.get("properties")
    if not properties:
        raise ValueError(
            "a mapping with any keys cannot be asked for in strict mode; make it a list"
        )
    return {
        "properties": {
            name: _strict(value, definitions, inside) for name, value in properties.items()
        },
        "required": list(properties),
        "additionalProperties": False,
    }


@cache
def form_text(form: type[BaseModel]) -> str:
    """What the prompt says of the form at its end, in a notation that models have seen much of.

    It goes with every call, under a schema too: a grammar forces the form on a model, but does not
    tell it what the fields are for.
    """
    return (
        "Answer with one JSON object of this form and nothing"
        f" else:\n{_told(strict_schema(form), '')}"
    )


def _told(node: dict[str, Any], indent: str) -> str:
    if "anyOf" in node:
        return " | ".join(_told(one, indent) for one in node["anyOf"])
    if "enum" in node:
        return " | ".join(json.dumps(value, ensure_ascii=False) for value in node["enum"])
    if node.get("type") == "object":
        fields = (_field(name, value, f"{indent}  ") for name, value in node["properties"].items())
        return "{\n" + "".join(fields) + indent + "}"
    if node.get("type") == "array":
        return f"[{_told(node.get('items', {}), indent)}, …]"
    kind = str(node.get("type", "any"))
    return "number" if kind == "integer" else kind


def _field(name: str, node: dict[str, Any], indent: str) -> str:
    described = f"  // {' '.join(node['description'].split())}" if node.get("description") else ""
    return f"{indent}{json.dumps(name)}: {_told(node, indent)}{described}\n"
