"""Where a passage stands in its source."""

from typing import Any

from pydantic import BaseModel, SerializerFunctionWrapHandler, model_serializer


class Locator(BaseModel):
    """The parts that apply; pages count from 1, characters from 0, the end is exclusive."""

    page: int | None = None
    heading: str | None = None
    start_char: int | None = None
    end_char: int | None = None
    start_seconds: float | None = None

    @model_serializer(mode="wrap")
    def leave_out_what_does_not_apply(
        self, serialize: SerializerFunctionWrapHandler
    ) -> dict[str, Any]:
        """Return the fields that have a value."""
        return {name: value for name, value in serialize(self).items() if value is not None}
