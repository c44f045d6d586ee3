"""The owner's application over real services, in this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.testclient import TestClient

from twinctl.paths import find_home
from twind.api.app import build_app
from twind.api.context import Services
from twind.composition import running_services
from twind.instance import make_folders
from twind.settings import Settings


@dataclass(frozen=True, kw_only=True)
class RunningApp:
    """An application, what it works with, and somebody who asks it."""

    services: Services
    client: TestClient


@contextmanager
def running_app(root: Path) -> Iterator[RunningApp]:
    """Yield the application of a home without an embedding model."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "config.toml").write_text('[models]\nembedding = "none"\n')
    home = find_home(str(root))
    make_folders(home)
    with running_services(home, Settings.load(home.config)) as services:
        app = build_app(services)
        with TestClient(app, base_url="http://localhost") as client:
            yield RunningApp(services=services, client=client)
