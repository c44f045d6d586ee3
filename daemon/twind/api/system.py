"""What the daemon says about itself: `status` and `doctor`."""

import os
import time
from collections.abc import Iterator

from twinctl import __version__
from twinctl.wire.system import (
    Check,
    DaemonStatus,
    IndexStatus,
    JobCounts,
    ModelStatus,
    Status,
    StoreStatus,
)
from twind.api.failures import failure_out
from twind.api.listening import listener_check
from twind.api.memory import own_bytes
from twind.domain.jobs import JobStatus
from twind.errors import GeneratorFailed, ModelUnavailable
from twind.jobs.standstill import Standstill
from twind.models.generators import GeneratorRegistry
from twind.models.registry import EmbedderRegistry
from twind.serving.listening import Listener
from twind.store.health import Finding
from twind.store.store import Store, Tenant


class SystemReport:
    """State and findings over all tenants; for the owner of the machine alone."""

    def __init__(
        self,
        store: Store,
        embedders: EmbedderRegistry,
        generators: GeneratorRegistry,
        listener: Listener,
        standstill: Standstill,
    ) -> None:
        self._store = store
        self._embedders = embedders
        self._generators = generators
        self._listener = listener
        self._standstill = standstill
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
                rss_bytes=own_bytes(),
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
                embedding=embedder.spec.model_id if embedder else None,
                generator=self._generators.name,
            ),
            indexes=[_index(tenant) for tenant in tenants],
            problem=failure_out(self._standstill.failure),
        )

    def checks(self) -> list[Check]:
        """Examine the models, the tables and the indexes over them."""
        found = [_check(finding) for finding in self._store.health.check()]
        return [
            self._model_check(),
            self._generator_check(),
            *self._index_checks(),
            listener_check(self._listener),
            *self._job_checks(),
            *found,
        ]

    def repair(self) -> None:
        """Make those indexes anew that do not fit what is stored."""
        self._store.health.repair()

    def _tenants(self) -> list[Tenant]:
        return self._store.each_tenant()

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
            hint="twinctl models use all-MiniLM-L6-v2",
        )

    def _job_checks(self) -> Iterator[Check]:
        """Yield what keeps jobs from going on."""
        failure = self._standstill.failure
        if failure is not None:
            said = f"they wait: {failure.message}"
            yield Check(name="jobs", state="failed", message=said, hint=failure.hint)

    def _index_checks(self) -> Iterator[Check]:
        """Yield whose vectors the index of a tenant holds."""
        tenants = self._tenants()
        for tenant in tenants:
            name = "index" if len(tenants) == 1 else f"index of {tenant.id}"
            generation, index = tenant.generations.active(), _index(tenant)
            if generation is not None and self._embedders.for_spec(generation.spec) is None:
                said = f"vectors of {index.active}, which is not here; full text answers alone"
                yield Check(name=name, state="warning", message=said, hint="twinctl models list")
            elif index.building is not None:
                said = f"{index.building} has made {index.made} of {index.chunks}"
                answers = (
                    f"{index.active} answers meanwhile" if index.active else "none answer yet"
                )
                yield Check(name=name, state="ok", message=f"{said}; {answers}")
            elif index.active is not None:
                yield Check(name=name, state="ok", message=f"vectors of {index.active}")

    def _generator_check(self) -> Check:
        name = "generator"
        try:
            return Check(name=name, state="ok", message=self._generators.examine())
        except (ModelUnavailable, GeneratorFailed) as error:
            message = f"{error.message}; sentences of the sources answer instead"
            return Check(name=name, state="warning", message=message, hint=error.hint)


def _index(tenant: Tenant) -> IndexStatus:
    active, building = tenant.generations.active(), tenant.generations.building()
    made, chunks = tenant.generations.made(building.key) if building else (None, None)
    return IndexStatus(
        tenant=tenant.id,
        active=active.spec.model_id if active else None,
        building=building.spec.model_id if building else None,
        made=made,
        chunks=chunks,
    )


def _check(finding: Finding) -> Check:
    if not finding.problems:
        return Check(name=finding.name, state="ok", message=finding.message)
    return Check(
        name=finding.name,
        state="failed" if finding.repairable or finding.name == "database" else "warning",
        message=finding.message,
        hint="twinctl doctor --fix" if finding.repairable else None,
    )
