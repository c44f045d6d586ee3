"""What a model of the hub is called by who wants it."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from twind.errors import InvalidInput
from twind.models.published import PUBLISHED

FORMS_HINT = "as in: OWNER/REPO, OWNER/REPO:Q4_K_M, OWNER/REPO/FILE.gguf"

_NAME = re.compile(
    r"(?P<repository>[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95})"
    r"(?:/(?P<file>[\w.+/-]+\.gguf)|:(?P<quantisation>\w[\w.-]*))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HubName:
    """A model of the hub.

    Attributes:
        repository: Owner and name.
        file: Path of the one file that is wanted, if it was named.
        quantisation: How the weights of the file that is wanted are rounded, if that was named.
    """

    repository: str
    file: str | None
    quantisation: str | None

    @property
    def is_generator(self) -> bool:
        """Whether one GGUF file is wanted."""
        return self.file is not None or self.quantisation is not None


def parse_hub_name(name: str) -> HubName:
    """Read a name; that of a model with known checksums stands for its repository.

    Raises:
        InvalidInput: It names nothing that a hub could have.
    """
    known = PUBLISHED.get(name)
    match = _NAME.fullmatch(known.repository if known else name)
    if match is None or ".." in PurePosixPath(name).parts:
        raise InvalidInput(f"{name!r} is no model of a hub", hint=FORMS_HINT)
    return HubName(**match.groupdict())
