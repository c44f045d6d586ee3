"""Routes of watched folders."""

from fastapi import APIRouter

from twinctl.wire.watches import WatchIn, WatchList, WatchOut
from twind.api.context import Scope, ScopeDep, Services, ServicesDep, check_may_name_paths
from twind.domain.keys import Scope as KeyScope
from twind.domain.watches import Watch
from twind.errors import NotFound
from twind.serving.scopes import needs
from twind.serving.times import moment_or_none

router = APIRouter(prefix="/watches/{twin_id}", tags=["watches"])


@router.get("", dependencies=[needs(KeyScope.SOURCES_READ)])
def list_watches(scope: ScopeDep, services: ServicesDep) -> WatchList:
    """List the watched folders of a twin, and how they are followed."""
    watches = scope.tenant.watches.list(scope.twin.id)
    return WatchList(watches=[watch_out(scope, services, watch) for watch in watches])


@router.post("", status_code=201, dependencies=[needs(KeyScope.SOURCES_WRITE)])
def add_watch(scope: ScopeDep, services: ServicesDep, watch: WatchIn) -> WatchOut:
    """Watch a folder and take in what is there; the same folder again gets the new globs.

    No key may: folders of this machine are its owner's.
    """
    check_may_name_paths(scope.grant)
    added = services.watcher.add(
        scope.tenant, scope.twin, watch.path, watch.include, watch.exclude
    )
    return watch_out(scope, services, added)


@router.delete("/{watch_id}", dependencies=[needs(KeyScope.SOURCES_WRITE)])
def remove_watch(scope: ScopeDep, services: ServicesDep, watch_id: str) -> WatchOut:
    """Watch a folder no longer; its sources stay. Return it as it was."""
    watch = scope.tenant.watches.get(watch_id)
    if watch.twin_id != scope.twin.id:
        raise NotFound(f"there is no watch {watch_id}", hint="see: twinctl watch list")
    last = watch_out(scope, services, watch)
    services.watcher.remove(scope.tenant, watch)
    return last


def watch_out(scope: Scope, services: Services, watch: Watch) -> WatchOut:
    """Return a watched folder as it travels."""
    condition = services.watcher.condition(watch)
    counts = scope.tenant.watches.counts(watch.id)
    return WatchOut(
        id=watch.id,
        path=watch.path,
        twin=scope.twin.slug,
        state=condition.state,
        reason=condition.reason,
        include=list(watch.include),
        exclude=list(watch.exclude),
        last_event_at=moment_or_none(watch.last_event_at),
        files=counts.files,
        live=counts.live,
        failed=counts.failed,
    )
