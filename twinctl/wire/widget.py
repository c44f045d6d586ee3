"""What the widget sends and is told."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from twinctl.wire.public import PublicMessageOut, PublicTwinOut
from twinctl.wire.texts import SAID

Vote = Literal["up", "down"]


class SessionIn(BaseModel):
    """Begin a session, or go on with that of an earlier token.

    `visitor` is a token that the site signed to say who its visitor is.
    """

    resume: str | None = Field(default=None, max_length=4096)
    visitor: str | None = Field(default=None, max_length=4096)


class SessionOut(BaseModel):
    """A session; `token` is good for `expires_in` seconds.

    Of a session that goes on, `conversation_id` and `messages` are what was said before, oldest
    first.
    """

    token: str
    expires_in: int
    twin: PublicTwinOut
    conversation_id: str | None = None
    messages: list[PublicMessageOut]


class WidgetIn(BaseModel):
    """A question (`message`), or what the visitor thinks of an answer (`message_id`)."""

    message: Annotated[str, Field(min_length=1, max_length=4000), SAID] | None = None
    conversation_id: str | None = Field(default=None, max_length=64)
    message_id: str | None = Field(default=None, max_length=64)
    feedback: Vote | None = None

    @model_validator(mode="after")
    def _is_one_of_both(self) -> "WidgetIn":
        if (self.message is None) == (self.message_id is None):
            raise PydanticCustomError("one_of", "takes either `message` or `message_id`")
        return self
