"""Visitors whom a site names, in a token that it signs; a bare name is never believed."""

import base64
import hmac
from hashlib import sha256

from twinctl.wire.codes import ErrorCode
from twind.access.tokens import read
from twind.errors import NotAllowed, NotAuthenticated

_LONGEST = 200
_CLOCKS_DIFFER_S = 60


class NamedVisitors:
    """Reads the tokens by which sites name their visitors."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def secret_of(self, key_id: str) -> str:
        """Return what the site of a key signs with; the same as long as the key is there."""
        digest = hmac.new(self._secret, f"visitors {key_id}".encode(), sha256).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def read(self, key_id: str, token: str, *, over_s: float = 0) -> str:
        """Return whom the site of a key says that the visitor is.

        Args:
            key_id: The key.
            token: What the site signed.
            over_s: Seconds by which it may have expired.

        Raises:
            NotAllowed: The token is not signed with the secret of the key, states nobody or has
                expired.
        """
        refused = NotAllowed(
            "the site did not say who its visitor is in a token that can be used",
            code=ErrorCode.VISITOR_REFUSED,
        )
        try:
            key = self.secret_of(key_id).encode()
            claims = read(token, key, leeway_s=over_s + _CLOCKS_DIFFER_S)
        except NotAuthenticated:
            raise refused from None
        name = claims.get("sub")
        if not isinstance(name, str) or not 0 < len(name) <= _LONGEST or not name.isprintable():
            raise refused
        return name
