"""How lists are paged: `limit` items, then on from `cursor`."""

from typing import Annotated

from fastapi import Query

Limit = Annotated[int, Query(ge=1, le=500, description="Items a page")]
Cursor = Annotated[str | None, Query(description="`next_cursor` of the page before")]
USUAL_LIMIT = 100
