"""The composition root: builds everything, then serves until it is told to stop."""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from socket import socket

import uvicorn
from fastapi import FastAPI

from twinctl import __version__
from twinctl.paths import Home, find_home
from twind.answer.service import AnswerService
from twind.api.app import build_app
from twind.api.context import Services
from twind.api.system import SystemReport
from twind.domain.sources import SourceKind
from twind.errors import TwindError
from twind.ingest.embedding import ChunkEmbedding
from twind.ingest.exchange import EmbedderExchange
from twind.ingest.extraction import Extraction, ExtractionLimits
from twind.ingest.fetch.addresses import Guard
from twind.ingest.fetch.file import FileFetcher
from twind.ingest.fetch.url import UrlFetcher
from twind.ingest.fetch.youtube import YouTubeFetcher
from twind.ingest.handler import INGEST, IngestHandler
from twind.ingest.intake import Intake
from twind.ingest.vectors import VECTORS, VectorsHandler
from twind.ingest.watch.pace import Pace
from twind.ingest.watch.watcher import Watcher
from twind.instance import listening_socket, make_folders, only_instance
from twind.jobs.events import Events
from twind.jobs.loop import JobLoop
from twind.jobs.models import ADD, PULL, AddHandler, PullHandler
from twind.logs import set_up_logging
from twind.models.catalogue import Catalogue
from twind.models.generators import GeneratorRegistry
from twind.models.library import Library
from twind.models.registry import EmbedderRegistry
from twind.retrieve.search import Retriever
from twind.settings import Settings
from twind.store.store import Store

log = logging.getLogger(__name__)

GRACE_S = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the daemon of a home in the foreground; return its exit code."""
    parser = argparse.ArgumentParser(prog="twind", description="The daemon behind twinctl.")
    parser.add_argument("--home", help="folder that holds everything")
    home = find_home(parser.parse_args(arguments).home)
    try:
        make_folders(home)
        settings = Settings.load(home.config)
        set_up_logging(settings.log_level)
        with (
            only_instance(home),
            running_services(home, settings) as services,
            listening_socket(home.socket) as listener,
        ):
            serve(build_app(services), listener, services.events)
    except TwindError as error:
        sys.stderr.write(f"error: {error.message}\n")
        if error.hint:
            sys.stderr.write(f"hint: {error.hint}\n")
        return 1
    return 0


@contextmanager
def running_services(home: Home, settings: Settings) -> Iterator[Services]:
    """Build the services and start the job loop; afterwards drain and close them."""
    with ExitStack() as stack:
        store = Store.open(home.database, home.blobs)
        stack.callback(store.close)
        store.erasure.start()
        stack.callback(store.erasure.stop)
        embedders = EmbedderRegistry(
            settings.embedding_model, home.models, keep_alive_s=settings.keep_alive_s
        )
        stack.callback(embedders.close)
        generators = GeneratorRegistry(lambda: Settings.load(home.config).generator_options(home))
        stack.callback(generators.close)
        extraction = Extraction(
            ExtractionLimits(
                timeout_s=settings.extract_timeout_s, memory_bytes=settings.extract_memory_bytes
            ),
            tokenizer=embedders.tokenizer,
            max_tokens=embedders.max_tokens,
        )
        stack.callback(extraction.close)
        library = Library(home.models)
        loop = JobLoop(
            store,
            {
                INGEST: IngestHandler(
                    {
                        SourceKind.FILE: FileFetcher(max_bytes=settings.max_file_bytes),
                        SourceKind.URL: UrlFetcher(
                            Guard(settings.private_hosts),
                            max_bytes=settings.max_file_bytes,
                            timeout_s=settings.fetch_timeout_s,
                        ),
                        SourceKind.YOUTUBE: YouTubeFetcher(settings.languages),
                    },
                    extraction,
                    ChunkEmbedding(embedders),
                ),
                VECTORS: VectorsHandler(embedders),
                PULL: PullHandler(library),
                ADD: AddHandler(library),
            },
        )
        exchange = EmbedderExchange(store, embedders, extraction, loop)
        start_work(loop, exchange)
        stack.callback(loop.stop, settings.drain_s)
        embedders.fetch_missing(exchange.follow)
        intake = Intake(loop, max_file_bytes=settings.max_file_bytes)
        watcher = Watcher(store, intake, Pace(quiet_s=settings.quiet_s))
        watcher.start()
        stack.callback(watcher.stop)
        retriever = Retriever(embedders)
        yield Services(
            store=store,
            loop=loop,
            intake=intake,
            watcher=watcher,
            retriever=retriever,
            catalogue=Catalogue(library, embedders, generators),
            exchange=exchange,
            generators=generators,
            answers=AnswerService(
                retriever,
                lambda: generators.current,
                record=lambda _, __: None,
                answer_tokens=settings.answer_tokens,
            ),
            system=SystemReport(store, embedders, generators),
            events=Events(store),
        )


def start_work(loop: JobLoop, exchange: EmbedderExchange) -> None:
    """Take up what a daemon before left, look which vectors are lacking, and begin."""
    loop.recover()
    exchange.follow()
    loop.start()


class Server(uvicorn.Server):
    """Ends the streams of events, which have no end of their own, before it waits for the rest."""

    def __init__(self, config: uvicorn.Config, events: Events) -> None:
        super().__init__(config)
        self._events = events

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """See `uvicorn.Server.shutdown`."""
        self._events.end()
        await super().shutdown(sockets)


def serve(app: FastAPI, listener: socket, events: Events) -> None:
    """Answer requests on the socket until SIGTERM or SIGINT.

    The server raises the signal again when it is done; by then it has served its purpose.
    """
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=GRACE_S
    )
    server = Server(config, events)

    def stop(*_: object) -> None:
        """End also when the signal comes before the server listens to signals itself."""
        server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    log.info("twind %s is ready", __version__)
    asyncio.run(server.serve(sockets=[listener]))
    log.info("stopping")


if __name__ == "__main__":
    sys.exit(main())
