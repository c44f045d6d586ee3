"""Daemons for which a server on loopback writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.endpoint import LoopbackEndpoint, Reply, chunk, event, ollama


@contextmanager
def written_daemon(
    root: Path, endpoint: LoopbackEndpoint, *, embedding: str
) -> Iterator[LiveDaemon]:
    """Yield a daemon whose answers a server writes; stop it afterwards."""
    models = (
        f'generator = "endpoint"\nendpoint_url = "{endpoint.url}"\nendpoint_model = "llama3"\n'
    )
    with live_daemon(root, embedding=embedding, models=models) as daemon:
        yield daemon


def prepare(endpoint: LoopbackEndpoint, text: str) -> None:
    """Have a server write this from now on."""
    endpoint.replies[:] = [ollama(text)]
    endpoint.asked.clear()


def prepare_to_stall(endpoint: LoopbackEndpoint, text: str) -> None:
    """Have a server write this and then nothing more until the other side hangs up."""
    said = event(chunk({"role": "assistant", "content": text}))
    endpoint.replies[:] = [Reply(pieces=[said], stalls=True)]
    endpoint.hung_up.clear()
