"""The routes by which others than the owner come in: the listener, keys, tenants and links."""

from collections.abc import Iterator

from twinctl.client.calls import Calls, path_of
from twinctl.wire.keys import KeyCreated, KeyIn, KeyOut, KeyPage, RotateIn
from twinctl.wire.public import ListenerIn, ListenerOut, VisitorSecret
from twinctl.wire.shares import ShareCreated, ShareIn, ShareOut, SharePage
from twinctl.wire.tenants import TenantIn, TenantOut, TenantPage


class AccessCalls(Calls):
    """One method an endpoint; see `twinctl.client.client.TwinClient`."""

    def listener(self) -> ListenerOut:
        """Return whether the public listener runs, and where."""
        return self._ask(ListenerOut, "GET", "/public-listener")

    def start_listener(self, wanted: ListenerIn) -> ListenerOut:
        """Listen for visitors until the daemon stops."""
        return self._ask(ListenerOut, "PUT", "/public-listener", body=wanted)

    def stop_listener(self) -> ListenerOut:
        """Listen for visitors no more."""
        return self._ask(ListenerOut, "DELETE", "/public-listener")

    def create_key(self, wanted: KeyIn) -> KeyCreated:
        """Make a key; its secret is in this answer and nowhere else."""
        return self._ask(KeyCreated, "POST", "/api-keys", body=wanted)

    def keys(self) -> Iterator[KeyOut]:
        """Yield the keys of the tenant, newest first."""
        for page in self._pages(KeyPage, "/api-keys"):
            yield from page.keys

    def key(self, key_id: str) -> KeyOut:
        """A key, without its secret."""
        return self._ask(KeyOut, "GET", path_of("api-keys", key_id))

    def revoke_key(self, key_id: str) -> KeyOut:
        """End a key now; return it as it is then."""
        return self._ask(KeyOut, "DELETE", path_of("api-keys", key_id))

    def rotate_key(self, key_id: str, overlap_s: int) -> KeyCreated:
        """Make a key in the place of another, which works on for so many seconds."""
        wanted = RotateIn(overlap_s=overlap_s)
        return self._ask(KeyCreated, "POST", path_of("api-keys", key_id, "rotate"), body=wanted)

    def visitor_secret(self, key_id: str) -> VisitorSecret:
        """What the site of a publishable key signs with to say who its visitor is."""
        return self._ask(VisitorSecret, "GET", path_of("api-keys", key_id, "visitor-secret"))

    def create_tenant(self, wanted: TenantIn) -> TenantOut:
        """Make a tenant with its default twin."""
        return self._ask(TenantOut, "POST", "/tenants", body=wanted)

    def tenants(self) -> Iterator[TenantOut]:
        """Yield the tenants of the machine, by name."""
        for page in self._pages(TenantPage, "/tenants"):
            yield from page.tenants

    def delete_tenant(self, tenant_id: str) -> TenantOut:
        """Delete a tenant with all that it has; return it as it was."""
        return self._ask(TenantOut, "DELETE", path_of("tenants", tenant_id))

    def create_share(self, twin: str, share: ShareIn) -> ShareCreated:
        """Make a link to a twin."""
        return self._ask(ShareCreated, "POST", path_of("twins", twin, "share-links"), body=share)

    def shares(self, twin: str) -> Iterator[ShareOut]:
        """Yield the links to a twin, newest first, also those that have ended."""
        for page in self._pages(SharePage, path_of("twins", twin, "share-links")):
            yield from page.shares

    def revoke_share(self, share_id: str) -> ShareOut:
        """End a link; return it."""
        return self._ask(ShareOut, "DELETE", path_of("share-links", share_id))
