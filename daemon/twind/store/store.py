"""The store: opened once by the daemon, handed out tenant by tenant."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Self

from twind.domain.audit import Action, Detail
from twind.domain.keys import OWNER
from twind.domain.twins import DEFAULT_TENANT, DEFAULT_TWIN
from twind.store.audience import AudienceTable
from twind.store.audit import AuditTable
from twind.store.blobs import BlobTable
from twind.store.changes import Changes
from twind.store.chunks import ChunkTable
from twind.store.content import Content
from twind.store.conversations import ConversationTable
from twind.store.database import Database
from twind.store.documents import DocumentTable
from twind.store.erasure import Erasure
from twind.store.evaluations import EvaluationTable
from twind.store.figures import FigureTable
from twind.store.generations import GenerationTable
from twind.store.health import Health
from twind.store.index.search import Index
from twind.store.index.text import TextIndex
from twind.store.index.vectors import VectorIndex
from twind.store.jobs import JobTable
from twind.store.keys import KeyIndex, KeyTable
from twind.store.leases import JobLeases
from twind.store.limits import LimitTable
from twind.store.metrics import MetricsTable
from twind.store.migrate import migrate
from twind.store.removal import Removal
from twind.store.salts import SaltTable
from twind.store.secret import server_secret
from twind.store.shares import ShareIndex, ShareTable
from twind.store.sources import SourceTable
from twind.store.sqlite import SqliteDatabase
from twind.store.tenants import TenantTable
from twind.store.twins import TwinTable
from twind.store.verified import VerifiedTable
from twind.store.visits import VisitTable
from twind.store.watched import WatchedFileTable
from twind.store.watches import WatchTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """Everything that belongs to one tenant, and nothing else.

    `actor` is who is at work in it, for the audit log.
    """

    id: str
    actor: str
    twins: TwinTable
    sources: SourceTable
    documents: DocumentTable
    chunks: ChunkTable
    jobs: JobTable
    leases: JobLeases
    conversations: ConversationTable
    generations: GenerationTable
    index: Index
    blobs: BlobTable
    watches: WatchTable
    watched: WatchedFileTable
    verified: VerifiedTable
    evaluations: EvaluationTable
    keys: KeyTable
    audit: AuditTable
    shares: ShareTable
    audience: AudienceTable
    figures: FigureTable
    metrics: MetricsTable
    visits: VisitTable
    database: Database

    def note(self, action: Action, subject: str, **details: Detail) -> None:
        """Write into the audit log what is being done, in the transaction that does it."""
        self.audit.add(self.actor, action, action.kind, subject, details)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make several changes at once or none; keep it short, others wait to write."""
        with self.database.transaction():
            yield


class Store:
    """A database file and a folder of blobs. One process has them open."""

    def __init__(self, db: SqliteDatabase, blobs: Path) -> None:
        self._db = db
        self._blobs = blobs
        self._text = TextIndex(db)
        self._vectors = VectorIndex(db)
        self.health = Health(db, self._text, self._vectors)
        self.removal = Removal(db, self._text, self._vectors, blobs)
        self.erasure = Erasure(db, self._text, self.removal)
        self.changes = Changes(db)
        self.tenants = TenantTable(db)
        self.keys = KeyIndex(db)
        self.limits = LimitTable(db)
        self.shares = ShareIndex(db)
        self.salts = SaltTable(db)

    @classmethod
    def open(cls, database: Path, blobs: Path) -> Self:
        """Open a store, made or brought up to date where needed, with its default tenant.

        Args:
            database: The file.
            blobs: Folder of the original bytes.

        Raises:
            StoreUnusable: The database cannot be opened or brought up to date.
        """
        db = SqliteDatabase.open(database)
        try:
            migrate(db.connection)
            store = cls(db, blobs)
            if DEFAULT_TENANT not in store.tenants.ids():
                store.create_tenant(DEFAULT_TENANT)
        except BaseException:
            db.close()
            raise
        store._sweep()
        return store

    def tenant(self, tenant_id: str, actor: str = OWNER) -> Tenant:
        """Return what belongs to a tenant.

        Args:
            tenant_id: The tenant.
            actor: Who is at work in it, for the audit log.

        Raises:
            NotFound: No such tenant.
        """
        return self._bind(self.tenants.get(tenant_id).id, actor)

    def each_tenant(self) -> list[Tenant]:
        """Return what belongs to each tenant, by id."""
        return [self._bind(tenant_id) for tenant_id in self.tenants.ids()]

    def create_tenant(self, tenant_id: str) -> Tenant:
        """Make a tenant with its default twin.

        Raises:
            Conflict: There is one of that id.
        """
        tenant = self._bind(tenant_id)
        with self._db.transaction():
            self.tenants.add(tenant_id)
            tenant.twins.create(DEFAULT_TWIN, "Default")
        return tenant

    def secret(self) -> bytes:
        """Return the secret that this installation signs and hashes with."""
        return server_secret(self._db)

    def size_bytes(self) -> int:
        """Return what the database takes on disk, without the blobs."""
        return self._db.size_bytes()

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def _sweep(self) -> None:
        """Remove files that nothing refers to, as a killed daemon leaves them."""
        tenants = {tenant.id: tenant for tenant in self.each_tenant()}
        for folder in self._blobs.glob("*"):
            if folder.name in tenants:
                tenants[folder.name].blobs.sweep()
            else:
                rmtree(folder)

    def _bind(self, tenant_id: str, actor: str = OWNER) -> Tenant:
        db = self._db
        content = Content(db, tenant_id, self._text, self._vectors, self.erasure)
        blobs = BlobTable(db, tenant_id, self._blobs)
        conversations = ConversationTable(db, tenant_id)
        sources = SourceTable(db, tenant_id, content, blobs, conversations)
        jobs = JobTable(db, tenant_id, sources)
        return Tenant(
            id=tenant_id,
            actor=actor,
            twins=TwinTable(db, tenant_id, self._text, self.erasure),
            sources=sources,
            documents=DocumentTable(db, tenant_id),
            chunks=ChunkTable(db, tenant_id),
            jobs=jobs,
            leases=JobLeases(db, tenant_id, jobs),
            conversations=conversations,
            generations=GenerationTable(db, tenant_id, content, self._vectors),
            index=Index(db, tenant_id, self._text, self._vectors),
            blobs=blobs,
            watches=WatchTable(db, tenant_id),
            watched=WatchedFileTable(db, tenant_id),
            verified=VerifiedTable(db, tenant_id, conversations),
            evaluations=EvaluationTable(db, tenant_id),
            keys=KeyTable(db, tenant_id),
            audit=AuditTable(db, tenant_id),
            shares=ShareTable(db, tenant_id),
            audience=AudienceTable(db, tenant_id),
            figures=FigureTable(db, tenant_id),
            metrics=MetricsTable(db, tenant_id),
            visits=VisitTable(db, tenant_id),
            database=db,
        )
