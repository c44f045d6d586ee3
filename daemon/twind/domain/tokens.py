"""A guess at how an embedding model would cut a text into tokens, for when there is no model."""

import re

_TOKEN = re.compile(
    r"[0-9]{1,2}"
    r"|[A-Za-z]{1,4}"
    r"|\S"  # punctuation, and each letter of every other script
)


def estimate_token_starts(text: str) -> list[int]:
    """Return where tokens start, rather too many than too few.

    English prose has about 4.5 letters a token; other scripts come near to one token a letter in
    a model that was made for English.
    """
    return [match.start() for match in _TOKEN.finditer(text)]
