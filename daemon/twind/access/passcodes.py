"""Passcodes of share links, kept as hashes that are slow to guess (scrypt, RFC 7914).

One is tried at a time: each takes 16 MiB, and a crowd that tries at once shall not take more.
"""

import secrets
import threading
import unicodedata
from hashlib import scrypt
from hmac import compare_digest

_COST = 2**14
_BLOCK = 8
_LANES = 1
_SALT_BYTES = 16

_one_at_a_time = threading.Lock()


def hash_passcode(passcode: str) -> str:
    """Return what is kept of a passcode."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return f"scrypt${_COST}${_BLOCK}${_LANES}${salt.hex()}${_digest(passcode, salt).hex()}"


def is_passcode(passcode: str, kept: str) -> bool:
    """Return whether a passcode, however its characters are composed, is the one that was kept."""
    *_, salt, digest = kept.split("$")
    return compare_digest(_digest(passcode, bytes.fromhex(salt)), bytes.fromhex(digest))


def _digest(passcode: str, salt: bytes) -> bytes:
    normal = unicodedata.normalize("NFKC", passcode).encode(errors="backslashreplace")
    with _one_at_a_time:
        return scrypt(normal, salt=salt, n=_COST, r=_BLOCK, p=_LANES)
