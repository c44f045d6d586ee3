"""Builds every part of the daemon and starts those that work by themselves."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from twinctl.paths import Home
from twind.access.keys import Keys
from twind.access.limits import Limits
from twind.access.named import NamedVisitors
from twind.access.sessions import Sessions
from twind.access.shares import Shares
from twind.access.streams import Streams
from twind.answer.service import AnswerService
from twind.answer.verified.questions import meaning_of
from twind.api.context import Services
from twind.api.system import SystemReport
from twind.audience.gaps import Gaps
from twind.audience.service import Audience
from twind.domain.sources import SourceKind
from twind.ingest.embedding import ChunkEmbedding
from twind.ingest.exchange import EmbedderExchange
from twind.ingest.extraction import Extraction, ExtractionLimits
from twind.ingest.fetch.addresses import Guard
from twind.ingest.fetch.base import Fetcher
from twind.ingest.fetch.file import FileFetcher
from twind.ingest.fetch.url import UrlFetcher
from twind.ingest.fetch.youtube import YouTubeFetcher
from twind.ingest.handler import INGEST, IngestHandler
from twind.ingest.intake import Intake
from twind.ingest.vectors import VECTORS, VectorsHandler
from twind.ingest.watch.pace import Pace
from twind.ingest.watch.watcher import Watcher
from twind.jobs.events import Events
from twind.jobs.handler import JobHandler
from twind.jobs.loop import JobLoop
from twind.jobs.models import ADD, PULL, AddHandler, PullHandler
from twind.models.catalogue import Catalogue
from twind.models.generators import GeneratorRegistry
from twind.models.library import Library
from twind.models.registry import EmbedderRegistry
from twind.public.app import build_public_app
from twind.public.context import PublicServices, Site
from twind.public.listener import PublicListener
from twind.retrieve.search import Retriever
from twind.settings import Settings
from twind.store.store import Store

MOST_STREAMS = 256
"""Answers that are told to visitors at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Models:
    """What turns text into vectors, what writes answers, and where both lie."""

    embedders: EmbedderRegistry
    generators: GeneratorRegistry
    library: Library


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What happens by itself: jobs, and folders that are kept in step."""

    loop: JobLoop
    exchange: EmbedderExchange
    intake: Intake
    watcher: Watcher


@contextmanager
def running_services(home: Home, settings: Settings) -> Iterator[Services]:
    """Build the services and start what works by itself; afterwards drain and close them."""
    with ExitStack() as stack:
        store = _opened_store(home, stack)
        models = _models(home, settings, stack)
        work = _started_work(store, models, settings, stack)
        retriever = Retriever(models.embedders)
        audience = _started_audience(store, models, settings, stack)
        answers = AnswerService(
            retriever,
            lambda: models.generators.current,
            record=audience.collector.record,
            answer_tokens=settings.answer_tokens,
        )
        keys = Keys(store)
        visitors = _visitors(store, answers, audience, keys, settings)
        listener = _started_listener(visitors, settings, stack)
        yield Services(
            store=store,
            keys=keys,
            named=visitors.named,
            shares=visitors.shares,
            limits=visitors.limits,
            loop=work.loop,
            intake=work.intake,
            watcher=work.watcher,
            retriever=retriever,
            catalogue=Catalogue(models.library, models.embedders, models.generators),
            exchange=work.exchange,
            generators=models.generators,
            answers=answers,
            audience=audience,
            gaps=_gaps(audience, answers),
            system=SystemReport(
                store, models.embedders, models.generators, listener, work.loop.standstill
            ),
            events=Events(store),
            listener=listener,
        )


def _opened_store(home: Home, stack: ExitStack) -> Store:
    store = Store.open(home.database, home.blobs)
    stack.callback(store.close)
    store.erasure.start()
    stack.callback(store.erasure.stop)
    return store


def _models(home: Home, settings: Settings, stack: ExitStack) -> _Models:
    embedders = EmbedderRegistry(
        settings.embedding_model, home.models, keep_alive_s=settings.keep_alive_s
    )
    stack.callback(embedders.close)
    generators = GeneratorRegistry(lambda: Settings.load(home.config).generator_options(home))
    stack.callback(generators.close)
    return _Models(embedders=embedders, generators=generators, library=Library(home.models))


def _started_work(store: Store, models: _Models, settings: Settings, stack: ExitStack) -> _Work:
    """Take up what a daemon before left, look which vectors are lacking, and begin."""
    extraction = _extraction(models.embedders, settings)
    stack.callback(extraction.close)
    loop = JobLoop(store, _job_handlers(models, extraction, settings))
    exchange = EmbedderExchange(store, models.embedders, extraction, loop)
    loop.recover()
    exchange.follow()
    loop.start()
    stack.callback(loop.stop, settings.drain_s)
    models.embedders.fetch_missing(exchange.follow)
    intake = Intake(loop, max_file_bytes=settings.max_file_bytes)
    watcher = Watcher(store, intake, Pace(quiet_s=settings.quiet_s))
    watcher.start()
    stack.callback(watcher.stop)
    return _Work(loop=loop, exchange=exchange, intake=intake, watcher=watcher)


def _started_audience(
    store: Store, models: _Models, settings: Settings, stack: ExitStack
) -> Audience:
    audience = Audience(
        store,
        lambda tenant: meaning_of(tenant, models.embedders),
        keep_days=settings.retention_days,
    )
    audience.start()
    stack.callback(audience.stop)
    return audience


def _gaps(audience: Audience, answers: AnswerService) -> Gaps:
    return Gaps(
        audience.collector,
        lambda tenant, twin, question: answers.attempt(tenant, twin, question).answer.answered,
    )


def _extraction(embedders: EmbedderRegistry, settings: Settings) -> Extraction:
    limits = ExtractionLimits(
        timeout_s=settings.extract_timeout_s, memory_bytes=settings.extract_memory_bytes
    )
    return Extraction(limits, tokenizer=embedders.tokenizer, max_tokens=embedders.max_tokens)


def _job_handlers(
    models: _Models, extraction: Extraction, settings: Settings
) -> dict[str, JobHandler]:
    embedding = ChunkEmbedding(models.embedders)
    return {
        INGEST: IngestHandler(_fetchers(settings), extraction, embedding),
        VECTORS: VectorsHandler(models.embedders),
        PULL: PullHandler(models.library),
        ADD: AddHandler(models.library),
    }


def _fetchers(settings: Settings) -> dict[SourceKind, Fetcher]:
    return {
        SourceKind.FILE: FileFetcher(max_bytes=settings.max_file_bytes),
        SourceKind.URL: UrlFetcher(
            Guard(settings.private_hosts),
            max_bytes=settings.max_file_bytes,
            timeout_s=settings.fetch_timeout_s,
        ),
        SourceKind.YOUTUBE: YouTubeFetcher(settings.languages),
    }


def _visitors(
    store: Store, answers: AnswerService, audience: Audience, keys: Keys, settings: Settings
) -> PublicServices:
    secret = store.secret()
    return PublicServices(
        store=store,
        answers=answers,
        keys=keys,
        shares=Shares(store),
        sessions=Sessions(secret),
        named=NamedVisitors(secret),
        limits=Limits(store.limits, secret),
        streams=Streams(MOST_STREAMS),
        pseudonym=audience.visitors.pseudonym,
        rate=audience.collector.rate,
        site=Site.parse(settings.public_url, settings.public_proxies),
    )


def _started_listener(
    services: PublicServices, settings: Settings, stack: ExitStack
) -> PublicListener:
    """Return the public listener; it runs already where the settings want it."""
    services.shares.recover()
    services.limits.start()
    stack.callback(services.limits.stop)
    site = services.site
    listener = PublicListener(build_public_app(services), url=site.url, forwarding=site.forwarding)
    stack.callback(listener.stop)
    if settings.public_listen:
        listener.try_start(settings.public_listen)
    return listener
