"""Jobs: background work as it goes on, with the log of the one under the cursor."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Static

from twinctl.cells import printable_lines
from twinctl.client.calls import PAGE
from twinctl.client.client import TwinClient
from twinctl.client.steps import steps
from twinctl.client.watch import ENDED
from twinctl.tui.messages import News
from twinctl.tui.screen import TwinScreen
from twinctl.tui.widgets.passage import Passage
from twinctl.tui.widgets.table import TONES, Column, Table
from twinctl.wire.events import Gone
from twinctl.wire.jobs import JobLog, JobOut
from twinctl.wire.sources import SourceOut
from twinctl.wording import ago, counted, moment

_BATCH = 10 * PAGE
_STILL_S = 0.15
"""The cursor must rest this long on a job before its log is asked for."""

_AGAIN_S = 1.0
"""The log of a job that goes on is asked for at most this often."""

_WANTED = {
    "all": "no jobs yet",
    "working": "no job is at work",
    "failed": "no job has failed",
}
"""Which jobs are shown, and what is said where there is none of them."""


class JobsScreen(TwinScreen):
    """All jobs of the tenant, newest first."""

    key: ClassVar[str] = "3"
    mode: ClassVar[str] = "jobs"
    label: ClassVar[str] = "Jobs"

    BINDINGS: ClassVar[list[BindingType]] = [
        ("c", "cancel", "Cancel"),
        ("r", "retry", "Retry"),
        ("f", "next_kind", "By status"),
    ]
    ROW_ACTIONS: ClassVar[Mapping[str, str]] = dict.fromkeys(("cancel", "retry"), "jobs")

    def compose_body(self) -> ComposeResult:
        """Make the table and the log."""
        self._titles: dict[str, str] = {}
        self._wanted = "all"
        self._logged = ""
        self._is_log_coming = False
        self._incoming: list[JobOut] = []
        self._table: Table[JobOut] = Table(
            self._columns(), lambda job: job.id, empty="loading", id="jobs"
        )
        with Horizontal(classes="line"):
            yield Static("newest first", classes="grow faint", markup=False)
            yield Static(id="jobs-count", classes="count", markup=False)
        with Container(classes="split"):
            yield self._table
            with Vertical(classes="detail"):
                yield Static(id="job", markup=False)
                yield Passage(id="log")

    def on_mount(self) -> None:
        """Begin on the table."""
        self._table.focus()

    def load(self) -> None:
        """Ask for the jobs, and for what the sources are called that they work on."""
        self._incoming = []
        self.follow(_batches, self._incoming.extend, then=self._took_all)
        self.ask(_titles, self._take_titles, group="titles")

    def changed(self, news: News) -> None:
        """Take in what changed."""
        for source in news.sources.values():
            if isinstance(source, SourceOut):
                self._titles[source.id] = source.title
        gone = [key for key, job in news.jobs.items() if isinstance(job, Gone)]
        jobs = [job for job in news.jobs.values() if isinstance(job, JobOut)]
        if news.jobs and self.is_mounted:
            self._table.apply(sorted(jobs, key=lambda job: job.id), gone)
            self._count()

    def action_cancel(self) -> None:
        """Ask the job under the cursor to stop."""
        job = self._table.row
        if job is not None:
            self.act(lambda client: client.cancel_job(job.id), self._take)

    def action_retry(self) -> None:
        """Queue the job under the cursor again."""
        job = self._table.row
        if job is not None:
            self.act(lambda client: client.retry_job(job.id), self._take)

    def action_next_kind(self) -> None:
        """Show only jobs that work, then those that failed, then all."""
        wanted = list(_WANTED)
        self._wanted = wanted[(wanted.index(self._wanted) + 1) % len(wanted)]
        if self._wanted == "working":
            self._table.only(lambda job: job.status not in ENDED)
        elif self._wanted == "failed":
            self._table.only(lambda job: job.status == "failed")
        else:
            self._table.only(None)
        self._table.say(_WANTED[self._wanted])
        self._count()

    @on(Table.Marked)
    def show_detail(self) -> None:
        """Tell more of the job under the cursor, and follow its log."""
        job = self._table.row
        self.query_one("#job", Static).update(printable_lines(self._about(job)) if job else "")
        if job is None or job.id != self._logged:
            self.query_one("#log", Passage).show("")
            self._logged = job.id if job else ""
            self.set_timer(_STILL_S, self._ask_log)
        elif not self._is_log_coming:
            self._is_log_coming = True
            self.set_timer(_AGAIN_S, self._ask_log)

    def _ask_log(self) -> None:
        self._is_log_coming = False
        job_id = self._logged
        if job_id:
            self.ask(lambda client: _log(client, job_id), self._show_log, group="log")

    def _show_log(self, lines: list[JobLog]) -> None:
        told = (
            f"{line.at.astimezone():%H:%M:%S} {line.level:<7} {line.message}" for line in lines
        )
        self.query_one("#log", Passage).show("\n".join(told), is_at_end=True)

    def _took_all(self) -> None:
        self._table.say(_WANTED[self._wanted])
        self._table.show(self._incoming)
        self._count()

    def _take(self, job: JobOut) -> None:
        self._table.apply([job])
        self._count()

    def _take_titles(self, titles: dict[str, str]) -> None:
        self._titles |= titles
        self._table.refresh()
        self.show_detail()

    def _count(self) -> None:
        told = counted(len(self._table.rows), "job")
        if self._wanted != "all":
            told = f"{self._table.shown:,} {self._wanted} of {told}"
        self.query_one("#jobs-count", Static).update(told)

    def _columns(self) -> tuple[Column[JobOut], ...]:
        return (
            Column(
                title="STATUS",
                text=lambda job: job.status,
                width=10,
                tone=lambda job: TONES.get(job.status, ""),
            ),
            Column(title="KIND", text=lambda job: job.kind, width=8),
            Column(title="WHAT", text=self._title),
            Column(title="STEPS", text=steps, width=9, is_right=True),
            Column(
                title="BEGUN",
                text=lambda job: ago(job.created_at, datetime.now(UTC)),
                width=6,
                is_right=True,
            ),
        )

    def _title(self, job: JobOut) -> str:
        return self._titles.get(job.source_id or "", job.source_id or "")

    def _about(self, job: JobOut) -> str:
        """Return what is known of a job; why it failed comes first."""
        lines = [f"{job.kind} {job.status} · {counted(job.attempts, 'attempt')} · {steps(job)}"]
        if job.error is not None:
            lines.append(f"! {job.error.message}")
            lines += [f"→ {job.error.hint}"] if job.error.hint else []
        lines.append(f"{moment(job.created_at)} · {job.id}")
        return "\n".join(lines)


def _batches(client: TwinClient) -> Iterator[list[JobOut]]:
    jobs = client.jobs()
    while batch := list(islice(jobs, _BATCH)):
        yield batch


def _titles(client: TwinClient) -> dict[str, str]:
    """Return the titles of the newest sources of every twin, whose jobs are the newest too."""
    return {
        source.id: source.title
        for twin in client.twins()
        for source in islice(client.sources(twin.id), PAGE)
    }


def _log(client: TwinClient, job_id: str) -> list[JobLog]:
    lines: list[JobLog] = []
    cursor: str | None = None
    while True:
        page = client.job_logs(job_id, cursor=cursor)
        lines += page.logs
        cursor = page.next_cursor
        if cursor is None:
            return lines
