"""What is sent, checked before it travels."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from twinctl.errors import Misused

Wire = TypeVar("Wire", bound=BaseModel)


def checked(model: type[Wire], **values: object) -> Wire:
    """Return a wire model of these values.

    Raises:
        Misused: A value is not allowed; the message names it.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(str(part) for part in fault["loc"])
        raise Misused(f"{where}: {_SAID.get(fault['type'], fault['msg'])}") from error


_SAID = {
    "string_pattern_mismatch": "takes small letters, digits and dashes, "
    "and begins and ends with a letter or digit"
}
