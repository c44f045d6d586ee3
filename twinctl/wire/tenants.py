"""Tenants."""

from datetime import datetime

from pydantic import BaseModel, Field

TENANT = r"^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$"


class TenantIn(BaseModel):
    """A new tenant: lower-case letters, digits and hyphens."""

    id: str = Field(pattern=TENANT)


class TenantOut(BaseModel):
    """A tenant and how much it has."""

    id: str
    twins: int
    sources: int
    created_at: datetime


class TenantPage(BaseModel):
    """The tenants of the machine, by name; `next_cursor` is null on the last page."""

    tenants: list[TenantOut]
    next_cursor: str | None = None
