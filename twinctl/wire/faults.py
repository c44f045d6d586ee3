"""What is wrong with a value that was sent or typed, in words."""

from collections.abc import Mapping
from typing import Any

_TEXT = "takes text"
_NUMBER = "takes a whole number"
_YES_OR_NO = "takes true or false"
_OBJECT = "takes a JSON object, sent as application/json"
_MOMENT = "takes a time with its zone, such as 2030-12-31T18:00:00Z"
_WORDS = {
    "string_pattern_mismatch": "takes small letters, digits and dashes, "
    "and begins and ends with a letter or digit",
    "string_too_short": "takes at least {min_length} characters",
    "string_too_long": "takes at most {max_length} characters",
    "string_type": _TEXT,
    "string_unicode": "holds half of a character",
    "too_short": "takes at least {min_length} of them",
    "too_long": "takes at most {max_length} of them",
    "list_type": "takes a list",
    "greater_than_equal": "takes no less than {ge}",
    "less_than_equal": "takes no more than {le}",
    "enum": "takes {expected}",
    "literal_error": "takes {expected}",
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_from_float": _NUMBER,
    "bool_type": _YES_OR_NO,
    "bool_parsing": _YES_OR_NO,
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "timezone_aware": _MOMENT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "json_invalid": "is not JSON: {error}",
    "missing": "is missing",
    "extra_forbidden": "is not known here",
}
"""By the kind of fault, as pydantic and FastAPI name it."""


def fault_words(fault: Mapping[str, Any]) -> str:
    """Return a fault that pydantic found, with the place where it is.

    >>> fault_words({"loc": ("name",), "type": "string_too_long", "ctx": {"max_length": 9}})
    'name: takes at most 9 characters'
    """
    return f"{_place(fault)}: {_said(fault)}"


def _place(fault: Mapping[str, Any]) -> str:
    is_offset = fault["type"] == "json_invalid"
    parts = fault["loc"][:-1] if is_offset else fault["loc"]
    return ".".join(str(part) for part in parts)


def _said(fault: Mapping[str, Any]) -> str:
    details = fault.get("ctx", {})
    if details.get("min_length") == 1:
        return "is empty"
    words = _WORDS.get(fault["type"])
    return words.format(**details) if words else str(fault["msg"])
