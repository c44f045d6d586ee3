"""Finds a build of SQLite that can load extensions."""

import importlib
from types import ModuleType
from typing import Any

import sqlite_vec

from twind.errors import StoreUnusable

_OLDEST = (3, 43, 0)  # the first with deletable contentless full text


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
        "This Python has no SQLite that the store can use (3.43 or newer, with extensions).",
        hint="Install pysqlite3-binary, or a Python whose sqlite3 can load extensions.",
    )


def load_vectors(connection: Any) -> None:
    """Load sqlite-vec into a connection."""
    connection.enable_load_extension(1)
    sqlite_vec.load(connection)
    connection.enable_load_extension(0)
