"""Watched folders that are driven step by step, on a clock of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.store import indexed
from twind.domain.jobs import Job
from twind.domain.sources import Source
from twind.domain.titles import title_of
from twind.ingest.handler import INGEST
from twind.ingest.intake import Intake
from twind.ingest.watch.folder import WatchedFolder
from twind.ingest.watch.follower import Follower
from twind.ingest.watch.pace import Pace
from twind.jobs.handler import JobContext
from twind.jobs.loop import JobLoop
from twind.store.store import Store, Tenant

QUIET_S = 5.0
STEP_S = 6.0
"""More than the quiet window."""


@dataclass(kw_only=True)
class Watching:
    """A twin with watched folders; nothing happens by itself."""

    tenant: Tenant
    twin: str
    loop: JobLoop
    follower: Follower
    folders: list[WatchedFolder] = field(default_factory=list)
    now: float = 1_000.0

    def watch(self, path: Path, *, exclude: tuple[str, ...] = ()) -> WatchedFolder:
        """Watch a folder, found and taken in as it is."""
        watch = self.tenant.watches.add(self.twin, str(path), exclude=exclude)
        self.folders = [each for each in self.folders if each.watch.id != watch.id]
        pace = Pace(quiet_s=QUIET_S)
        folder = WatchedFolder(self.tenant, watch, pace=pace, wake=lambda: None)
        self.folders.append(folder)
        self.look()
        return folder

    def look(self) -> None:
        """Look at everything, follow what is found, and do the jobs."""
        for folder in self.folders:
            folder.look(self.now)
        self.settle()

    def settle(self) -> None:
        """Let time pass until nothing more is waited for, and do the jobs."""
        while any(folder.settling.paths for folder in self.folders):
            self.now += STEP_S
            self.follower.follow(self.folders, self.now)
        while self.loop.run_once():
            pass

    def sources(self) -> dict[str, Source]:
        """Return the sources by place."""
        return {source.uri: source for source in self.tenant.sources.list(self.twin)}

    def jobs(self) -> int:
        """Return how many jobs there have been."""
        return sum(self.tenant.jobs.counts().values())


@contextmanager
def watching(store: Store, tenant: Tenant, twin: str) -> Iterator[Watching]:
    """Yield a twin whose watched folders are stepped through."""
    loop = JobLoop(store, {INGEST: index})
    intake = Intake(loop, max_file_bytes=1 << 20)
    made = Watching(tenant=tenant, twin=twin, loop=loop, follower=Follower(intake))
    yield made
    for folder in made.folders:
        folder.close()


def index(job: Job, context: JobContext) -> None:
    """Index a file whose text is one plain paragraph."""
    source = context.tenant.sources.get(job.source_id or "")
    text = Path(source.uri).read_text()
    context.tenant.sources.swap(
        source.id, indexed(context.tenant, text, title=title_of(Path(source.uri).name))
    )
