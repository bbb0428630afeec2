"""The interface's own description, flattened for a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs


@attrs.frozen(slots=True)
class Way:
    """Something that can be asked."""

    method: str
    path: str
    summary: str
    parameters: list[str]


@attrs.frozen(slots=True)
class Field:
    """A field of an answer."""

    name: str
    type: str
    description: str


@attrs.frozen(slots=True)
class Shape:
    """An answer's shape."""

    name: str
    description: str
    fields: list[Field]


def ways(described: Mapping[str, Any]) -> list[Way]:
    """What can be asked, in the order of the description."""
    return [
        Way(
            method=method.upper(),
            path=path,
            summary=operation.get("summary", ""),
            parameters=[parameter["name"] for parameter in operation.get("parameters", ())],
        )
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
    ]


def shapes(described: Mapping[str, Any]) -> list[Shape]:
    """The shapes of the answers, by name."""
    return [
        Shape(
            name,
            schema.get("description", ""),
            [_field(*one) for one in schema.get("properties", {}).items()],
        )
        for name, schema in sorted(described["components"]["schemas"].items())
    ]


def _field(name: str, schema: Mapping[str, Any]) -> Field:
    return Field(name, _type(schema), schema.get("description", ""))


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(map(_type, schema["anyOf"]))
    if schema.get("type") == "array":
        return f"{_type(schema['items'])}[]"
    return str(schema.get("format") or schema.get("type") or "any")
