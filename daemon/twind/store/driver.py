"""Finds a build of SQLite that can load extensions, and loads what the store needs into it."""

import importlib
import sys
from types import ModuleType
from typing import Any

from twind.errors import StoreUnusable

_OLDEST = (3, 43, 0)  # the first with deletable contentless full text
_UNWANTED = ("numpy", "pandas")


def load_driver() -> ModuleType:
    """Return `pysqlite3`, or the standard library's module where that one can load extensions.

    Raises:
        StoreUnusable: Neither can, or it is too old.
    """
    for name in ("pysqlite3.dbapi2", "sqlite3"):
        try:
            driver = importlib.import_module(name)
        except ImportError:
            continue
        able = hasattr(driver.Connection, "enable_load_extension")
        if able and driver.sqlite_version_info >= _OLDEST:
            return driver
    raise StoreUnusable(
        "this Python has no SQLite that the store can use (3.43 or newer, with extensions)",
        hint="install pysqlite3-binary, or a Python whose sqlite3 can load extensions",
    )


def load_vectors(connection: Any) -> None:
    """Load sqlite-vec into a connection."""
    connection.enable_load_extension(1)
    import_alone("sqlite_vec").load(connection)
    connection.enable_load_extension(0)


def import_alone(name: str) -> ModuleType:
    """Import a library without the big ones that it takes in when it finds them.

    They would cost the daemon tens of megabytes, and nothing here uses them.
    """
    if name in sys.modules:
        return sys.modules[name]
    hidden = [unwanted for unwanted in _UNWANTED if unwanted not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        return importlib.import_module(name)
    finally:
        for unwanted in hidden:
            del sys.modules[unwanted]
