"""Signed tokens: JSON web tokens with HMAC-SHA-256, and no other algorithm."""

import time
from collections.abc import Mapping
from typing import Any

from twinctl.wire.codes import ErrorCode
from twind.errors import NotAuthenticated

_ALGORITHM = "HS256"
_UNUSABLE = "this token cannot be used"


def sign(claims: Mapping[str, Any], key: bytes, *, audience: str, lifetime_s: float) -> str:
    """Return a token that states these claims for a while."""
    import jwt  # here, because it takes much time and memory that not every daemon needs

    now = time.time()
    return jwt.encode(
        {**claims, "aud": audience, "iat": int(now), "exp": now + lifetime_s},
        key,
        algorithm=_ALGORITHM,
    )


def read(
    token: str, key: bytes, *, audience: str | None = None, leeway_s: float = 0
) -> dict[str, Any]:
    """Return what a token states.

    Args:
        token: As it was given.
        key: What it must be signed with.
        audience: What it must be for; None where it need not say.
        leeway_s: Seconds by which it may have expired.

    Raises:
        NotAuthenticated: It is none, is signed otherwise or is for something else; the code is
            `session_expired` where only its time is over.
    """
    import jwt

    try:
        return jwt.decode(
            token,
            key,
            algorithms=[_ALGORITHM],
            audience=audience,
            leeway=leeway_s,
            options={"require": ["exp"], "verify_aud": audience is not None},
        )
    except jwt.ExpiredSignatureError:
        raise NotAuthenticated(_UNUSABLE, code=ErrorCode.SESSION_EXPIRED) from None
    except (jwt.InvalidTokenError, ValueError):
        raise NotAuthenticated(_UNUSABLE) from None
