"""The owner's application."""

from fastapi import FastAPI

from twinctl import __version__
from twinctl.wire.errors import Problem
from twind.api import (
    audience,
    audit,
    chat,
    conversations,
    evaluations,
    events,
    health,
    ingest,
    jobs,
    keys,
    listener,
    metrics,
    models,
    search,
    shares,
    sources,
    tenants,
    twins,
    verified,
    visitors,
    watches,
)
from twind.api.context import Services, grant_for
from twind.serving.problems import add_error_handlers
from twind.serving.request_ids import RequestIds

ABOUT = (
    "The owner's API of the twinctl daemon, on its UNIX socket. Errors are RFC 9457 problem "
    "documents with a stable `code` and, where one helps, a `hint`. The header "
    "`X-Twinctl-Tenant` names the tenant; `X-Request-ID` is echoed or made. Whoever opens the "
    "socket is the owner and needs no key; with `Authorization: Bearer sk_…` a request may do "
    "what that key may, in the key's tenant. The scope that a route asks for stands with it. What "
    "is about the whole machine (health, models, tenants, the public listener and `/metrics`) is "
    "for the owner, whatever key is shown."
)

ROUTES = (
    search,
    chat,
    health,
    twins,
    ingest,
    sources,
    watches,
    jobs,
    events,
    verified,
    conversations,
    audience,
    metrics,
    evaluations,
    models,
    listener,
    keys,
    visitors,
    shares,
    tenants,
    audit,
)
"""In this order they are tried for each request, so those come first that a person waits for."""

_NOWHERE = {"type": "http", "method": "GET", "path": "/", "root_path": "", "headers": []}


def build_app(services: Services) -> FastAPI:
    """Return the application over the services that `main` built."""
    app = FastAPI(
        title="twinctl",
        version=__version__,
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
        responses={"default": {"model": Problem, "description": "A problem document"}},
    )
    app.state.services = services
    app.state.grant = grant_for
    add_error_handlers(app)
    app.add_middleware(RequestIds)
    for module in ROUTES:
        app.include_router(module.router)
    return app


def warm_up(app: FastAPI) -> None:
    """Make the routes ready, which FastAPI puts off until a request comes to them or beyond.

    Takes some tenths of a second, and may go on while requests come in.
    """
    for route in app.routes:
        route.matches(dict(_NOWHERE))
