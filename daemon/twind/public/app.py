"""The application that visitors reach. Only the routes of this table exist on it."""

from fastapi import FastAPI

from twind.public import health
from twind.public.context import PublicServices
from twind.serving.problems import add_error_handlers
from twind.serving.request_ids import RequestIds

ROUTES = (health,)


def build_public_app(services: PublicServices) -> FastAPI:
    """Return the application over the services that `main` built."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.services = services
    add_error_handlers(app)
    app.add_middleware(RequestIds)
    for module in ROUTES:
        app.include_router(module.router)
    return app
