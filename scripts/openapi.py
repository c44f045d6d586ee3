"""An OpenAPI document as a Markdown page."""

from collections.abc import Iterator, Mapping
from typing import Any

Spec = Mapping[str, Any]


def to_markdown(spec: Spec) -> str:
    """Return routes by tag, then the models that travel."""
    parts = [spec["info"]["description"]]
    tag = None
    for path, methods in spec["paths"].items():
        for method, route in methods.items():
            if route["tags"][0] != tag:
                tag = route["tags"][0]
                parts.append(f"## {tag.capitalize()}")
            parts += _route(method.upper(), path, route)
    parts.append("## Models")
    for name, model in spec["components"]["schemas"].items():
        if not name.endswith("ValidationError"):
            parts += _model(name, model)
    return "\n\n".join(parts) + "\n"


def _route(method: str, path: str, route: Spec) -> Iterator[str]:
    yield f"### {method} {path}"
    yield route["description"]
    details = [*_scope(route), *_parameters(route), *_body(route), *_answers(route)]
    yield "\n".join(f"- {detail}" for detail in details)


def _scope(route: Spec) -> Iterator[str]:
    for scheme in route.get("security", ()):
        for scopes in scheme.values():
            yield f"with a key: scope {', '.join(f'`{scope}`' for scope in scopes)}"


def _parameters(route: Spec) -> Iterator[str]:
    for parameter in route.get("parameters", ()):
        if parameter["in"] == "query":
            about = parameter.get("description")
            named = f"`{parameter['name']}` ({_type(parameter['schema'])})"
            yield named + (f": {about}" if about else "")


def _body(route: Spec) -> Iterator[str]:
    kinds = route.get("requestBody", {}).get("content", {})
    for kind, body in kinds.items():
        schema = body.get("schema", {})
        named = "a form" if kind.startswith("multipart") else _type(schema)
        yield f"takes {named} (`{kind}`)"


def _answers(route: Spec) -> Iterator[str]:
    for status, answer in route["responses"].items():
        for kind, body in answer.get("content", {}).items():
            schema = body.get("schema")
            if status.startswith("2"):
                yield f"{status}: {_type(schema) if schema else 'events'} (`{kind}`)"


def _model(name: str, model: Spec) -> Iterator[str]:
    yield f"### {name}"
    if "description" in model:
        yield model["description"]
    if "enum" in model:
        yield f"One of {_type(model)}."
    required = set(model.get("required", ()))
    rows = ["| field | type |", "| --- | --- |"]
    for field, schema in model.get("properties", {}).items():
        optional = "" if field in required else ", may be left out"
        rows.append(f"| `{field}` | {_type(schema)}{optional} |")
    if rows[2:]:
        yield "\n".join(rows)


def _type(schema: Spec) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    if "enum" in schema:
        return ", ".join(f"`{one}`" for one in schema["enum"])
    return str(schema.get("format") or schema.get("const") or schema.get("type", "any"))
