"""Tells which jobs and sources changed, once the change is committed, whoever made it.

Triggers on the writer's connection see every change; nothing that writes has to think of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from twind.store.sqlite import SqliteDatabase

Kind = Literal["job", "source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A job or a source that was added, changed or deleted."""

    kind: Kind
    tenant_id: str
    twin_id: str | None
    id: str


Listener = Callable[[Change], None]


class Changes:
    """Calls listeners in the thread that committed; they must be quick and never fail."""

    def __init__(self, db: SqliteDatabase) -> None:
        self._db = db
        self._listeners: tuple[Listener, ...] = ()
        db.connection.create_function("tell_change", 4, self._note)
        for statement in _TRIGGERS:
            db.connection.execute(statement)

    def listen(self, listener: Listener) -> None:
        """Call `listener` with every change from now on."""
        self._listeners = (*self._listeners, listener)

    def _note(self, kind: Kind, tenant_id: str, twin_id: str | None, row_id: str) -> None:
        """Take a change from a trigger, in the middle of its transaction."""
        change = Change(kind=kind, tenant_id=tenant_id, twin_id=twin_id, id=row_id)
        self._db.after_commit(partial(self._tell, change))

    def _tell(self, change: Change) -> None:
        for listener in self._listeners:
            listener(change)


def _trigger(kind: Kind, verb: str, row: str) -> str:
    return (
        f"CREATE TEMP TRIGGER tell_{kind}_{verb} AFTER {verb} ON main.{kind}s BEGIN "
        f"SELECT tell_change('{kind}', {row}.tenant_id, {row}.twin_id, {row}.id); END"
    )


_ROWS = (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
_KINDS: tuple[Kind, ...] = ("job", "source")
_LOG = (
    "CREATE TEMP TRIGGER tell_job_log AFTER INSERT ON main.job_logs BEGIN "
    "SELECT tell_change('job', tenant_id, twin_id, id) FROM main.jobs WHERE id = NEW.job_id; END"
)
"""A job with a new line in its log has changed too."""

_TRIGGERS = (*(_trigger(kind, verb, row) for kind in _KINDS for verb, row in _ROWS), _LOG)
