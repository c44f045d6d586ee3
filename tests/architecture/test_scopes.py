"""Every route of both applications declares one scope, or that it is open to all."""

from typing import Any

import pytest
from fastapi import APIRouter, Depends, FastAPI

from tests.support.routes import OPEN, Declared, routes
from twind.api.app import build_app
from twind.domain.keys import Scope
from twind.public.app import build_public_app
from twind.serving.scopes import OPEN_TO_ALL, Reach, needs

UNASKED: Any = None
"""Services, which routes look up only when they are asked."""

OWNER_ROUTES = list(routes(build_app(UNASKED)))
PUBLIC_ROUTES = list(routes(build_public_app(UNASKED)))
ANYWHERE = [*OWNER_ROUTES, *PUBLIC_ROUTES]

OPEN_ON_THE_SOCKET = {"GET /health/ready"}
MACHINE_WIDE = ("/health", "/metrics", "/models", "/public-listener", "/tenants")


@pytest.mark.parametrize("route", ANYWHERE, ids=lambda route: route.name)
def test_a_route_declares_exactly_one_scope(route: Declared) -> None:
    assert len(route.asks) == 1
    assert route.asks[0] in {OPEN, *Scope}


def test_the_socket_opens_nothing_without_a_scope_but_that_it_is_ready() -> None:
    found = {route.name for route in OWNER_ROUTES if route.asks == (OPEN,)}

    assert found == OPEN_ON_THE_SOCKET


def test_what_is_not_a_tenants_own_is_for_no_key() -> None:
    found = {route.path for route in OWNER_ROUTES if route.reach is Reach.MACHINE}

    assert {f"/{path.split('/')[1]}" for path in found} == set(MACHINE_WIDE)


def test_each_scope_is_asked_for_somewhere() -> None:
    assert {route.asks[0] for route in OWNER_ROUTES} == {OPEN, *Scope}


def test_routes_that_declare_nothing_or_too_much_are_noticed() -> None:
    router = APIRouter()

    @router.get("/nothing")
    def nothing() -> None: ...

    @router.get("/other", dependencies=[Depends(lambda: None)])
    def other() -> None: ...

    @router.get("/two", dependencies=[needs(Scope.CHAT), OPEN_TO_ALL])
    def two() -> None: ...

    app = FastAPI(docs_url=None, redoc_url=None)
    app.include_router(router)
    found = {route.path: len(route.asks) for route in routes(app)}
    assert found == {"/nothing": 0, "/other": 0, "/two": 2}
