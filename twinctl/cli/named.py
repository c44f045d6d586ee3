"""Which source is meant by what was typed: an id, how an id begins, or a place."""

import os
from typing import TYPE_CHECKING

from twinctl.errors import Misused

if TYPE_CHECKING:
    from twinctl.client.client import TwinClient
    from twinctl.wire.sources import SourceOut

_MOST = 5
"""How many sources are told where several are meant."""


def find_source(client: "TwinClient", twin: str, name: str) -> "SourceOut":
    """Return the one source that a name means.

    Raises:
        Misused: Several sources are meant, or nothing was named.
        ApiError: None is.
    """
    if not name:
        raise Misused("which source?", hint="twinctl sources list")
    path = os.path.abspath(os.path.expanduser(name))  # noqa: PTH100, PTH111 - keeps links
    for wanted in (name, path):
        found = list(client.sources(twin, named=wanted))
        if len(found) > 1:
            candidates = ", ".join(f"{each.id} ({each.title})" for each in found[:_MOST])
            candidates += ", …" if len(found) > _MOST else ""
            raise Misused(f"{name} means several sources", hint=f"say which: {candidates}")
        if found:
            return found[0]
    return client.source(twin, name)
