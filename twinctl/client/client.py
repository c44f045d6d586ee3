"""The routes of the daemon as methods: wire models in, wire models out."""

from collections.abc import Generator, Iterator

from twinctl.client.access import AccessCalls
from twinctl.client.calls import PAGE, path_of
from twinctl.client.stream import read_events
from twinctl.wire.answers import AnswerOut, ChatEvent, ChatIn
from twinctl.wire.audience import (
    AudienceOut,
    DailyOut,
    DashboardOut,
    FeedbackIn,
    FeedbackOut,
    ForgetIn,
    Forgotten,
    GapAnswer,
    GapClosed,
    GapDetail,
    TopQuestions,
)
from twinctl.wire.conversations import (
    ConversationOut,
    ConversationPage,
    MessageOut,
    MessagePage,
    Transcript,
    TranscriptPage,
)
from twinctl.wire.errors import Failure
from twinctl.wire.evaluations import (
    AttemptIn,
    AttemptOut,
    EvaluationIn,
    EvaluationOut,
    EvaluationPage,
)
from twinctl.wire.events import EVENT, Event
from twinctl.wire.jobs import Accepted, AcceptedFiles, JobLogs, JobOut, JobPage
from twinctl.wire.models import ModelAddIn, ModelList, ModelName, ModelOut, ModelUsed
from twinctl.wire.search import SearchIn, SearchOut
from twinctl.wire.sources import (
    Deleted,
    FileIn,
    FilesIn,
    SourceDetail,
    SourceOut,
    SourcePage,
    SourceText,
    TextIn,
    UrlIn,
)
from twinctl.wire.system import Checks, Status
from twinctl.wire.twins import TwinIn, TwinOut, TwinPage, TwinPatch
from twinctl.wire.verified import VerifiedIn, VerifiedOut, VerifiedPage, VerifiedPatch
from twinctl.wire.watches import WatchIn, WatchList, WatchOut

LONG_PAGE = 25
"""Rows that are asked for at once where they are long."""


