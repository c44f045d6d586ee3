"""Removes from the files of the store what deletions leave behind in them.

Deleted twins and tenants leave all that they had; see `twind.store.removal`. Of the rest SQLite
overwrites what is deleted in its own pages (`secure_delete`), and sqlite-vec its vectors. Two
places still hold deleted text: full-text indexes, which only note that a row is gone, and the log
of the database, which holds pages as they were.
"""

import logging
import threading
import time

from twind.errors import StoreUnusable
from twind.store.index.text import TextIndex
from twind.store.removal import Removal
from twind.store.sqlite import SqliteDatabase

_log = logging.getLogger(__name__)

_BREATH_S = 0.002
_REST_S = 0.25
_PAUSE_S = 30.0  # after a failure
_REST_PER_WORK = 10  # so that many deletions cost a tenth of the time and not all of it


class Erasure:
    """Works in a thread of its own, in steps that writers can go between.

    What it has to do stands in the database itself, so that a killed daemon goes on with it.
    """

    def __init__(self, db: SqliteDatabase, text: TextIndex, removal: Removal) -> None:
        self._db = db
        self._text = text
        self._removal = removal
        self._changed = threading.Condition()
        self._requested = 0
        self._done = 0
        self._waiting = 0
        self._is_stopping = False
        self._thread = threading.Thread(target=self._work, name="erasure", daemon=True)

    def start(self) -> None:
        """Wipe what a daemon before left behind, then whatever is deleted from now on."""
        self.request()
        self._thread.start()

    def stop(self) -> None:
        """End after the step at hand; the next start goes on."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join()

    def request(self) -> None:
        """Have wiped soon what was deleted until now."""
        with self._changed:
            self._requested += 1
            self._changed.notify_all()

    def wait(self, limit_s: float) -> bool:
        """Have wiped at once what was deleted until now; return whether it was done in time."""
        with self._changed:
            self._requested += 1
            goal = self._requested
            self._waiting += 1
            self._changed.notify_all()
            try:
                self._changed.wait_for(lambda: self._is_stopping or self._done >= goal, limit_s)
                return self._done >= goal
            finally:
                self._waiting -= 1

    def wipe(self) -> bool:
        """Remove and wipe everything now; False when a reader kept the log from being emptied."""
        while not self._is_stopping and self._removal.step():
            self._let_others_write()
        for twin in self._db.rows("SELECT key FROM twins ORDER BY key"):
            while not self._is_stopping and self._wipe_part(twin["key"]):
                self._let_others_write()
        return self._db.empty_log()

    def _let_others_write(self) -> None:
        """Keep out of the way for a moment: who waits for the writer is in no queue."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopping, _BREATH_S)

    def _wipe_part(self, twin_key: int) -> bool:
        with self._db.transaction():
            twin = self._db.rows("SELECT 1 FROM twins WHERE key = :key", {"key": twin_key})
            return bool(twin) and self._text.wipe(twin_key)

    def _work(self) -> None:
        rest_s = 0.0
        while self._is_due(rest_s):
            goal, began = self._requested, time.monotonic()
            pause_s = self._try()
            with self._changed:
                if not pause_s:
                    self._done = goal
                    self._changed.notify_all()
                else:
                    self._changed.wait_for(lambda: self._is_stopping, pause_s)
            rest_s = max(_REST_S, _REST_PER_WORK * (time.monotonic() - began))

    def _is_due(self, rest_s: float) -> bool:
        """Wait until there is something to do; rest before it unless somebody waits."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopping or self._is_awaited(), rest_s)
            self._changed.wait_for(lambda: self._is_stopping or self._requested > self._done)
            return not self._is_stopping

    def _is_awaited(self) -> bool:
        return self._waiting > 0 and self._requested > self._done

    def _try(self) -> float:
        """Wipe everything; return in how many seconds to try again, 0 where it was done."""
        try:
            return 0.0 if self.wipe() else _REST_S
        except StoreUnusable as error:
            _log.warning("deleted text could not be wiped yet: %s", error.message)
        except Exception:  # noqa: BLE001
            _log.exception("deleted text could not be wiped; it will be tried again")
        return _PAUSE_S
