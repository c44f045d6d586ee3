"""A public listener with a twin that knows something, shared by the tests of a module."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.visitors import PublicSide, public_side

SAMPLES = Path(__file__).parents[2] / "docs" / "samples"


@pytest.fixture(scope="session")
def side(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicSide]:
    """Yield the public listener."""
    with public_side(tmp_path_factory.mktemp("public") / "home") as running:
        running.daemon.json("ingest", str(SAMPLES / "building-a-wall.md"))
        yield running


@pytest.fixture(scope="session")
def key(side: PublicSide) -> str:
    """Return the secret of a publishable key for pages of `SITE`."""
    return str(side.key()["key"])
