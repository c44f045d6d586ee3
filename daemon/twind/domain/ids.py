"""Identifiers: a prefix that names the kind and 26 characters that sort by time of making."""

import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 26
_RANDOM_BITS = 80


def new_id(prefix: str) -> str:
    """Return a new identifier such as `src_01k…`.

    The characters are Crockford's base 32 of 48 bits of Unix milliseconds and 80 random bits.

    Args:
        prefix: Kind of the thing: `twn`, `src`, `chk`, `job`, `cnv`, `msg`, `wch`, `qna`, `shr`,
            `key` or `aud`.
    """
    number = (time.time_ns() // 1_000_000) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    digits = [_ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(_LENGTH))]
    return f"{prefix}_{''.join(digits)}"
