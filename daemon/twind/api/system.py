"""What the daemon says about itself: `status` and `doctor`."""

import os
import resource
import sys
import time
from pathlib import Path

from twinctl import __version__
from twinctl.wire.system import (
    Check,
    DaemonStatus,
    JobCounts,
    ModelStatus,
    Status,
    StoreStatus,
)
from twind.answer.service import GENERATOR
from twind.domain.jobs import JobStatus
from twind.models.registry import EmbedderRegistry
from twind.store.store import Store, Tenant

_STATM = Path("/proc/self/statm")


class SystemReport:
    """State and findings over all tenants; for the owner of the machine alone."""

    def __init__(self, store: Store, embedders: EmbedderRegistry) -> None:
        self._store = store
        self._embedders = embedders
        self._started = time.monotonic()

    def status(self) -> Status:
        """Return the state of the process, the store, the jobs and the models."""
        tenants = self._tenants()
        sizes = [tenant.twins.size(twin.id) for tenant in tenants for twin in tenant.twins.list()]
        jobs = [tenant.jobs.counts() for tenant in tenants]
        embedder = self._embedders.current
        return Status(
            daemon=DaemonStatus(
                running=True,
                pid=os.getpid(),
                version=__version__,
                uptime_s=round(time.monotonic() - self._started, 1),
                rss_bytes=resident_bytes(),
            ),
            store=StoreStatus(
                kind="sqlite",
                bytes=self._store.size_bytes(),
                twins=sum(tenant.twins.count() for tenant in tenants),
                sources=sum(tenant.sources.count() for tenant in tenants),
                chunks=sum(size.chunks for size in sizes),
            ),
            jobs=JobCounts(
                queued=sum(counts[JobStatus.QUEUED] for counts in jobs),
                running=sum(counts[JobStatus.RUNNING] for counts in jobs),
                failed=sum(counts[JobStatus.FAILED] for counts in jobs),
            ),
            models=ModelStatus(
                embedding=embedder.spec.model_id if embedder else None, generator=GENERATOR
            ),
        )

    def checks(self) -> list[Check]:
        """Examine the store, the index of every tenant, and the models."""
        return [self._model_check(), *(self._index_check(each) for each in self._tenants())]

    def repair(self) -> None:
        """Make the indexes anew where they do not fit what is stored."""
        for tenant in self._tenants():
            tenant.integrity.repair()

    def _tenants(self) -> list[Tenant]:
        return [self._store.tenant(tenant_id) for tenant_id in self._store.tenant_ids()]

    def _model_check(self) -> Check:
        name = "embedding model"
        embedder, problem = self._embedders.current, self._embedders.problem
        if embedder is not None:
            return Check(name=name, state="ok", message=embedder.spec.model_id)
        if problem is not None:
            message = f"{problem.message}; full text answers alone"
            return Check(name=name, state="warning", message=message, hint=problem.hint)
        return Check(
            name=name,
            state="warning",
            message="none is wanted; full text answers alone",
            hint="twinctl config set models.embedding all-MiniLM-L6-v2",
        )

    def _index_check(self, tenant: Tenant) -> Check:
        name = f"store of tenant {tenant.id}"
        faults = tenant.integrity.check()
        if not faults:
            return Check(name=name, state="ok", message="content and indexes agree")
        message = "; ".join(faults)
        return Check(name=name, state="failed", message=message, hint="twinctl doctor --fix")


def resident_bytes() -> int:
    """Return the memory that this process holds now, or at its peak where only that is known."""
    if _STATM.exists():
        return int(_STATM.read_text().split()[1]) * resource.getpagesize()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
