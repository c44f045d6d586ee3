"""The application that visitors reach. Only the routes of this table exist on it."""

from fastapi import FastAPI
from starlette.types import ASGIApp

from twind.access.pages import Pages
from twind.public import health, openai, share, widget
from twind.public.access import grant_for, tells_a_history
from twind.public.context import PublicServices
from twind.public.cors import Cors
from twind.public.guard import HostCheck, RequestCheck
from twind.public.headers import SecurityHeaders
from twind.public.heads import Heads
from twind.public.limiting import LimitHeaders
from twind.public.openai_errors import OpenAIErrors
from twind.public.words import to_visitors
from twind.serving.problems import add_error_handlers
from twind.serving.request_ids import RequestIds

ROUTES = (health, widget, share, openai)


class PublicApp(FastAPI):
    """An application whose guards stand around all of it, its own failures included."""

    def build_middleware_stack(self) -> ASGIApp:
        """Return the whole; a request passes from the last line to the first."""
        services: PublicServices = self.state.services
        app: ASGIApp = super().build_middleware_stack()
        app = RequestCheck(LimitHeaders(app), lambda scope: tells_a_history(scope, services))
        app = Cors(app, Pages(services.store.keys).has)
        app = HostCheck(app, services.site.host)
        app = OpenAIErrors(SecurityHeaders(app))
        return RequestIds(Heads(app))


def build_public_app(services: PublicServices) -> FastAPI:
    """Return the application over the services that `main` built."""
    app = PublicApp(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.services = services
    app.state.grant = grant_for
    add_error_handlers(app, to_visitors)
    for module in ROUTES:
        app.include_router(module.router)
    return app
