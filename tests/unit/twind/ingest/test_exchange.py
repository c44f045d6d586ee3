"""Exchanging the embedding model loses no vector, whatever runs meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.models import MAX_TOKENS, a_bert
from tests.support.store import a_live_source
from twind.errors import ModelUnavailable
from twind.ingest.embedding import ChunkEmbedding
from twind.ingest.exchange import EmbedderExchange
from twind.ingest.extraction import Extraction, ExtractionLimits
from twind.ingest.vectors import VECTORS, VectorsHandler
from twind.jobs.loop import JobLoop
from twind.models.registry import EmbedderRegistry
from twind.store.store import Store, Tenant

LIMITS = ExtractionLimits(timeout_s=60, memory_bytes=1 << 30)
WORDS = "bee " * (3 * MAX_TOKENS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """What an exchange works on; jobs run when a test says so."""

    exchange: EmbedderExchange
    embedders: EmbedderRegistry
    extraction: Extraction
    loop: JobLoop


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    a_bert(folder / "first")
    a_bert(folder / "second", pooling="cls")
    return folder


@pytest.fixture
def exchanged(store: Store, models: Path) -> Iterator[Exchanged]:
    embedders = EmbedderRegistry("first", models, keep_alive_s=-1)
    extraction = Extraction(LIMITS, tokenizer=None, max_tokens=None)
    loop = JobLoop(store, {VECTORS: VectorsHandler(embedders)})
    exchange = EmbedderExchange(store, embedders, extraction, loop)
    yield Exchanged(exchange=exchange, embedders=embedders, extraction=extraction, loop=loop)
    extraction.close()
    embedders.close()


def answering(tenant: Tenant) -> str | None:
    active = tenant.generations.active()
    return active.spec.model_id if active else None


def test_the_old_model_answers_until_the_job_has_run(exchanged: Exchanged, tenant: Tenant) -> None:
    a_live_source(tenant, "Bees dance.", "Wasps do not.")
    assert exchanged.exchange.follow()[tenant.id].kind == VECTORS
    assert exchanged.loop.run_once()
    assert answering(tenant) == "first"
    queued = exchanged.exchange.use("second")[tenant.id]
    assert answering(tenant) == "first"
    assert exchanged.exchange.holds("first")
    assert exchanged.exchange.holds("second")
    assert exchanged.loop.run_once()
    assert answering(tenant) == "second"
    assert not exchanged.exchange.holds("first")
    done = tenant.jobs.get(queued.id)
    assert (done.status, done.done, done.total) == ("succeeded", 2, 2)
    assert exchanged.exchange.use("second") == {}


def test_a_job_that_still_embeds_with_the_model_before_does_not_undo_the_exchange(
    exchanged: Exchanged, tenant: Tenant
) -> None:
    a_live_source(tenant, "Bees dance.")
    exchanged.exchange.follow()
    exchanged.loop.run_once()
    old = tenant.generations.active()
    assert old is not None
    exchanged.exchange.use("second")
    assert tenant.generations.start(old.spec) == old  # which gives up what was being built
    assert exchanged.loop.run_once()
    assert answering(tenant) == "second"
    a_live_source(tenant, "Wasps do not.", uri="/b.md", generation=old)
    ChunkEmbedding.make_up(tenant, old.key)
    new = tenant.generations.active()
    assert new is not None
    assert tenant.generations.missing(new.key, 9)
    assert exchanged.loop.run_once()
    assert tenant.generations.missing(new.key, 9) == []
    ChunkEmbedding.make_up(tenant, new.key)
    assert not exchanged.loop.run_once()


def test_a_model_that_is_not_here_changes_nothing(exchanged: Exchanged, tenant: Tenant) -> None:
    a_live_source(tenant, "Bees dance.")
    exchanged.exchange.follow()
    exchanged.loop.run_once()
    with pytest.raises(ModelUnavailable):
        exchanged.exchange.use("third")
    assert exchanged.embedders.name == "first"
    assert exchanged.embedders.current is not None
    assert tenant.generations.building() is None


def test_without_a_model_the_vectors_that_are_there_go_on_answering(
    exchanged: Exchanged, tenant: Tenant
) -> None:
    a_live_source(tenant, "Bees dance.")
    exchanged.exchange.follow()
    exchanged.loop.run_once()
    assert exchanged.exchange.use("none") == {}
    assert exchanged.embedders.current is None
    assert answering(tenant) == "first"


def test_texts_are_cut_for_the_model_that_is_current(exchanged: Exchanged, tmp_path: Path) -> None:
    (tmp_path / "blob").write_text(WORDS)

    def chunks() -> int:
        return len(exchanged.extraction.extract(tmp_path / "blob", name="a.txt", title="A").chunks)

    by_words = chunks()
    exchanged.exchange.follow()
    by_tokens = chunks()
    assert by_tokens > by_words
    exchanged.exchange.use("none")
    assert chunks() == by_words
