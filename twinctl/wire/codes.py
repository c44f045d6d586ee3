"""Stable codes of expected failures. Free of pydantic, so that the command line starts fast."""

from enum import StrEnum


class ErrorCode(StrEnum):
    """What went wrong, as a word that programs may rely on."""

    INTERNAL = "internal"
    INVALID = "invalid"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    CANCELLED = "cancelled"
    STORE_UNUSABLE = "store_unusable"
    MODEL_UNAVAILABLE = "model_unavailable"
    GENERATOR_FAILED = "generator_failed"
    SHUTTING_DOWN = "shutting_down"
    # Why a request was turned away.
    NOT_AUTHENTICATED = "not_authenticated"
    KEY_EXPIRED = "key_expired"
    KEY_REVOKED = "key_revoked"
    SESSION_EXPIRED = "session_expired"
    NOT_ALLOWED = "not_allowed"
    ORIGIN_REFUSED = "origin_refused"
    VISITOR_REFUSED = "visitor_refused"
    HOST_REFUSED = "host_refused"
    RATE_LIMITED = "rate_limited"
    BUSY = "busy"
    # Why an answer is asked of nobody.
    MODEL_NOT_FOUND = "model_not_found"
    # Why a share link lets nobody in.
    SHARE_EXPIRED = "share_expired"
    SHARE_REVOKED = "share_revoked"
    SHARE_USED_UP = "share_used_up"
    PASSCODE_WRONG = "passcode_wrong"
    # Why a model, or anything, could not be kept.
    CHECKSUM_MISMATCH = "checksum_mismatch"
    DISK_FULL = "disk_full"
    # Why a source failed.
    FILE_MISSING = "file_missing"
    FILE_UNREADABLE = "file_unreadable"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    EMPTY = "empty"
    NO_TEXT = "no_text"
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    EXTRACT_TIMEOUT = "extract_timeout"
    EXTRACT_CRASHED = "extract_crashed"
    EXTRACT_MEMORY = "extract_memory"
    # Why a place on the web gave nothing.
    ADDRESS_REFUSED = "address_refused"
    UNREACHABLE = "unreachable"
    FETCH_TIMEOUT = "fetch_timeout"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    PAGE_NOT_FOUND = "page_not_found"
    PAGE_FORBIDDEN = "page_forbidden"
    PAGE_CHALLENGE = "page_challenge"
    PAGE_CONSENT = "page_consent"
    PAGE_LOGIN = "page_login"
    PAGE_ERROR = "page_error"
    PAGE_EMPTY = "page_empty"
    SERVER_UNAVAILABLE = "server_unavailable"
    # Why a video gave nothing.
    NO_CAPTIONS = "no_captions"
    CAPTIONS_DISABLED = "captions_disabled"
    VIDEO_UNAVAILABLE = "video_unavailable"
    AGE_RESTRICTED = "age_restricted"
