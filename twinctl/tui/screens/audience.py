"""Audience: questions by day and by meaning, gaps to be answered, and all else of the report."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from twinctl.charts import days_chart
from twinctl.tui.screen import TwinScreen
from twinctl.tui.widgets.breakdowns import Breakdowns
from twinctl.tui.widgets.gap import AnswerWindow, ClosedWindow
from twinctl.tui.widgets.table import Column, Table
from twinctl.wire.audience import AudienceOut, GapClosed, GapOut, GroupOut
from twinctl.wording import ago, counted, milliseconds, percent

_SPANS = (30, 90, 365, 7)
_RENEW_S = 30.0
_NARROW_CHART, _WIDE_CHART = 3, 6
_ROOMY_LINES = 36
_TRACK_STYLES = ("$success", "$secondary", "$text-muted")
"""Colours of the lines below the questions: the answered share, visitors, dates."""


def _gap_columns() -> tuple[Column[GapOut], ...]:
    return (
        Column(title="REFUSED", text=lambda gap: str(gap.count), width=7, is_right=True),
        Column(title="VISITORS", text=lambda gap: str(gap.visitors), width=8, is_right=True),
        Column(
            title="LAST",
            text=lambda gap: ago(gap.last_asked, datetime.now(UTC)),
            width=6,
            is_right=True,
        ),
        Column(title="QUESTION", text=lambda gap: gap.question),
    )


def _group_columns() -> tuple[Column[GroupOut], ...]:
    return (
        Column(title="ASKED", text=lambda group: str(group.count), width=7, is_right=True),
        Column(
            title="ANSWERED",
            text=lambda group: percent(group.answered, group.count),
            width=8,
            is_right=True,
            tone=lambda group: "" if group.answered else "table--bad",
        ),
        Column(title="CHANGE", text=lambda group: f"{group.trend:+}", width=6, is_right=True),
        Column(title="QUESTION", text=lambda group: group.question),
    )


class AudienceScreen(TwinScreen):
    """What people ask the twin in force, over some days."""

    key: ClassVar[str] = "5"
    mode: ClassVar[str] = "audience"
    label: ClassVar[str] = "Audience"

    BINDINGS: ClassVar[list[BindingType]] = [
        ("a", "answer", "Answer this gap"),
        Binding("enter", "choose", show=False),
        ("d", "next_span", "Days"),
        ("tab", "app.focus_next", "Next list"),
    ]
    ROW_ACTIONS: ClassVar[Mapping[str, str]] = {"answer": "gaps"}

    def compose_body(self) -> ComposeResult:
        """Make the figures, the chart, the lists to choose from, and those to look at."""
        self.gaps: Table[GapOut] = Table(
            _gap_columns(), lambda gap: gap.id, empty="loading", id="gaps"
        )
        self.groups: Table[GroupOut] = Table(
            _group_columns(), lambda group: group.id, empty="loading", id="groups"
        )
        self._days = _SPANS[0]
        self._audience: AudienceOut | None = None
        with VerticalScroll(classes="audience", can_focus=False):
            with Vertical(classes="figures"):
                yield Static(id="audience-figures", markup=False)
                yield Static(id="audience-chart", markup=False)
            with Container(classes="pair"):
                with Vertical():
                    yield Static("Gaps: asked, and refused", classes="list-title")
                    yield self.gaps
                with Vertical():
                    yield Static("Questions, by meaning", classes="list-title")
                    yield self.groups
            yield Breakdowns()

    def on_mount(self) -> None:
        """Begin on the gaps, and look for new questions from time to time."""
        self.gaps.focus()
        self.set_interval(_RENEW_S, self._renew)

    def on_resize(self) -> None:
        """Draw the chart as wide as there is room."""
        self._draw()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Come back to the figures above the first list."""
        if event.widget is self.gaps:
            self.query_one(".audience").scroll_home(animate=False)

    def load(self) -> None:
        """Ask for the report of the days."""
        twin, days = self.desk.twin, self._days
        self.ask(lambda client: client.audience(twin, days=days), self._show)

    def action_next_span(self) -> None:
        """Report the next number of days."""
        self._days = _SPANS[(_SPANS.index(self._days) + 1) % len(_SPANS)]
        self.load()

    @on(Table.Chosen, "#gaps")
    def action_answer(self) -> None:
        """Write the answer to the gap under the cursor."""
        gap = self.gaps.row
        if gap is not None:
            self.app.push_screen(AnswerWindow(self.desk, gap), self._tell_closed)

    def action_choose(self) -> None:
        """Answer the gap under the cursor, if the gaps are what the user is at."""
        if self.gaps.has_focus:
            self.action_answer()

    def _tell_closed(self, closed: GapClosed | None) -> None:
        if closed is not None:
            self.load()
            self.app.push_screen(ClosedWindow(closed))

    def _renew(self) -> None:
        if self.is_current:
            self.load()

    def _show(self, audience: AudienceOut) -> None:
        self._audience = audience
        self.query_one("#audience-figures", Static).update("\n".join(_figures(audience)))
        self.gaps.say("no question is open")
        self.gaps.show(audience.gaps)
        self.groups.say("nobody has asked anything in these days")
        self.groups.show(audience.groups)
        self.query_one(Breakdowns).show(audience)
        self._draw()

    def _draw(self) -> None:
        if self._audience is None:
            return
        chart = self.query_one("#audience-chart", Static)
        height = _WIDE_CHART if self.size.height >= _ROOMY_LINES else _NARROW_CHART
        lines = days_chart(self._audience.daily, width=chart.size.width, height=height)
        styles = ["$primary"] * height + list(_TRACK_STYLES)
        parts = [Content(line).stylize(style) for line, style in zip(lines, styles, strict=True)]
        chart.update(Content("\n").join(parts))


def _figures(audience: AudienceOut) -> list[str]:
    """Return the figures of the whole time in two lines, the most telling first."""
    visitors = audience.daily_visitors
    first = [
        "today" if audience.days == 1 else f"the last {audience.days} days",
        counted(audience.questions, "question"),
        f"{percent(audience.answered, audience.questions)} answered",
        f"{sum(visitors) / len(visitors):.1f} visitors a day",
    ]
    second = [counted(audience.sessions, "session"), f"{audience.returning} came back"]
    feedback, latency = audience.feedback, audience.latency
    if feedback.up or feedback.down:
        second.append(f"rated {feedback.up} up, {feedback.down} down")
    if latency.p50_ms is not None and latency.p95_ms is not None:
        usual, slow = milliseconds(latency.p50_ms), milliseconds(latency.p95_ms)
        second.append(f"answered in {usual}, 95 % within {slow}")
    return [" · ".join(first), " · ".join(second)]
