"""What the owner's application asks of a listener that it opens and closes."""

from dataclasses import dataclass, replace
from typing import Protocol, Self

from twind.errors import InvalidInput, TwindError

_LARGEST_PORT = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A host and a port, as they are listened on."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the address of a text such as `127.0.0.1:8080` or `[::1]:8080`.

        Raises:
            InvalidInput: It is none.
        """
        host, colon, port = text.strip().rpartition(":")
        host = host.removeprefix("[").removesuffix("]") if "[" in host else host
        is_port = port.isascii() and port.isdigit() and int(port) <= _LARGEST_PORT
        if not (colon and host and is_port):
            raise InvalidInput(
                f"{text} is no host and port",
                hint="twinctl config set public.listen 127.0.0.1:8080",
            )
        return cls(host=host, port=int(port))

    def reachable(self) -> "Address":
        """Return where this machine itself reaches it, should it stand for all addresses."""
        return replace(self, host="localhost") if self.host in {"0.0.0.0", "::"} else self  # noqa: S104 - compared

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


class Listener(Protocol):
    """An application on an address of its own, which starts and stops while the daemon runs."""

    problem: TwindError | None
    """Why it does not listen where the settings want it."""

    @property
    def unnamed_proxy(self) -> str | None:
        """A neighbour that hands on visitors, though the owner named no proxy there."""
        ...

    @property
    def known_as(self) -> str:
        """The address that the owner says visitors know it by; empty for none."""
        ...

    @property
    def address(self) -> Address | None:
        """Where it listens; None while it is off."""
        ...

    @property
    def url(self) -> str | None:
        """The address that visitors know it by; None while it is off."""
        ...

    def start(self, host: str, port: int) -> Address:
        """Listen; elsewhere than before if it runs already.

        Raises:
            InvalidInput: There is no such address on this machine.
            Conflict: The port is taken.
        """
        ...

    def stop(self) -> None:
        """Listen no more, and end what is still being answered."""
        ...
