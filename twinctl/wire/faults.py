"""What is wrong with a value that was sent or typed, in words."""

from collections.abc import Mapping
from typing import Any

_WORDS = {
    "string_pattern_mismatch": "takes small letters, digits and dashes, "
    "and begins and ends with a letter or digit",
    "string_too_short": "takes at least {min_length} characters",
    "string_too_long": "takes at most {max_length} characters",
    "greater_than_equal": "takes no less than {ge}",
    "less_than_equal": "takes no more than {le}",
    "enum": "takes {expected}",
    "literal_error": "takes {expected}",
    "int_parsing": "takes a whole number",
    "missing": "is missing",
}
"""By the kind of fault, as pydantic names it."""


def fault_words(fault: Mapping[str, Any]) -> str:
    """Return a fault that pydantic found, with the place where it is.

    >>> fault_words({"loc": ("name",), "type": "string_too_long", "ctx": {"max_length": 9}})
    'name: takes at most 9 characters'
    """
    place = ".".join(str(part) for part in fault["loc"])
    words = _WORDS.get(fault["type"])
    return f"{place}: {words.format(**fault.get('ctx', {})) if words else fault['msg']}"
