"""Every method of one tenant's tables, driven with what belongs to another."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.audience import SOMEBODY, asked, refused
from tests.support.store import SPEC, a_live_source, default_twin, indexed, vector
from twind.audience.rollups import roll_up
from twind.domain.audit import Action
from twind.domain.conversations import Conversation, Role
from twind.domain.evaluations import Figures
from twind.domain.generations import Generation
from twind.domain.jobs import Failure, Heartbeat, Job, JobLog
from twind.domain.keys import ApiKey, KeyTerms
from twind.domain.metrics import SECONDS_A_DAY, Dimension, Group, Rating, Ungrouped
from twind.domain.shares import NewShare, Share
from twind.domain.sources import Source, SourceKind
from twind.domain.twins import Persona, Size
from twind.domain.verified import VerifiedAnswer
from twind.domain.watches import Stamp, Watch, WatchCounts
from twind.errors import NotFound
from twind.store.sqlite import SqliteDatabase
from twind.store.store import Store, Tenant

FAILURE = Failure(code="x", message="x")
STAMP = Stamp(size=1, mtime_ns=1, inode="1", device="1")
FIGURES = Figures(
    right=1.0,
    recall=None,
    answered=1.0,
    supported=1.0,
    refused_rightly=None,
    refused_wrongly=0.0,
)
NEW_SHARE = NewShare(
    twin_id="",
    name="For the press",
    prefix="abc",
    token_hash="x",
    passcode_hash="y",
    expires_at=None,
    max_questions=9,
)
LINES = [JobLog(at=0.0, level="info", message="x")]


@dataclass(frozen=True, kw_only=True)
class Theirs:
    """What another tenant has: live, found by full text, embedded, with jobs of its own."""

    twin: str
    source: Source
    queued: Job
    running: Job
    conversation: Conversation
    group: Group
    ungrouped: Ungrouped
    message: str
    generation: Generation
    watch: Watch
    verified: VerifiedAnswer
    api_key: ApiKey
    share: Share
    key: int
    text_hash: str


Recipe = Callable[[Tenant, Theirs], Any]

NOTHING: dict[str, Recipe] = {
    "audience.conversations_of": lambda our, their: our.audience.conversations_of(
        their.twin, "vis_1"
    ),
    "audience.count_open": lambda our, their: our.audience.count_open(their.group),
    "audience.events": lambda our, their: our.audience.events(their.twin, 1),
    "audience.group": lambda our, their: our.audience.group(their.twin, their.group.id),
    "audience.groups": lambda our, their: our.audience.groups([their.group.key]),
    "audience.nearest": lambda our, their: our.audience.nearest(
        their.twin, SPEC.question_space, vector("x"), 3
    ),
    "audience.open_questions": lambda our, their: our.audience.open_questions(their.group, 5),
    "audience.ratings": lambda our, their: our.audience.ratings([their.message]),
    "audience.unembedded": lambda our, their: our.audience.unembedded(their.twin, "other", 5),
    "audience.worded": lambda our, their: our.audience.worded(their.twin, "grouped"),
    "blobs.drop_unused": lambda our, their: our.blobs.drop_unused([their.source.blob_hash]),
    "blobs.get": lambda our, their: our.blobs.get(their.source.blob_hash or ""),
    "chunks.known_vectors": lambda our, their: our.chunks.known_vectors(
        their.generation.key, [their.text_hash]
    ),
    "chunks.load": lambda our, their: our.chunks.load(their.twin, [their.key]),
    "chunks.of_source": lambda our, their: our.chunks.of_source(their.source.id),
    "chunks.places_around": lambda our, their: our.chunks.places_around(their.twin, [their.key]),
    "conversations.add": lambda our, their: our.conversations.add(
        their.conversation.id, Role.USER, "x"
    ),
    "conversations.first_with": lambda our, their: our.conversations.first_with(
        [their.conversation.id], ["x"]
    ),
    "conversations.get": lambda our, their: our.conversations.get(their.conversation.id),
    "conversations.latest": lambda our, their: our.conversations.latest(their.conversation.id, 4),
    "conversations.list": lambda our, their: our.conversations.list(their.twin).items,
    "conversations.messages": lambda our, their: (
        our.conversations.messages(their.conversation.id).items
    ),
    "conversations.messages_of": lambda our, their: our.conversations.messages_of(
        [their.conversation.id]
    ),
    "conversations.of_session": lambda our, their: our.conversations.of_session(
        their.twin, their.conversation.session
    ),
    "conversations.start": lambda our, their: our.conversations.start(their.twin, "x"),
    "conversations.withdraw": lambda our, their: our.conversations.withdraw(
        their.twin, their.source.id
    ),
    "documents.text": lambda our, their: our.documents.text(their.source.id),
    "evaluations.add": lambda our, their: our.evaluations.add(their.twin, "x", 1, FIGURES),
    "evaluations.list": lambda our, their: our.evaluations.list(their.twin).items,
    "figures.days": lambda our, their: our.figures.days(their.twin, 0, 9),
    "figures.asked": lambda our, their: our.figures.asked(their.twin, [their.group.key], 0, 9),
    "figures.groups": lambda our, their: our.figures.groups(their.twin, 0, 9),
    "figures.totals": lambda our, their: our.figures.totals(their.twin, Dimension.CHANNEL, 0, 9),
    "figures.uncited": lambda our, their: our.figures.uncited(their.twin, 0, 9, 5),
    "generations.activate": lambda our, their: our.generations.activate(their.generation.key),
    "generations.is_current": lambda our, their: our.generations.is_current(their.generation.key),
    "generations.made": lambda our, their: sum(our.generations.made(their.generation.key)),
    "generations.missing": lambda our, their: our.generations.missing(their.generation.key, 10),
    "generations.put": lambda our, their: our.generations.put(
        their.generation.key, [(their.key, vector("x"))]
    ),
    "index.chunk_count": lambda our, their: our.index.chunk_count(their.twin),
    "index.document_frequencies": lambda our, their: our.index.document_frequencies(
        their.twin, ["bees"]
    )["bees"],
    "index.full_text": lambda our, their: our.index.full_text(their.twin, "bees", 5),
    "index.matches": lambda our, their: our.index.matches(their.twin, ["bees"], [their.key]),
    "index.nearest": lambda our, their: our.index.nearest(
        their.twin, their.generation.key, vector("x"), 5
    ),
    "index.similarities": lambda our, their: our.index.similarities(
        their.generation.key, vector("x"), [their.key]
    ),
    "jobs.add": lambda our, their: our.jobs.add("ingest", None, their.source.id),
    "jobs.cancel": lambda our, their: our.jobs.cancel(their.queued.id),
    "jobs.cancel_requested": lambda our, their: our.jobs.cancel_requested(their.running.id),
    "jobs.get": lambda our, their: our.jobs.get(their.queued.id),
    "jobs.log": lambda our, their: our.jobs.log(their.running.id, LINES),
    "jobs.logs": lambda our, their: our.jobs.logs(their.running.id).items,
    "jobs.queued_beside": lambda our, their: our.jobs.queued_beside(their.running),
    "jobs.retry": lambda our, their: our.jobs.retry(their.queued.id),
    "jobs.some": lambda our, their: our.jobs.some([their.queued.id]),
    "jobs.settle_source": lambda our, their: our.jobs.settle_source(their.queued, FAILURE),
    "keys.get": lambda our, their: our.keys.get(their.api_key.id),
    "keys.replace": lambda our, their: our.keys.replace(their.api_key.id, "key_x", 1.0),
    "keys.revoke": lambda our, their: our.keys.revoke(their.api_key.id),
    "leases.cancelled": lambda our, their: our.leases.cancelled(their.running.id, "them"),
    "leases.fail": lambda our, their: our.leases.fail(their.running.id, "them", FAILURE),
    "leases.heartbeat": lambda our, their: our.leases.heartbeat(their.running.id, "them", 9.0),
    "leases.release": lambda our, their: our.leases.release(their.running.id, "them"),
    "leases.report": lambda our, their: our.leases.report(their.running.id, "them", 1, 2),
    "leases.succeed": lambda our, their: our.leases.succeed(their.running.id, "them"),
    "shares.add": lambda our, their: our.shares.add(replace(NEW_SHARE, twin_id=their.twin)),
    "shares.count_question": lambda our, their: our.shares.count_question(their.share.id),
    "shares.get": lambda our, their: our.shares.get(their.share.id),
    "shares.give_back": lambda our, their: our.shares.give_back(their.share.id),
    "shares.list": lambda our, their: our.shares.list(their.twin).items,
    "shares.passcode_hash": lambda our, their: our.shares.passcode_hash(their.share.id),
    "shares.settle": lambda our, their: our.shares.settle(their.share.id),
    "shares.revoke": lambda our, their: our.shares.revoke(their.share.id),
    "metrics.add": lambda our, their: our.metrics.add(asked(our, twin_id=their.twin), 0.0),
    "metrics.close": lambda our, their: our.metrics.close([their.message]),
    "metrics.drop_day": lambda our, their: our.metrics.drop_day(their.twin, 1),
    "metrics.forget": lambda our, their: our.metrics.forget(
        their.twin, "vis_1", [their.conversation.id]
    ),
    "metrics.put_in_groups": lambda our, their: our.metrics.put_in_groups(
        [(their.ungrouped.key, their.group.key)]
    ),
    "metrics.put_rollup": lambda our, their: our.metrics.put_rollup(
        their.twin, 1, roll_up([]), changes=1
    ),
    "metrics.put_vectors": lambda our, their: our.metrics.put_vectors(
        "model", [(their.group, vector("x"))]
    ),
    "metrics.rate": lambda our, their: our.metrics.rate(
        their.message, Rating.UP, SOMEBODY.session
    ),
    "metrics.start_group": lambda our, their: our.metrics.start_group(their.ungrouped, None, None),
    "sources.add": lambda our, their: our.sources.add(
        their.twin, SourceKind.FILE, their.source.uri, "x"
    ),
    "sources.begin": lambda our, their: our.sources.begin(their.source.id, their.queued.id),
    "sources.delete": lambda our, their: our.sources.delete(their.source.id),
    "sources.fail": lambda our, their: our.sources.fail(their.source.id, FAILURE),
    "sources.find": lambda our, their: our.sources.find(their.twin, their.source.uri),
    "sources.get": lambda our, their: our.sources.get(their.source.id),
    "sources.list": lambda our, their: our.sources.list(their.twin).items,
    "sources.move": lambda our, their: our.sources.move(their.source.id, "/elsewhere.md"),
    "sources.named": lambda our, their: our.sources.named(their.twin, their.source.uri),
    "sources.some": lambda our, their: our.sources.some([their.source.id]),
    "sources.swap": lambda our, their: our.sources.swap(their.source.id, indexed(our, "x")),
    "sources.unchanged": lambda our, their: our.sources.unchanged(
        their.source.id, their.source.blob_hash or ""
    ),
    "twins.delete": lambda our, their: our.twins.delete(their.twin),
    "twins.get": lambda our, their: our.twins.get(their.twin),
    "twins.size": lambda our, their: our.twins.size(their.twin),
    "twins.update": lambda our, their: our.twins.update(
        their.twin, name="x", persona=Persona(voice="x")
    ),
    "verified.add": lambda our, their: our.verified.add(their.twin, "Why?", "So."),
    "verified.all": lambda our, their: our.verified.all(their.twin),
    "verified.change": lambda our, their: our.verified.change(their.verified.id, answer="No."),
    "verified.delete": lambda our, their: our.verified.delete(their.verified.id),
    "verified.find": lambda our, their: our.verified.find(their.twin, their.verified.question),
    "verified.get": lambda our, their: our.verified.get(their.verified.id),
    "verified.list": lambda our, their: our.verified.list(their.twin).items,
    "verified.nearest": lambda our, their: our.verified.nearest(
        their.twin, SPEC, vector("Bees?"), 5
    ),
    "verified.put_vectors": lambda our, their: our.verified.put_vectors(
        SPEC, [(their.verified, vector("x"))]
    ),
    "verified.unembedded": lambda our, their: our.verified.unembedded(their.twin, SPEC),
    "visits.delete": lambda our, their: our.visits.delete([their.conversation.id]),
    "visits.of": lambda our, their: our.visits.of(their.twin, "vis_1"),
    "watched.find": lambda our, their: our.watched.find(their.watch.id, "/notes/a.md"),
    "watched.folders": lambda our, their: our.watched.folders(their.watch.id, "/"),
    "watched.in_folder": lambda our, their: our.watched.in_folder(their.watch.id, "/notes"),
    "watched.put": lambda our, their: our.watched.put(
        their.watch.id, "/notes/b.md", their.source.id, STAMP
    ),
    "watched.remove": lambda our, their: our.watched.remove(their.watch.id, "/notes/a.md"),
    "watches.add": lambda our, their: our.watches.add(their.twin, "/notes"),
    "watches.counts": lambda our, their: our.watches.counts(their.watch.id),
    "watches.get": lambda our, their: our.watches.get(their.watch.id),
    "watches.list": lambda our, their: our.watches.list(their.twin),
    "watches.note_event": lambda our, their: our.watches.note_event(their.watch.id),
    "watches.note_root": lambda our, their: our.watches.note_root(their.watch.id, "1:2"),
    "watches.remove": lambda our, their: our.watches.remove(their.watch.id),
}

# These take nothing that belongs to anybody; they must not see what others have.
OWN: dict[str, Callable[[Tenant], Any]] = {
    "audit.list": lambda our: our.audit.list().items,
    "blobs.remove_all": lambda our: our.blobs.remove_all(),
    "audience.changed_days": lambda our: our.audience.changed_days(),
    "audience.days_before": lambda our: our.audience.days_before(100_000),
    "audience.ungrouped": lambda our: our.audience.ungrouped(5),
    "blobs.sweep": lambda our: our.blobs.sweep(),
    "chunks.count": lambda our: our.chunks.count(),
    "generations.active": lambda our: our.generations.active(),
    "generations.building": lambda our: our.generations.building(),
    "jobs.counts": lambda our: sum(our.jobs.counts().values()),
    "jobs.list": lambda our: our.jobs.list().items,
    "jobs.unfinished": lambda our: our.jobs.unfinished("ingest"),
    "keys.list": lambda our: our.keys.list().items,
    "leases.claim": lambda our: our.leases.claim("us", 30.0),
    "leases.recover": lambda our: our.leases.recover(),
    "sources.count": lambda our: our.sources.count(),
    "twins.count": lambda our: our.twins.count() - 1,
    "twins.list": lambda our: our.twins.list().items[1:],
    "visits.before": lambda our: our.visits.before(9e9, 5),
    "watches.all": lambda our: our.watches.all(),
}

# These make something of the tenant's own and are not told of anybody else's.
MAKERS = {
    "audit.add",
    "blobs.discard",
    "blobs.keep",
    "blobs.put_bytes",
    "blobs.put_file",
    "blobs.put_stream",
    "generations.start",
    "keys.add",
    "twins.create",
}
TABLES = {field.name for field in fields(Tenant)} - {"id", "actor", "database"}


@pytest.fixture
def theirs(store: Store) -> Theirs:
    tenant = store.create_tenant("other")
    twin = default_twin(tenant)
    generation = tenant.generations.start(SPEC)
    source = a_live_source(tenant, "Bees dance.", page=1, generation=generation)
    tenant.jobs.add("ingest", twin, source.id)
    running = tenant.leases.claim("them", 30.0)
    assert running is not None
    tenant.jobs.cancel(running.id)
    tenant.jobs.log(running.id, LINES)
    queued = tenant.jobs.add("ingest", twin, source.id)
    conversation = tenant.conversations.start(twin, "Hello", SOMEBODY)
    tenant.conversations.add(conversation.id, Role.USER, "Hello")
    grouped, ungrouped = an_audience(tenant, conversation)
    watch = tenant.watches.add(twin, "/notes")
    tenant.watched.put(watch.id, "/notes/a.md", source.id, STAMP)
    verified = tenant.verified.add(twin, "Bees?", "They dance.")
    tenant.evaluations.add(twin, "questions.jsonl", 1, FIGURES)
    api_key = tenant.keys.add("sk_theirs", KeyTerms(name="theirs"))
    tenant.note(Action.KEY_CREATE, api_key.id)
    share = tenant.shares.add(replace(NEW_SHARE, twin_id=twin, token_hash="theirs"))
    tenant.shares.count_question(share.id)
    tenant.verified.put_vectors(SPEC, [(verified, vector("Bees?"))])
    return Theirs(
        twin=twin,
        source=tenant.sources.get(source.id),
        queued=queued,
        running=running,
        conversation=conversation,
        group=grouped,
        ungrouped=ungrouped,
        message="msg_grouped",
        generation=generation,
        watch=watch,
        verified=verified,
        api_key=api_key,
        share=share,
        key=tenant.chunks.of_source(source.id)[0].key,
        text_hash=indexed(tenant, "Bees dance.").text_hashes[0],
    )


def an_audience(tenant: Tenant, conversation: Conversation) -> tuple[Group, Ungrouped]:
    """Have two questions refused and one of them grouped; the day before is counted."""
    for n, name in enumerate(("grouped", "ungrouped")):
        question = refused(tenant, name, conversation_id=conversation.id, message_id=f"msg_{name}")
        tenant.metrics.add(question, (1 + n) * SECONDS_A_DAY)
    first, second = tenant.audience.ungrouped(2)
    tenant.metrics.start_group(first, SPEC.question_space, vector("grouped"))
    twin = conversation.twin_id
    figures = roll_up(tenant.audience.events(twin, 2))
    tenant.metrics.put_rollup(twin, 2, figures, changes=1)
    group = tenant.audience.nearest(twin, SPEC.question_space, vector("grouped"), 1)[0][0]
    return group, second


def everything(folder: Path) -> dict[str, Any]:
    """Return all rows of all tables and the names of all kept files."""
    db = SqliteDatabase.open(folder / "twinctl.db")
    tables = db.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL")
    found: dict[str, Any] = {
        table["name"]: [tuple(row) for row in db.rows(f'SELECT * FROM "{table["name"]}"')]
        for table in tables
        if not table["name"].endswith("_words")
    }
    db.close()
    found["files"] = sorted(
        str(path)
        for path in (folder / "blobs").rglob("*")
        if path.is_file() and path.parent.name != "incoming"
    )
    return found


def test_every_method_has_a_recipe(tenant: Tenant) -> None:
    methods = {
        f"{table}.{name}"
        for table in TABLES
        for name, _ in inspect.getmembers(getattr(tenant, table), inspect.ismethod)
        if not name.startswith("_")
    }

    assert methods == NOTHING.keys() | OWN.keys() | MAKERS


@pytest.mark.parametrize("method", sorted(NOTHING.keys() | OWN.keys()))
def test_nothing_of_another_tenant_is_seen_or_changed(
    store: Store, tenant: Tenant, theirs: Theirs, tmp_path: Path, method: str
) -> None:
    before = everything(tmp_path)

    try:
        got = OWN[method](tenant) if method in OWN else NOTHING[method](tenant, theirs)
    except NotFound:
        got = None

    nothing: tuple[Any, ...] = (None, False, 0, [], {}, (), set(), Size(sources=0, chunks=0))
    of_nobody = Heartbeat(ours=False, cancel_requested=False)
    assert got in (*nothing, ((), 0), of_nobody, WatchCounts(files=0, live=0, failed=0))
    assert everything(tmp_path) == before


def test_there_is_no_tenant_but_those_that_were_made(store: Store, theirs: Theirs) -> None:
    assert store.tenants.ids() == ["default", "other"]
    with pytest.raises(NotFound):
        store.tenant("nobody")


def test_a_transaction_covers_all_tables(tenant: Tenant) -> None:
    def make_and_fail() -> None:
        with tenant.transaction():
            tenant.twins.create("ada", "Ada")
            tenant.jobs.add("vectors")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        make_and_fail()

    assert tenant.twins.count() == 1
    assert len(tenant.jobs.list()) == 0
