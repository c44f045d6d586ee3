"""`twinctl eval`."""

from typing import TYPE_CHECKING, Annotated

import typer

from twinctl.cli.arguments import read_file
from twinctl.cli.command import command, single
from twinctl.cli.session import Session, session_of
from twinctl.errors import ExitCode, Misused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from twinctl.cli.scoring import Question, Score
    from twinctl.client.client import TwinClient
    from twinctl.wire.evaluations import EvaluationOut

app = single()

STDIN = "stdin"
_SHOWN = (
    ("right", "right"),
    ("recall", "recall"),
    ("answered", "answered"),
    ("supported", "supported"),
    ("refused rightly", "refused_rightly"),
    ("refused wrongly", "refused_wrongly"),
)


@command(
    app,
    "eval",
    "twinctl eval questions.jsonl",
    "twinctl eval --min 0.8 questions.jsonl -v",
    "twinctl eval --history",
)
def evaluate(
    ctx: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE.jsonl", help="One question a line; - is stdin.")
    ] = None,
    least: Annotated[
        float,
        typer.Option(
            "--min", min=0, max=1, metavar="FRACTION", help="End with 1 when less is right."
        ),
    ] = 0.0,
    history: Annotated[bool, typer.Option("--history", help="List the earlier runs.")] = False,
) -> None:
    """Score a twin on your own questions; nothing of them is kept but the figures.

    A line is {"question", "answer"?, "source"?, "answerable"?}: what is to be said (a text, or a
    list of which any will do), a part of the path, address or title of the source, and false
    where your sources hold no answer.
    """
    session = session_of(ctx)
    if history and file is None:
        _show_history(session)
        return
    if history or file is None:
        raise Misused("give a file of questions, or --history")
    _run(session, file, least)


def _run(session: Session, file: str, least: float) -> None:
    from twinctl.cli.scoring import figures, read_questions
    from twinctl.wire.evaluations import EvaluationIn

    name = STDIN if file == "-" else file
    questions = read_questions(read_file(file), name)
    with session.client() as client:
        scores = list(_scores(session, client, questions))
        run = EvaluationIn(name=name, questions=len(scores), figures=figures(scores))
        before = _last_of(name, client.evaluations(session.twin))
        kept = client.add_evaluation(session.twin, run)
    if session.output.as_json:
        details = [score.model_dump(mode="json") for score in scores]
        session.output.document({**kept.model_dump(mode="json"), "details": details})
    else:
        _show(session, kept, before)
    if kept.figures.right < least:
        session.output.problem(f"{_share(kept.figures.right)} is right, less than {_share(least)}")
        raise typer.Exit(ExitCode.FAILED)


def _scores(
    session: Session, client: "TwinClient", questions: "list[Question]"
) -> "Iterator[Score]":
    from twinctl.cli.scoring import score
    from twinctl.wire.evaluations import AttemptIn

    for n, question in enumerate(questions, 1):
        session.output.passing(f"Question {n} of {len(questions)}")
        asked = AttemptIn(question=question.question)
        scored = score(question, client.attempt(session.twin, asked))
        session.output.passing("")
        session.output.detail(_told(scored))
        yield scored


def _told(score: "Score") -> str:
    """Return a question and how it went in two lines."""
    found = {True: "found", False: "not found", None: ""}[score.found]
    went = ["right" if score.right else "WRONG", found, f"confidence {score.confidence:.2f}"]
    answer = " ".join(score.answer.split())
    return f"{', '.join(filter(None, went))}: {score.question}\n    {answer}"


def _show(session: Session, kept: "EvaluationOut", before: "EvaluationOut | None") -> None:
    values = kept.figures.model_dump()
    rows = [(label, _share(values[field])) for label, field in _SHOWN if values[field] is not None]
    changed = _change(kept, before) if before else ""
    session.output.fields([("questions", kept.questions), *rows, ("change", changed)])


def _show_history(session: Session) -> None:
    from twinctl.wording import moment

    with session.client() as client:
        runs = list(client.evaluations(session.twin))
    if session.output.as_json:
        session.output.document({"evaluations": [run.model_dump(mode="json") for run in runs]})
        return
    heads = ["DATE", "QUESTIONS", *(label.upper() for label, _ in _SHOWN), "CHANGE", "FILE"]
    rows = [
        (
            moment(run.created_at),
            run.questions,
            *_shares(run),
            _change(run, before) if (before := _last_of(run.name, runs[n:])) else "-",
            run.name,
        )
        for n, run in enumerate(runs, 1)
    ]
    session.output.table(heads, rows)


def _last_of(name: str, runs: "Iterable[EvaluationOut]") -> "EvaluationOut | None":
    """Return the newest run of a file among runs that are newest first."""
    return next((run for run in runs if run.name == name), None)


def _shares(run: "EvaluationOut") -> "Iterable[str]":
    values = run.figures.model_dump()
    return (_share(values[field]) for _, field in _SHOWN)


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"


def _change(run: "EvaluationOut", before: "EvaluationOut") -> str:
    """Return how much more was right than before, in points of a hundred."""
    points = 100 * (run.figures.right - before.figures.right)
    return f"{points:+.1f}"
