"""The public listener, and what visitors may know of a twin and of what it says."""

from typing import Literal

from pydantic import BaseModel, Field

from twinctl.wire.locators import Locator


class ListenerIn(BaseModel):
    """Where the public listener is to listen; port 0 takes any that is free."""

    host: str = Field(default="127.0.0.1", min_length=1, max_length=255)
    port: int = Field(default=0, ge=0, le=65535)


class ListenerOut(BaseModel):
    """Whether the public listener runs.

    `url` is the address that visitors know it by, `listen` the host and port it listens on; both
    are null where it is off.
    """

    running: bool
    url: str | None = None
    listen: str | None = None


class Alive(BaseModel):
    """The public listener answers."""

    status: str = "ok"


class PublicTwinOut(BaseModel):
    """What a visitor may know of a twin; `language` is a BCP 47 tag or empty."""

    slug: str
    name: str
    greeting: str
    language: str


class PublicCitationOut(BaseModel):
    """A quote of a source; `url` leads to it where it lies on the web for everyone."""

    n: int
    title: str
    quote: str
    locator: Locator
    url: str | None = None


class PublicMessageOut(BaseModel):
    """A turn of a visitor's conversation; `answered` is null for the visitor's own.

    `feedback` is what the visitor said of an answer; null for nothing.
    """

    id: str
    role: str
    content: str
    answered: bool | None
    citations: list[PublicCitationOut]
    feedback: Literal["up", "down"] | None = None


class VisitorSecret(BaseModel):
    """What a site signs with to say who its visitor is: a JWT {sub, exp}, HS256."""

    secret: str
