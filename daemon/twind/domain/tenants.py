"""Tenants: who owns twins, keys and jobs; nothing of one is ever visible to another."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantRecord:
    """That there is a tenant, since when. Times are UTC seconds."""

    id: str
    created_at: float
