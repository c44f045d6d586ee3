"""A twin with watched folders for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.watching import Watching, watching
from twind.store.store import Store, Tenant


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "notes"
    made.mkdir()
    return made


@pytest.fixture
def watched(store: Store, tenant: Tenant, twin: str) -> Iterator[Watching]:
    with watching(store, tenant, twin) as made:
        yield made
