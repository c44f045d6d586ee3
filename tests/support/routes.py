"""The routes of an application, and what each declares that it asks for."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.params import Depends, Security
from fastapi.routing import APIRoute, iter_route_contexts

from twind.serving.scopes import Check, Reach, open_to_all

OPEN = "open"

PUBLIC = {
    "GET /health",
    "GET /health/ready",
    "GET /widget.js",
    "POST /chat-widget/{twin_id}/session",
    "POST /chat-widget/{twin_id}",
    "GET /share/{twin_id}/{token}",
    "GET /public/validate-share/{twin_id}/{token}",
    "POST /public/chat/{twin_id}/{token}",
    "GET /v1/models",
    "POST /v1/chat/completions",
}
"""What visitors may call. Where GET is answered, HEAD is answered too."""


@dataclass(frozen=True, kw_only=True)
class Declared:
    """A way to call a route, such as `GET /twins/{twin_id}`, and its declarations."""

    method: str
    path: str
    asks: tuple[str, ...]
    reach: Reach | None

    @property
    def name(self) -> str:
        """Method and path."""
        return f"{self.method} {self.path}"


def routes(app: FastAPI) -> Iterator[Declared]:
    """Yield every route; nothing else but the OpenAPI document answers on an application."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if not isinstance(route, APIRoute):
            assert context.path is not None
            assert context.path == app.openapi_url
            continue
        checks = [each for each in route.dependencies if isinstance(each.dependency, Check)]
        for method in sorted(context.methods or ()):
            yield Declared(
                method=method,
                path=context.path or "",
                asks=tuple(word for each in route.dependencies for word in _asked(each)),
                reach=checks[0].dependency.reach if checks else None,  # type: ignore[union-attr]
            )


def _asked(dependency: Depends) -> list[str]:
    """Return the scopes that a dependency asks for, or that it asks for none."""
    if isinstance(dependency, Security) and isinstance(dependency.dependency, Check):
        return [str(scope) for scope in dependency.scopes or ()]
    return [OPEN] if dependency.dependency is open_to_all else []
