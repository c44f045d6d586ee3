"""What a leaving tenant has goes, with its indexes; what others have stays."""

from pathlib import Path

import pytest

from tests.support.store import SPEC, a_live_source, default_twin, open_store, vector
from twind.domain.audit import Action
from twind.errors import Conflict, NotFound
from twind.store.store import Store, Tenant


def tables(store: Store) -> set[str]:
    return {row["name"] for row in store._db.rows("SELECT name FROM sqlite_schema")}


def with_vectors(tenant: Tenant) -> None:
    """Give a tenant a source that is found by its words and by its meaning."""
    a_live_source(tenant, "Bees dance.", generation=tenant.generations.start(SPEC))
    tenant.note(Action.TWIN_UPDATE, default_twin(tenant))


def test_indexes_go_with_the_tenant(store: Store, tenant: Tenant) -> None:
    with_vectors(tenant)
    before = tables(store)
    with_vectors(store.create_tenant("other"))
    assert {"vec_2", "fts_2"} <= tables(store) - before

    store.tenants.leave("other")
    store.erasure.wipe()

    assert tables(store) == before
    assert store._db.problems() == []
    active = tenant.generations.active()
    assert active is not None
    assert tenant.index.nearest(default_twin(tenant), active.key, vector("Bees dance."), 5)
    assert tenant.index.full_text(default_twin(tenant), "bees", 5)


def test_a_leaving_tenant_is_no_more_and_its_name_not_yet_free(store: Store) -> None:
    store.create_tenant("other")

    store.tenants.leave("other")

    assert store.tenants.ids() == ["default"]
    assert [record.id for record in store.tenants.list()] == ["default"]
    for look in (store.tenant, store.tenants.get):
        with pytest.raises(NotFound):
            look("other")
    with pytest.raises(Conflict):
        store.create_tenant("other")


def test_what_was_half_erased_is_erased_at_the_next_start(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    other = store.create_tenant("other")
    with_vectors(other)
    other.blobs.put_bytes(b"late")
    store.tenants.leave("other")
    other.twins.delete(default_twin(other))
    store.close()

    again = open_store(tmp_path)
    again.erasure.wipe()

    assert [row["id"] for row in again._db.rows("SELECT id FROM tenants")] == ["default"]
    assert again._db.rows("SELECT 1 FROM audit_log WHERE tenant_id = 'other'") == []
    assert not (tmp_path / "blobs" / "other").exists()
    again.close()


def test_only_a_leaving_tenant_loses_its_log(store: Store, tenant: Tenant) -> None:
    with_vectors(tenant)

    with pytest.raises(Exception, match="audit log"):
        store._db.delete_everywhere("tenant_id", tenant.id)

    assert tenant.twins.count() == 1
    assert len(tenant.audit.list()) == 1
