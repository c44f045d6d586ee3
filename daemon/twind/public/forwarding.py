"""Whose word is believed about where visitors come from."""

from collections.abc import Sequence

from twind.domain.addresses import Networks, client_address, is_beside, is_within


class Forwarding:
    """Finds the address of whoever asks, through the proxies that the owner named.

    Attributes:
        proxies: Their addresses.
        unnamed: A neighbour that said on whose behalf it asks, though no proxy of that address is
            named: all its visitors count as one. None while there was none.
    """

    def __init__(self, proxies: Networks = ()) -> None:
        self.proxies = proxies
        self.unnamed: str | None = None

    def client(self, peer: str, forwarded: Sequence[str]) -> str:
        """Return the address of the visitor.

        Args:
            peer: Who is connected.
            forwarded: The values of `X-Forwarded-For`, in their order.
        """
        if forwarded and is_beside(peer) and not is_within(peer, self.proxies):
            self.unnamed = peer
        return client_address(peer, forwarded, self.proxies)
