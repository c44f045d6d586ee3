"""Routes of figures: a twin's for people, the whole daemon's for a monitoring system."""

from typing import Any

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from twinctl.wire.audience import DailyOut, DashboardOut, TopQuestions
from twinctl.wire.system import Status
from twind.api.audience import PeriodDep
from twind.api.context import ServicesDep
from twind.api.figures import daily_out, dashboard_out, group_out
from twind.api.memory import resident_bytes
from twind.api.pages import USUAL_LIMIT, Limit
from twind.audience.reports import groups, most_asked, overview
from twind.domain.keys import Scope
from twind.serving.scopes import Reach, needs

router = APIRouter(prefix="/metrics", tags=["metrics"])

TEXT: dict[int | str, dict[str, Any]] = {
    200: {"content": {CONTENT_TYPE_LATEST: {"schema": {"type": "string"}}}}
}


@router.get(
    "",
    response_class=Response,
    responses=TEXT,
    dependencies=[needs(Scope.STATS_READ, Reach.MACHINE)],
)
def prometheus(services: ServicesDep) -> Response:
    """Tell a monitoring system how the daemon is, in the text format of Prometheus.

    Everything is summed over all tenants; answers are counted from the start of the daemon on.
    """
    text = generate_latest(services.audience.instruments.registry)
    gauges = generate_latest(_gauges(services.system.status()))
    return Response(text + gauges, media_type=CONTENT_TYPE_LATEST)


@router.get("/dashboard/{twin_id}", dependencies=[needs(Scope.STATS_READ)])
def dashboard(period: PeriodDep) -> DashboardOut:
    """Return the figures of the last days."""
    return dashboard_out(overview(period))


@router.get("/daily/{twin_id}", dependencies=[needs(Scope.STATS_READ)])
def daily(period: PeriodDep) -> DailyOut:
    """Return the last days one by one, oldest first."""
    return daily_out(overview(period))


@router.get("/top-questions/{twin_id}", dependencies=[needs(Scope.STATS_READ)])
def top_questions(period: PeriodDep, limit: Limit = USUAL_LIMIT) -> TopQuestions:
    """Return the groups of questions that were asked most in the last days."""
    most = most_asked(period, groups(period), limit)
    return TopQuestions(questions=[group_out(asking) for asking in most])


def _gauges(status: Status) -> CollectorRegistry:
    """Return what can be read off at any moment."""
    registry = CollectorRegistry()
    jobs = Gauge("twinctl_jobs", "Jobs by status.", ["status"], registry=registry)
    if status.jobs is not None:
        for name, count in status.jobs:
            jobs.labels(status=name).set(count)
    if status.store is not None:
        sources = Gauge("twinctl_sources", "Sources of all twins.", registry=registry)
        sources.set(status.store.sources)
        chunks = Gauge("twinctl_chunks", "Passages that can be found.", registry=registry)
        chunks.set(status.store.chunks)
    resident = Gauge(
        "process_resident_memory_bytes", "Resident memory, with mapped files.", registry=registry
    )
    resident.set(resident_bytes())
    return registry
