"""Overview: how the twin, its audience and the daemon are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from twinctl.cells import printable
from twinctl.charts import days_chart
from twinctl.client.calls import PAGE
from twinctl.client.client import TwinClient
from twinctl.tui.messages import News
from twinctl.tui.screen import TwinScreen
from twinctl.wire.audience import AudienceOut, DayOut
from twinctl.wire.system import Check, Status
from twinctl.wire.twins import TwinOut
from twinctl.wording import counted, percent, size

DAYS = 30
"""Days that the charts cover."""

_AGAIN_S = 10.0
"""What visitors ask comes without events, and is asked for this often."""

_LABEL = 10
_NARROW_CHART, _WIDE_CHART = 1, 8
"""Lines of the questions a day."""

Field = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the overview is made of; `failed` sources are counted up to a page."""

    twin: TwinOut
    failed: int
    status: Status
    checks: Sequence[Check]


class OverviewScreen(TwinScreen):
    """Everything at a glance, with the way to what needs care."""

    key: ClassVar[str] = "1"
    mode: ClassVar[str] = "overview"
    label: ClassVar[str] = "Overview"

    BINDINGS: ClassVar[list[BindingType]] = [
        ("a", "app.go('chat')", "Ask"),
        ("g", "app.go('audience')", "Gaps"),
        ("d", "app.go('settings')", "Doctor"),
    ]

    def compose_body(self) -> ComposeResult:
        """Make the parts."""
        with VerticalScroll(classes="overview"):
            with Vertical(classes="cards"):
                yield from _card("Twin", "overview-twin")
                yield from _card("Health", "overview-health")
            with Vertical(classes="cards"):
                yield from _card(f"Audience, {DAYS} days", "overview-audience")

    def on_mount(self) -> None:
        """Look again now and then, for questions come without events."""
        self.set_interval(_AGAIN_S, self.load_soon)

    def on_screen_resume(self) -> None:
        """Show how things are now."""
        if self.desk.edition:
            self.load()

    def load(self) -> None:
        """Ask how things are."""
        twin = self.desk.twin
        self.ask(lambda client: _known(client, twin), self._show)
        self.ask(
            lambda client: client.audience(twin, days=DAYS), self._show_audience, group="audience"
        )

    def changed(self, news: News) -> None:
        """Count anew."""
        if news.jobs or news.sources:
            self.load_soon()

    def _show(self, known: Known) -> None:
        self._fill("overview-twin", _twin_fields(known))
        self._fill("overview-health", _health_fields(known))

    def _show_audience(self, audience: AudienceOut) -> None:
        card = self.query_one("#overview-audience", Static)
        height = _WIDE_CHART if self.has_class("-wide") else _NARROW_CHART
        chart = days_chart(audience.daily, width=card.size.width, height=height)
        fields = _fields(_audience_fields(audience))
        card.update(Content("\n").join([*fields, Content.styled("\n".join(chart), "$primary")]))

    def _fill(self, name: str, fields: Iterable[Field]) -> None:
        self.query_one(f"#{name}", Static).update(Content("\n").join(_fields(fields)))


def _card(title: str, name: str) -> ComposeResult:
    with Vertical(classes="card"):
        yield Static(title, classes="card-title")
        yield Static(id=name)


def _fields(fields: Iterable[Field]) -> list[Content]:
    return [
        Content.from_markup("[$faint]$label[/]$text", label=f"{label:<{_LABEL}}", text=text)
        for label, text in fields
    ]


def _known(client: TwinClient, twin: str) -> Known:
    failed = islice(client.sources(twin, status="failed"), PAGE)
    return Known(
        twin=client.twin(twin),
        failed=sum(1 for _ in failed),
        status=client.status(),
        checks=client.checks().checks,
    )


def _twin_fields(known: Known) -> Iterable[Field]:
    twin = known.twin
    failed = f"{known.failed}{'+' if known.failed == PAGE else ''} failed"
    yield "name", printable(f"{twin.name} ({twin.slug})")
    yield "sources", counted(twin.sources, "source") + (f", {failed}" if known.failed else "")
    yield "passages", f"{twin.chunks:,}"


def _audience_fields(audience: AudienceOut) -> Iterable[Field]:
    today = _today(audience.daily, datetime.now(UTC).date())
    if today is None or not today.questions:
        yield "today", "no questions yet"
    else:
        visitors = counted(today.visitors, "visitor")
        yield "today", f"{_asked(today.questions, today.answered)}, {visitors}"
    yield "in all", _asked(audience.questions, audience.answered)
    if audience.gaps:
        gap = audience.gaps[0]
        yield "gaps", f"{len(audience.gaps)} open: {printable(gap.question)} ({gap.count})"


def _health_fields(known: Known) -> Iterable[Field]:
    daemon, store, models = known.status.daemon, known.status.store, known.status.models
    jobs = known.status.jobs
    yield "daemon", f"version {daemon.version}, {size(daemon.rss_bytes)} of memory"
    if store is not None:
        yield "store", f"{store.kind}, {size(store.bytes)}"
    if jobs is not None:
        yield "jobs", f"{jobs.queued} queued, {jobs.running} running, {jobs.failed} failed"
    if models is not None:
        yield "models", f"{models.embedding or 'full text alone'}, {models.generator}"
    bad = [check for check in known.checks if check.state != "ok"]
    for check in bad:
        yield check.state, f"{check.name}: {check.message}"
    if not bad:
        yield "checks", "nothing wrong in the daemon; d looks at the rest"


def _today(daily: Sequence[DayOut], day: date) -> DayOut | None:
    return next((each for each in reversed(daily) if each.day == day), None)


def _asked(questions: int, answered: int) -> str:
    if not questions:
        return "nothing asked"
    return f"{counted(questions, 'question')}, {percent(answered, questions)} answered"
