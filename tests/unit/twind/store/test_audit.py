"""The audit log can be added to, and nothing else."""

import sqlite3

import pytest

from twind.domain.audit import Action
from twind.errors import InvalidInput
from twind.store.driver import load_driver
from twind.store.store import Store, Tenant

WRONGS = (
    "UPDATE audit_log SET actor = 'nobody'",
    "UPDATE audit_log SET tenant_id = 'other'",
    "DELETE FROM audit_log",
    "DELETE FROM audit_log WHERE tenant_id = 'default'",
)


@pytest.mark.parametrize("statement", WRONGS)
def test_an_entry_is_neither_changed_nor_deleted(
    statement: str, store: Store, tenant: Tenant
) -> None:
    store.create_tenant("other")
    tenant.note(Action.KEY_CREATE, "key_1", name="reports")
    before = list(tenant.audit.list())

    with pytest.raises((sqlite3.IntegrityError, load_driver().IntegrityError)):
        store._db.execute(statement)

    assert list(tenant.audit.list()) == before


def test_an_entry_tells_who_did_what_to_which(store: Store, tenant: Tenant) -> None:
    tenant.note(Action.KEY_CREATE, "key_1", name="reports")
    store.tenant(tenant.id, "key_1").note(Action.SOURCE_DELETE, "src_1", twin="twn_1")

    told = [
        (each.actor, each.action, each.kind, each.subject, each.details)
        for each in tenant.audit.list()
    ]
    assert told == [
        ("key_1", Action.SOURCE_DELETE, "source", "src_1", {"twin": "twn_1"}),
        ("owner", Action.KEY_CREATE, "key", "key_1", {"name": "reports"}),
    ]


def test_what_was_not_done_is_not_written_down(tenant: Tenant) -> None:
    def note_and_fail() -> None:
        with tenant.transaction():
            tenant.note(Action.TWIN_DELETE, "twn_1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        note_and_fail()

    assert len(tenant.audit.list()) == 0


def test_entries_come_newest_first_page_after_page(tenant: Tenant) -> None:
    for number in range(5):
        tenant.note(Action.TWIN_UPDATE, f"twn_{number}")

    first = tenant.audit.list(limit=3)
    rest = tenant.audit.list(limit=3, cursor=first.next_cursor)

    subjects = [entry.subject for entry in (*first, *rest)]
    assert subjects == ["twn_4", "twn_3", "twn_2", "twn_1", "twn_0"]
    assert rest.next_cursor is None
    with pytest.raises(InvalidInput):
        tenant.audit.list(cursor="x")
