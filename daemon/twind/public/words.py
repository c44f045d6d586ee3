"""What visitors, and those who build pages and programs, are told of a failure.

The hints of errors are for the owner, who has the commands that they name. Those here are for
whoever asks from outside.
"""

from http import HTTPStatus

from twinctl.wire.codes import ErrorCode
from twind.errors import Overloaded, TwindError
from twind.serving.problems import Words, status_of

FAILED = "the answer could not be finished; ask again in a while"

_ANOTHER_KEY = "ask the owner of the twin for another key"
_ANOTHER_LINK = "ask whoever sent it for another"

HINTS = {
    ErrorCode.NOT_AUTHENTICATED: "send a key, or a session's token, as Authorization: Bearer …",
    ErrorCode.KEY_EXPIRED: _ANOTHER_KEY,
    ErrorCode.KEY_REVOKED: _ANOTHER_KEY,
    ErrorCode.NOT_ALLOWED: "ask the owner of the twin for a key that may do this",
    ErrorCode.SESSION_EXPIRED: "show the token where sessions begin, and go on with the new one",
    ErrorCode.VISITOR_REFUSED: "sign {sub, exp} with HS256 and the visitor secret of the key",
    ErrorCode.SHARE_EXPIRED: _ANOTHER_LINK,
    ErrorCode.SHARE_REVOKED: _ANOTHER_LINK,
    ErrorCode.SHARE_USED_UP: _ANOTHER_LINK,
}


def to_visitors(error: TwindError) -> Words:
    """Return a failure without what is inside of this machine, and what can be done outside."""
    is_inside = status_of(error.code) >= HTTPStatus.INTERNAL_SERVER_ERROR
    if is_inside and not isinstance(error, Overloaded):
        return Words(detail=FAILED)
    return Words(detail=error.message, hint=HINTS.get(error.code))
