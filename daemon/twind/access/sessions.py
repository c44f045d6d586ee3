"""Sessions of visitors: minted by the server, short-lived, bound to what they were begun for."""

import hmac
import secrets
from dataclasses import asdict, dataclass
from hashlib import sha256

from twind.access.tokens import read, sign
from twind.errors import NotAuthenticated

LIFETIME_S = 15 * 60
RESUMABLE_S = 7 * 24 * 3600
_AUDIENCE = "twinctl-session"
_ID_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A visitor's session with one twin.

    Attributes:
        id: What its conversations belong to; nobody can guess it.
        tenant_id: Tenant of the twin.
        twin_id: The twin.
        opener: Id of the key or share link that it was begun with.
        origin: Origin of the page; empty for one of our own.
        visitor: Whom the site says it is, in a token that it signed; empty for anybody.
    """

    id: str
    tenant_id: str
    twin_id: str
    opener: str
    origin: str = ""
    visitor: str = ""

    def is_like(self, other: "Session") -> bool:
        """Return whether both were begun with the same, by the same, for the same."""
        return self._bound_to() == other._bound_to()  # noqa: SLF001 - its own class

    def _bound_to(self) -> tuple[str, ...]:
        return (self.tenant_id, self.twin_id, self.opener, self.origin, self.visitor)


def new_session_id() -> str:
    """Return the id of a new session."""
    return secrets.token_urlsafe(_ID_BYTES)


class Sessions:
    """Mints and reads the tokens of sessions."""

    def __init__(self, secret: bytes) -> None:
        """Sign with a key that is made of the secret of the server."""
        self._key = hmac.new(secret, b"sessions", sha256).digest()

    def mint(self, session: Session) -> str:
        """Return a token of a session, good for `LIFETIME_S`."""
        return sign(asdict(session), self._key, audience=_AUDIENCE, lifetime_s=LIFETIME_S)

    def read(self, token: str) -> Session:
        """Return the session of a token.

        Raises:
            NotAuthenticated: It is none of ours, or has expired (`session_expired`).
        """
        return self._session(token, leeway_s=0)

    def resumed(self, token: str | None, begun: Session) -> Session:
        """Return the session of an earlier token if it is like `begun`, else `begun` itself.

        A token that expired some days ago still shows whose the conversation is.
        """
        if token is None:
            return begun
        try:
            earlier = self._session(token, leeway_s=RESUMABLE_S)
        except NotAuthenticated:
            return begun
        return earlier if earlier.is_like(begun) else begun

    def _session(self, token: str, *, leeway_s: float) -> Session:
        claims = read(token, self._key, audience=_AUDIENCE, leeway_s=leeway_s)
        names = Session.__dataclass_fields__
        return Session(**{name: str(claims.get(name, "")) for name in names})
