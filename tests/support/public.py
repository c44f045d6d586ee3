"""What the public application works with, over a store and without a daemon."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from twind.access.keys import Keys
from twind.access.limits import Limits
from twind.access.named import NamedVisitors
from twind.access.sessions import Sessions
from twind.access.shares import Shares
from twind.access.streams import Streams
from twind.answer.service import AnswerService, Record
from twind.models.registry import EmbedderRegistry
from twind.public.context import PublicServices, Site
from twind.retrieve.search import Retriever
from twind.store.store import Store

SECRET = b"s" * 32


@contextmanager
def public_services(
    store: Store,
    folder: Path,
    *,
    record: Record = lambda *_: None,
    clock: Callable[[], float] = time.time,
) -> Iterator[PublicServices]:
    """Yield services of which one answer may be told at a time.

    Args:
        store: What they work on.
        folder: Of models; there are none.
        record: Notes answers.
        clock: What limits go by.
    """
    with closing(EmbedderRegistry("none", folder, keep_alive_s=0)) as registry:
        yield PublicServices(
            store=store,
            answers=AnswerService(
                Retriever(registry), lambda: None, record=record, answer_tokens=50
            ),
            keys=Keys(store),
            shares=Shares(store),
            sessions=Sessions(SECRET),
            named=NamedVisitors(SECRET),
            limits=Limits(store.limits, SECRET, clock=clock),
            streams=Streams(1),
            pseudonym=lambda *_: ("", True),
            rate=lambda *_: None,
            site=Site(),
        )
