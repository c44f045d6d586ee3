"""How a route of the daemon is called: one document out, one in, or page after page."""

from collections.abc import Iterator, Mapping
from typing import TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ValidationError

from twinctl.client.transport import Transport
from twinctl.errors import DaemonUnreachable, Misused, NotFound

Wire = TypeVar("Wire", bound=BaseModel)

PAGE = 200
"""Rows that are asked for at once."""


class Calls:
    """What the methods of a client are made with."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def _pages(self, model: type[Wire], path: str, **query: object) -> Iterator[Wire]:
        cursor: str | None = None
        while True:
            page = self._ask(model, "GET", path, query={"limit": PAGE, **query, "cursor": cursor})
            yield page
            cursor = getattr(page, "next_cursor", None)
            if cursor is None:
                return

    def _ask(
        self,
        model: type[Wire],
        method: str,
        path: str,
        *,
        body: BaseModel | None = None,
        query: Mapping[str, object] | None = None,
    ) -> Wire:
        sent = None if body is None else body.model_dump_json(exclude_none=True).encode()
        answer = self._transport.raw(method, path, query=query, body=sent)
        try:
            return model.model_validate_json(answer)
        except ValidationError as error:
            raise DaemonUnreachable(
                f"the daemon answered {path} in a way this twinctl does not know",
                hint="twinctl daemon restart",
            ) from error


def path_of(*parts: str) -> str:
    """Return the path of these parts, each the name of something.

    Raises:
        Misused: A part is empty.
        NotFound: A part holds a slash, which no name does.
    """
    for part in parts:
        if not part:
            raise Misused("a name is empty")
        if "/" in part:
            raise NotFound(f"there is no {part}")
    return "/" + "/".join(quote(part, safe="") for part in parts)
