"""Where a server that writes answers is, and what may be sent there."""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from typing import Self
from urllib.parse import SplitResult, urlsplit

from twind.errors import ModelUnavailable

USUAL_PATH = "/v1"
USUAL_PORT = {"http": 80, "https": 443}
URL_HINT = "twinctl config set models.endpoint_url http://127.0.0.1:11434/v1"

_CHAT = "/chat/completions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The base address of a server; paths of the protocol follow `path`.

    Attributes:
        secure: Whether it is spoken to over TLS.
        host: A name or an IP address, without brackets.
        path: Starts with a slash and does not end with one.
        uds: UNIX socket that is connected to instead of host and port.
    """

    secure: bool
    host: str
    port: int
    path: str
    uds: Path | None = None

    @classmethod
    def parse(cls, url: str, uds: Path | None = None) -> Self:
        """Read an address such as `http://127.0.0.1:11434/v1`; without a path, `/v1` is meant.

        Raises:
            ModelUnavailable: It is no such address, or holds a password.
        """
        if not url:
            raise ModelUnavailable("there is no address of a server", hint=URL_HINT)
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise ModelUnavailable(f"the address {url!r} cannot be read", hint=URL_HINT) from error
        if parts.username is not None or parts.password is not None:
            raise ModelUnavailable(
                f"the address of {parts.hostname} holds a password",
                hint="leave it out of models.endpoint_url; a key goes to: "
                "twinctl models use endpoint --key -",
            )
        return cls._of(parts, port, url, uds)

    @classmethod
    def _of(cls, parts: SplitResult, port: int | None, url: str, uds: Path | None) -> Self:
        scheme, host = parts.scheme.lower(), parts.hostname
        if scheme not in USUAL_PORT or not host or not host.isascii():
            raise ModelUnavailable(f"{url!r} is no address of a web server", hint=URL_HINT)
        if parts.query or parts.fragment or not parts.path.isascii():
            raise ModelUnavailable(f"{url!r} is no base address", hint=URL_HINT)
        path = parts.path.rstrip("/").removesuffix(_CHAT) or USUAL_PATH
        return cls(
            secure=scheme == "https",
            host=host,
            port=port or USUAL_PORT[scheme],
            path=path,
            uds=uds,
        )

    @property
    def authority(self) -> str:
        """Host and port, as a `Host` header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = USUAL_PORT["https" if self.secure else "http"]
        return host if self.port == usual else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address for people."""
        return f"{'https' if self.secure else 'http'}://{self.authority}{self.path}"

    def is_open_to(self, peer: str) -> bool:
        """Say whether others can read along on the way to the IP address `peer`."""
        if self.secure:
            return False
        address = ip_address(peer.partition("%")[0])
        if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
            return address.ipv4_mapped.is_global
        return address.is_global
