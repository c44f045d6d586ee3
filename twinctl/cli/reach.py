"""Who can open an address that is handed on."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from twinctl.cli.output import Output


def tell_if_local(output: "Output", url: str) -> None:
    """Say that nobody else can open an address, where it is one of this machine."""
    host = urlsplit(url).hostname or ""
    if host in {"localhost", "::1"} or host.startswith("127."):
        output.notice(
            "notice: this address works on this machine only\n"
            "hint: name the one that visitors know: "
            "twinctl config set public.url https://twin.example.com"
        )
