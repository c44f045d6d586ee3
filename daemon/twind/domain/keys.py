"""API keys: what a program or a site shows instead of opening the socket, and what it then may.

A secret is a prefix that names its kind, 43 characters of 256 random bits and 6 of their CRC-32,
both base 62. The checksum lets a scanner tell a leaked key from a random word without asking; it
is no part of what authenticates. Only the SHA-256 of a secret is kept.
"""

import secrets
import string
import zlib
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

_ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
_RANDOM_BITS = 256
_RANDOM_LENGTH = 43
_CHECKSUM_LENGTH = 6
_SHOWN = 8


class Scope(StrEnum):
    """What a key may be used for; a route asks for one."""

    CHAT = "chat"
    SEARCH = "search"
    SOURCES_READ = "sources:read"
    SOURCES_WRITE = "sources:write"
    STATS_READ = "stats:read"
    ADMIN = "admin"
    """Twins, keys, shares and whatever the others allow."""


class KeyKind(StrEnum):
    """Who may see a key."""

    PUBLISHABLE = "publishable"
    """Stands in the pages of a site; it may mint widget sessions and nothing else."""
    SECRET = "secret"  # noqa: S105 - the kind and not a secret
    """Stays on a server."""


class KeyState(StrEnum):
    """Whether a key can be used."""

    ACTIVE = "active"
    REPLACED = "replaced"
    """Another has taken its place; it works until the overlap ends."""
    EXPIRED = "expired"
    REVOKED = "revoked"


_PREFIXES = {KeyKind.PUBLISHABLE: "pk_", KeyKind.SECRET: "sk_"}
DEFAULT_SCOPES = {KeyKind.PUBLISHABLE: (), KeyKind.SECRET: (Scope.CHAT,)}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTerms:
    """What a key is for, as its owner chooses it. Times are UTC seconds.

    Attributes:
        name: What its owner calls it.
        kind: Who may see it.
        scopes: What it may be used for; none for a publishable key.
        twins: Ids of the twins that it reaches; empty for all of the tenant.
        origins: Patterns of the pages that may use it; empty for loopback pages only.
        expires_at: When it ends; None for never.
        requests_per_minute: The most that it may ask; None for the usual limit.
    """

    name: str
    kind: KeyKind = KeyKind.SECRET
    scopes: tuple[Scope, ...] = DEFAULT_SCOPES[KeyKind.SECRET]
    twins: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    expires_at: float | None = None
    requests_per_minute: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey(KeyTerms):
    """A key as it is kept, without its secret. Times are UTC seconds.

    Attributes:
        id: The key.
        prefix: First characters of the secret, by which its owner knows it.
        last_four: Its last ones.
        created_at: When it was made.
        last_used_at: When it was last used, to the minute; None if never.
        revoked_at: When its owner revoked it.
        replaced_by: Id of the key that took its place.
    """

    id: str
    prefix: str
    last_four: str
    created_at: float
    last_used_at: float | None = None
    revoked_at: float | None = None
    replaced_by: str | None = None

    def state(self, now: float) -> KeyState:
        """Return whether the key can be used at a moment."""
        if self.revoked_at is not None:
            return KeyState.REVOKED
        if self.expires_at is not None and self.expires_at <= now:
            return KeyState.EXPIRED
        return KeyState.ACTIVE if self.replaced_by is None else KeyState.REPLACED


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a request may do, and in whose name.

    Attributes:
        tenant_id: The tenant that it works on.
        actor: Who is at work, for the audit log: `owner`, or the id of a key.
        scopes: What it may do.
        twins: Ids of the twins that it reaches; empty for all of the tenant.
        key: The key that was shown; None for whoever opened the socket.
    """

    tenant_id: str
    actor: str
    scopes: tuple[Scope, ...]
    twins: tuple[str, ...] = ()
    key: ApiKey | None = None

    def may(self, scope: Scope) -> bool:
        """Return whether this scope, or the one over all, is granted."""
        return scope in self.scopes or Scope.ADMIN in self.scopes

    def reaches(self, twin_id: str | None) -> bool:
        """Return whether a twin is within reach; what belongs to no twin is so for all alone."""
        return not self.twins or twin_id in self.twins


OWNER = "owner"
"""The actor that opened the socket."""

WATCH = "watch"
"""The actor that keeps folders in step."""


def owner_grant(tenant_id: str) -> Grant:
    """Return what the owner may do in a tenant: everything."""
    return Grant(tenant_id=tenant_id, actor=OWNER, scopes=tuple(Scope))


def new_secret(kind: KeyKind) -> str:
    """Return the secret of a new key."""
    body = _base62(secrets.randbits(_RANDOM_BITS), _RANDOM_LENGTH)
    return f"{_PREFIXES[kind]}{body}{checksum(body)}"


def checksum(body: str) -> str:
    """Return the last characters of a secret, made of those between prefix and checksum."""
    return _base62(zlib.crc32(body.encode()), _CHECKSUM_LENGTH)


def secret_hash(secret: str) -> str:
    """Return what is kept of a secret: SHA-256, in hexadecimal digits. Takes any text."""
    return sha256(secret.encode(errors="backslashreplace")).hexdigest()


def shown_parts(secret: str) -> tuple[str, str]:
    """Return the first and the last characters, which are shown in lists."""
    return secret[:_SHOWN], secret[-4:]


def _base62(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, len(_ALPHABET))
        digits.append(_ALPHABET[digit])
    return "".join(reversed(digits))
