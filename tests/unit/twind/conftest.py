"""A store for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.store import default_tenant, default_twin, open_store
from twind.store.store import Store, Tenant


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def tenant(store: Store) -> Tenant:
    return default_tenant(store)


@pytest.fixture
def twin(tenant: Tenant) -> str:
    return default_twin(tenant)
