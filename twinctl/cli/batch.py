"""Handing sources to the daemon and waiting until each is live or failed."""

import signal
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from twinctl.cli.output import Output
from twinctl.cli.progress import Progress, progress_for
from twinctl.cli.status import tell_problem
from twinctl.client.client import TwinClient
from twinctl.client.intake import Handover
from twinctl.client.watch import ENDED, Watch
from twinctl.errors import ApiError, DaemonUnreachable, ExitCode, Interrupted, ItemsFailed
from twinctl.wire.errors import Failure
from twinctl.wire.events import Gone
from twinctl.wire.jobs import Accepted, JobOut
from twinctl.wire.sources import SourceBrief, SourceOut
from twinctl.wording import counted

_LOOK_S = 0.2
_ASK_AFTER_S = 1.0
_DELETED = Failure(code="not_found", message="the source was deleted meanwhile")


class Batch:
    """Sources in the order in which they were handed over, and what became of them."""

    def __init__(self, client: TwinClient, twin: str, output: Output) -> None:
        self.output = output
        self.watch = Watch(client)
        self._client = client
        self._twin = twin
        self._progress: Progress = progress_for(output)
        self._sources: list[SourceBrief] = []
        self._place_of: dict[str, int] = {}
        self._hints: set[str] = set()
        self._problem: Failure | None = None
        self._asked_at = time.monotonic()

    def __enter__(self) -> Self:
        self.watch.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.close()
        self.watch.__exit__(kind, error, trace)

    @property
    def sources(self) -> list[SourceBrief]:
        """Every source, as far as is known."""
        return self._sources

    def submit(self, handovers: Sequence[Handover]) -> None:
        """Hand over sources.

        Raises:
            ApiError: The daemon refused for a reason that holds for every item.
        """
        self._progress.begin(_count(handovers))
        for handover in handovers:
            for uri, answer in zip(handover.uris, handover.send(), strict=True):
                if isinstance(answer, Failure):
                    self._refused(handover.kind, uri, answer)
                else:
                    self._took(answer)
            self._look(0)

    def wait(self) -> None:
        """Wait until every source is live or failed."""
        while self.watch.waiting:
            self._look(_LOOK_S)

    def report_failures(self) -> None:
        """Name each source that failed, with the way out.

        Raises:
            ItemsFailed: There is one.
        """
        failed = [source for source in self._sources if source.status == "failed"]
        for source in failed:
            message = source.error.message if source.error else "no reason given"
            self.output.problem(f"failed {source.uri}: {message}")
            hint = source.error.hint if source.error else None
            if hint and hint not in self._hints:
                self._hints.add(hint)
                self.output.problem(f"  hint: {hint}")
        if failed:
            raise ItemsFailed(f"{len(failed)} of {len(self._sources)} failed")

    def _took(self, accepted: Accepted) -> None:
        self._place_of[accepted.job.id] = len(self._sources)
        self._sources.append(_brief(accepted.source))
        self._progress.handed_over()
        self.watch.add(accepted.job)
        self._see(accepted.job)

    def _refused(self, kind: str, uri: str, failure: Failure) -> None:
        source = SourceBrief(
            id="", kind=kind, uri=uri, title=Path(uri).name, status="failed",
            chunks=0, job_id=None, error=failure,
        )  # fmt: skip
        self._sources.append(source)
        self._progress.handed_over()
        self._progress.ended(source)

    def _look(self, wait_s: float) -> None:
        for job in self.watch.changed(wait_s):
            self._see(job)
            self._asked_at = time.monotonic()
        if time.monotonic() - self._asked_at > _ASK_AFTER_S:
            self._ask_why()
        self._progress.show()

    def _ask_why(self) -> None:
        """Say what keeps everything from going on, once, where nothing has changed for a while."""
        self._asked_at = time.monotonic()
        try:
            problem = self._client.status().problem
        except DaemonUnreachable:  # it may be starting again, which the watch waits for
            return
        if problem is not None and problem != self._problem:
            self._progress.close()
            tell_problem(self.output, problem.model_dump())
        self._problem = problem

    def _see(self, job: JobOut) -> None:
        if job.status in ENDED:
            self._settle(job)
        else:
            self._progress.changed(self._sources[self._place_of[job.id]], job)

    def _settle(self, job: JobOut) -> None:
        place = self._place_of[job.id]
        source = self._source(self._sources[place])
        if job.status != "succeeded" and source.status != "failed":
            reason = job.error or Failure(code="cancelled", message=f"the job was {job.status}")
            source = source.model_copy(update={"status": "failed", "error": reason})
        self._sources[place] = source
        self._progress.ended(source)

    def _source(self, known: SourceBrief) -> SourceBrief:
        """Return a source as its job left it."""
        found: SourceOut | Gone | None = self.watch.source(known.id)
        if found is None:
            try:
                found = self._client.source(self._twin, known.id)
            except ApiError as error:
                if error.exit_code != ExitCode.NOT_FOUND:
                    raise
        if isinstance(found, SourceOut):
            return _brief(found)
        return known.model_copy(update={"status": "failed", "error": _DELETED})


def _brief(source: SourceBrief) -> SourceBrief:
    return SourceBrief.model_validate(source.model_dump(include=set(SourceBrief.model_fields)))


def _count(handovers: Sequence[Handover]) -> int:
    return sum(len(each.uris) for each in handovers)


def run_batch(batch: Batch, handovers: Sequence[Handover], *, is_waited: bool) -> None:
    """Hand everything over, wait for it if wanted, and print what became of it.

    Raises:
        ItemsFailed: Something failed.
        Interrupted: Ctrl-C; the daemon goes on. A second one ends the program where it is.
    """
    try:
        with batch:
            batch.submit(handovers)
            if is_waited:
                batch.wait()
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        raise _interrupted(batch, _count(handovers)) from None
    _print(batch, is_waited=is_waited)
    batch.report_failures()


def _interrupted(batch: Batch, wanted: int) -> Interrupted:
    """Return what goes on without the command, how to follow it and how to stop it."""
    waiting, missing = batch.watch.waiting, wanted - len(batch.sources)
    told = f"interrupted; the daemon goes on with {counted(len(waiting), 'job')}"
    ways = []
    if waiting:
        job = next((job for job in waiting if job.status == "running"), waiting[0])
        every = job.id if len(waiting) == 1 else "--all"
        ways = [
            "follow with     twinctl jobs list",
            f"a log with      twinctl jobs logs -f {job.id}",
            f"stop with       twinctl jobs cancel {every}",
        ]
    if missing:
        told += f"; {missing} of {wanted} were not handed over"
        ways.append("the rest is handed over by the same command again")
    return Interrupted(told, hint="\n      ".join(ways))


def _print(batch: Batch, *, is_waited: bool) -> None:
    if batch.output.as_json:
        shown = [source.model_dump(mode="json") for source in batch.sources]
        batch.output.document({"sources": shown})
    elif is_waited:
        live = [source for source in batch.sources if source.status == "live"]
        chunks = sum(source.chunks for source in live)
        batch.output.line(f"{counted(len(live), 'source')} live, {counted(chunks, 'chunk')}.")
    else:
        batch.output.table(
            ["SOURCE", "JOB", "STATUS", "PATH"],
            [(each.id, each.job_id, each.status, each.uri) for each in batch.sources],
        )