class TwinClient(AccessCalls):
    """One method an endpoint. A twin is given by slug or id.

    Every method raises `DaemonUnreachable`, `NotAllowed` or `ApiError`.
    """

    def status(self) -> Status:
        """How the process, the store, the jobs and the models are."""
        return self._ask(Status, "GET", "/health")

    def checks(self) -> Checks:
        """What the daemon finds about itself."""
        return self._ask(Checks, "GET", "/health/checks")

    def repair(self) -> Checks:
        """Repair what is safe to repair; return the findings afterwards."""
        return self._ask(Checks, "POST", "/health/repair")

    def create_twin(self, twin: TwinIn) -> TwinOut:
        """Create a twin."""
        return self._ask(TwinOut, "POST", "/twins", body=twin)

    def twins(self) -> Iterator[TwinOut]:
        """Yield every twin of the tenant."""
        for page in self._pages(TwinPage, "/twins"):
            yield from page.twins

    def twin(self, twin: str) -> TwinOut:
        """Return a twin."""
        return self._ask(TwinOut, "GET", path_of("twins", twin))

    def change_twin(self, twin: str, patch: TwinPatch) -> TwinOut:
        """Change what of a twin is not null in `patch`."""
        return self._ask(TwinOut, "PATCH", path_of("twins", twin), body=patch)

    def delete_twin(self, twin: str) -> Deleted:
        """Delete a twin with all its sources."""
        return self._ask(Deleted, "DELETE", path_of("twins", twin))

    def ingest_file(self, twin: str, file: FileIn) -> Accepted:
        """Have a file of this machine ingested."""
        return self._ask(Accepted, "POST", path_of("ingest", "file", twin), body=file)

    def ingest_files(self, twin: str, files: FilesIn) -> list[Accepted | Failure]:
        """Have files of this machine ingested; return what became of each, in their order."""
        path = path_of("ingest", "files", twin)
        return self._ask(AcceptedFiles, "POST", path, body=files).files

    def ingest_text(self, twin: str, text: TextIn) -> Accepted:
        """Have text ingested."""
        return self._ask(Accepted, "POST", path_of("ingest", "text", twin), body=text)

    def ingest_url(self, twin: str, page: UrlIn) -> Accepted:
        """Have a page or document of the web ingested."""
        return self._ask(Accepted, "POST", path_of("ingest", "url", twin), body=page)

    def ingest_youtube(self, twin: str, video: UrlIn) -> Accepted:
        """Have the captions of a video of YouTube ingested."""
        return self._ask(Accepted, "POST", path_of("ingest", "youtube", twin), body=video)

    def sources(
        self, twin: str, *, status: str | None = None, named: str | None = None
    ) -> Iterator[SourceOut]:
        """Yield the sources of a twin, those of one status, or those of a place or id."""
        for page in self._pages(SourcePage, path_of("sources", twin), status=status, named=named):
            yield from page.sources

    def source(self, twin: str, source_id: str) -> SourceDetail:
        """Return a source with what its content states of itself."""
        return self._ask(SourceDetail, "GET", path_of("sources", twin, source_id))

    def source_text(self, twin: str, source_id: str) -> SourceText:
        """Return the whole text of a source."""
        return self._ask(SourceText, "GET", path_of("sources", twin, source_id, "text"))

    def delete_source(self, twin: str, source_id: str, *, wait: bool = True) -> Deleted:
        """Delete a source with everything made of it; wait until no file holds its text."""
        path = path_of("sources", twin, source_id)
        return self._ask(Deleted, "DELETE", path, query={"wait": str(wait).lower()})

    def reindex_source(self, twin: str, source_id: str) -> Accepted:
        """Have a source split and embedded anew."""
        return self._ask(Accepted, "POST", path_of("sources", twin, source_id, "reindex"))

    def beside(self) -> "TwinClient":
        """Return a client with a connection of its own, for use in another thread."""
        return TwinClient(self._transport.beside())

    def hang_up(self) -> None:
        """End whatever is being received, from any thread."""
        self._transport.hang_up()

    def events(self, twin: str | None = None) -> Generator[Event]:
        """Yield changes of jobs and sources, `ready` first, until the daemon stops."""
        lines = self._transport.lines("GET", "/events", query={"twin": twin})
        return read_events(lines, EVENT.validate_python)

    def watches(self, twin: str) -> WatchList:
        """Return the watched folders of a twin."""
        return self._ask(WatchList, "GET", path_of("watches", twin))

    def add_watch(self, twin: str, watch: WatchIn) -> WatchOut:
        """Watch a folder, and take in what is there."""
        return self._ask(WatchOut, "POST", path_of("watches", twin), body=watch)

    def remove_watch(self, twin: str, watch_id: str) -> WatchOut:
        """Watch a folder no longer; return it as it was."""
        return self._ask(WatchOut, "DELETE", path_of("watches", twin, watch_id))

    def verified(self, twin: str) -> Iterator[VerifiedOut]:
        """Yield the verified answers of a twin, newest first."""
        for page in self._pages(VerifiedPage, path_of("twins", twin, "verified-qna")):
            yield from page.answers

    def add_verified(self, twin: str, verified: VerifiedIn) -> VerifiedOut:
        """Keep an answer of the owner's."""
        path = path_of("twins", twin, "verified-qna")
        return self._ask(VerifiedOut, "POST", path, body=verified)

    def one_verified(self, qna_id: str) -> VerifiedOut:
        """Return a verified answer."""
        return self._ask(VerifiedOut, "GET", path_of("verified-qna", qna_id))

    def change_verified(self, qna_id: str, patch: VerifiedPatch) -> VerifiedOut:
        """Change what of a verified answer is not null in `patch`."""
        return self._ask(VerifiedOut, "PATCH", path_of("verified-qna", qna_id), body=patch)

    def delete_verified(self, qna_id: str) -> VerifiedOut:
        """Delete a verified answer; return it as it was."""
        return self._ask(VerifiedOut, "DELETE", path_of("verified-qna", qna_id))

    def jobs(self, *, status: str | None = None, twin: str | None = None) -> Iterator[JobOut]:
        """Yield jobs, newest first, or those of one status or twin."""
        for page in self._pages(JobPage, "/jobs", status=status, twin=twin):
            yield from page.jobs

    def job(self, job_id: str) -> JobOut:
        """Return a job."""
        return self._ask(JobOut, "GET", path_of("jobs", job_id))

    def job_logs(self, job_id: str, *, cursor: str | None = None) -> JobLogs:
        """Return a page of the log of a job, from `cursor` on."""
        page = {"cursor": cursor, "limit": PAGE}
        return self._ask(JobLogs, "GET", path_of("jobs", job_id, "logs"), query=page)

    def cancel_job(self, job_id: str) -> JobOut:
        """Ask a job to stop."""
        return self._ask(JobOut, "POST", path_of("jobs", job_id, "cancel"))

    def retry_job(self, job_id: str) -> JobOut:
        """Queue a job that failed or was cancelled."""
        return self._ask(JobOut, "POST", path_of("jobs", job_id, "retry"))

    def models(self) -> ModelList:
        """Return all models."""
        return self._ask(ModelList, "GET", "/models")

    def add_model(self, wanted: ModelAddIn) -> JobOut:
        """Have a model of this machine copied into the models folder."""
        return self._ask(JobOut, "POST", "/models/add", body=wanted)

    def pull_model(self, wanted: ModelName) -> JobOut:
        """Have a model of the hub fetched into the models folder."""
        return self._ask(JobOut, "POST", "/models/pull", body=wanted)

    def use_model(self, wanted: ModelName) -> ModelUsed:
        """Use a model from now on."""
        return self._ask(ModelUsed, "POST", "/models/use", body=wanted)

    def remove_model(self, name: str) -> ModelOut:
        """Remove a model from the disk; return it as it was."""
        return self._ask(ModelOut, "DELETE", path_of("models", name))

    def search(self, twin: str, query: SearchIn) -> SearchOut:
        """Search the sources of a twin."""
        return self._ask(SearchOut, "POST", path_of("search", twin), body=query)

    def answer(self, twin: str, message: ChatIn) -> AnswerOut:
        """Return the answer to a message once it is complete."""
        whole = message.model_copy(update={"stream": False})
        return self._ask(AnswerOut, "POST", path_of("chat", twin), body=whole)

    def chat(self, twin: str, message: ChatIn) -> Generator[ChatEvent]:
        """Yield the events of an answer; closing the generator stops the work."""
        body = message.model_copy(update={"stream": True}).model_dump_json().encode()
        lines = self._transport.lines("POST", path_of("chat", twin), body=body)
        return read_events(lines, ChatEvent.model_validate)

    def attempt(self, twin: str, question: AttemptIn) -> AttemptOut:
        """Answer a question without keeping it."""
        return self._ask(
            AttemptOut, "POST", path_of("evaluations", twin, "attempts"), body=question
        )

    def evaluations(self, twin: str) -> Iterator[EvaluationOut]:
        """Yield the runs of questions of a twin, newest first."""
        for page in self._pages(EvaluationPage, path_of("evaluations", twin)):
            yield from page.evaluations

    def add_evaluation(self, twin: str, evaluation: EvaluationIn) -> EvaluationOut:
        """Keep the figures of a run of questions."""
        return self._ask(EvaluationOut, "POST", path_of("evaluations", twin), body=evaluation)

    def conversations(self, twin: str, **wanted: object) -> Iterator[ConversationOut]:
        """Yield the conversations of a twin that meet `wanted`, newest first.

        Args:
            twin: The twin.
            wanted: Of the query of the route: `q`, `channel`, `named`, `refused`.
        """
        for page in self._pages(ConversationPage, path_of("conversations", twin), **wanted):
            yield from page.conversations

    def transcripts(self, twin: str, **wanted: object) -> Iterator[Transcript]:
        """Yield whole conversations of a twin; as `conversations`."""
        path = path_of("conversations", twin, "transcripts")
        for page in self._pages(TranscriptPage, path, limit=LONG_PAGE, **wanted):
            yield from page.transcripts

    def messages(self, conversation_id: str) -> Iterator[MessageOut]:
        """Yield the messages of a conversation, oldest first."""
        for page in self._pages(
            MessagePage, path_of("conversations", conversation_id, "messages")
        ):
            yield from page.messages

    def audience(self, twin: str, *, days: int) -> AudienceOut:
        """Return what was asked in the last days, and what became of it."""
        return self._ask(AudienceOut, "GET", path_of("audience", twin), query={"days": days})

    def dashboard(self, twin: str, *, days: int) -> DashboardOut:
        """Return the figures of the last days."""
        path = path_of("metrics", "dashboard", twin)
        return self._ask(DashboardOut, "GET", path, query={"days": days})

    def daily(self, twin: str, *, days: int) -> DailyOut:
        """Return the last days one by one."""
        return self._ask(DailyOut, "GET", path_of("metrics", "daily", twin), query={"days": days})

    def top_questions(self, twin: str, *, days: int, limit: int = PAGE) -> TopQuestions:
        """Return the groups of questions that were asked most in the last days."""
        path = path_of("metrics", "top-questions", twin)
        return self._ask(TopQuestions, "GET", path, query={"days": days, "limit": limit})

    def gap(self, twin: str, group_id: str) -> GapDetail:
        """Return a group of questions that were refused, with each of them."""
        return self._ask(GapDetail, "GET", path_of("audience", twin, "gaps", group_id))

    def close_gap(self, twin: str, group_id: str, answer: GapAnswer) -> GapClosed:
        """Keep an answer to a gap and ask its refused questions again."""
        path = path_of("audience", twin, "gaps", group_id, "close")
        return self._ask(GapClosed, "POST", path, body=answer)

    def forget(self, twin: str, visitor: str) -> Forgotten:
        """Erase everything that a visitor asked."""
        body = ForgetIn(visitor=visitor)
        return self._ask(Forgotten, "POST", path_of("audience", twin, "forget"), body=body)

    def rate(self, message_id: str, feedback: FeedbackIn) -> FeedbackOut:
        """Rate an answer, or take the rating back."""
        path = path_of("messages", message_id, "feedback")
        return self._ask(FeedbackOut, "PUT", path, body=feedback)
