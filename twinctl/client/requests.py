"""What is sent, checked before it travels."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from twinctl.errors import Misused
from twinctl.wire.faults import fault_words

Wire = TypeVar("Wire", bound=BaseModel)


def checked(model: type[Wire], **values: object) -> Wire:
    """Return a wire model of these values.

    Raises:
        Misused: A value is not allowed; the message names it.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise Misused(fault_words(error.errors()[0])) from error
