"""Ask a twin the questions of an evaluation folder; write what it found, for any scorer.

DIR holds a folder a task. Most have `corpus/` and `questions.jsonl` (one object a line: id,
question, and scope_doc where only one document may answer); a run is one JSON line a question.
`messy` has `files/`, `extraction` has `html/`; there a run is one JSON line a file, and no
embedding model is used.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from parts import Ranking, opened_parts
from running import ensure_twin, ingest, running_daemon

from twinctl.client.client import TwinClient
from twinctl.errors import ApiError
from twinctl.wire.answers import ChatIn, CitationOut
from twinctl.wire.search import Hit, SearchIn
from twinctl.wire.sources import SourceOut
from twind.domain.sources import StoredChunk

K = 10
Row = dict[str, Any]


def questions_run(client: TwinClient, task: Path) -> Iterator[Row]:
    """Ingest the corpus of a task and yield what was found for each question."""
    questions = list(_lines(task / "questions.jsonl"))
    for scope in dict.fromkeys(question.get("scope_doc") for question in questions):
        _prepare(client, task, scope)
    for question in questions:
        yield _answer(client, _twin(task, question), question, task)


def messy_run(client: TwinClient, task: Path) -> Iterator[Row]:
    """Ingest each file on its own and yield its text or its error."""
    for path in sorted((task / "files").iterdir()):
        began = time.perf_counter()
        twin = _slug("messy", path.name)
        ensure_twin(client, twin)
        row: Row = {"file": f"files/{path.name}", "status": "error", "text": ""}
        try:
            [source] = ingest(client, twin, [path])
            row |= _outcome(client, twin, source)
        except ApiError as error:
            row["error"] = f"{error.code}: {error.message}"
        yield row | {"seconds": time.perf_counter() - began}


def extraction_run(client: TwinClient, task: Path) -> Iterator[Row]:
    """Ingest every page and yield its text."""
    twin = "extraction"
    ensure_twin(client, twin)
    for source in ingest(client, twin, sorted((task / "html").iterdir())):
        yield {"file": f"html/{Path(source.uri).name}"} | _outcome(client, twin, source)


FILE_TASKS: dict[str, Callable[[TwinClient, Path], Iterator[Row]]] = {
    "messy": messy_run,
    "extraction": extraction_run,
}


def main() -> None:
    """Run the tasks that were asked for."""
    given = _arguments()
    tasks = given.tasks.split(",") if given.tasks else _tasks_in(given.folder)
    given.out.mkdir(parents=True, exist_ok=True)
    files = [task for task in tasks if task in FILE_TASKS]
    asked = [task for task in tasks if task not in FILE_TASKS]
    if files:
        with running_daemon(given.home.resolve() / "files", embedding="none") as client:
            for task in files:
                rows = FILE_TASKS[task](client, given.folder / task)
                _write(given.out / f"{task}.jsonl", rows)
    if asked:
        home = given.home.resolve() / "questions"
        with running_daemon(home) as client:
            for task in asked:
                _write(given.out / f"{task}.jsonl", questions_run(client, given.folder / task))
        if given.parts:
            _write_parts(home, [given.folder / task for task in asked], given.out)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/eval",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of tasks")
    parser.add_argument("--tasks", help="names, parted by commas (default: all)")
    parser.add_argument("--out", type=Path, default=Path(".eval/runs"), help="folder of the runs")
    parser.add_argument("--home", type=Path, default=Path(".eval/home"), help="home of the twins")
    parser.add_argument(
        "--parts",
        action="store_true",
        help="write TASK-fulltext.jsonl and TASK-vectors.jsonl as well: what each finds alone",
    )
    return parser.parse_args()


def _tasks_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def _slug(*parts: str) -> str:
    """Return the name of a twin for the files of these parts, the same each time."""
    return f"{parts[0]}-{sha256('/'.join(parts).encode()).hexdigest()[:12]}"


def _twin(task: Path, question: Row) -> str:
    """Return the twin that may answer a question."""
    scope = question.get("scope_doc")
    return _slug(task.name, scope) if scope else task.name


def _prepare(client: TwinClient, task: Path, scope: str | None) -> None:
    """Let a twin know the corpus of a task, or one document of it."""
    twin = _twin(task, {"scope_doc": scope})
    ensure_twin(client, twin)
    files = [task / scope] if scope else sorted((task / "corpus").iterdir())
    for source in ingest(client, twin, files):
        if source.error is not None:
            print(f"{source.uri}: {source.error.code}: {source.error.message}", file=sys.stderr)


def _answer(client: TwinClient, twin: str, question: Row, task: Path) -> Row:
    found = client.search(twin, SearchIn(query=question["question"], k=K))
    began = time.perf_counter()
    answer = client.answer(twin, ChatIn(message=question["question"]))
    seconds = time.perf_counter() - began
    return {
        "id": question["id"],
        "retrieved": [_place(hit, hit.text, task) | {"score": hit.score} for hit in found.hits],
        "answer": answer.answer,
        "citations": [_place(citation, citation.quote, task) for citation in answer.citations],
        "refused": not answer.answered,
        "confidence": answer.confidence,
        "seconds": seconds,
    }


def _write_parts(home: Path, tasks: Iterable[Path], out: Path) -> None:
    with opened_parts(home) as parts:
        for task in tasks:
            for name, search in (("fulltext", parts.full_text), ("vectors", parts.vectors)):
                _write(out / f"{task.name}-{name}.jsonl", _part_run(task, search))


def _part_run(task: Path, search: Callable[[str, str, int], Ranking]) -> Iterator[Row]:
    for question in _lines(task / "questions.jsonl"):
        began = time.perf_counter()
        found = search(_twin(task, question), question["question"], K)
        seconds = time.perf_counter() - began
        places = [_place(chunk, chunk.text, task) | {"score": score} for chunk, score in found]
        yield {"id": question["id"], "retrieved": places, "seconds": seconds}


def _place(found: Hit | CitationOut | StoredChunk, text: str, task: Path) -> Row:
    place = {
        "doc": str(Path(found.uri).relative_to(task.resolve())),
        "text": text,
        "page": found.locator.page,
        "start": found.locator.start_seconds,
    }
    return {name: value for name, value in place.items() if value is not None}


def _outcome(client: TwinClient, twin: str, source: SourceOut) -> Row:
    if source.error is not None:
        error = f"{source.error.code}: {source.error.message}"
        return {"status": "error", "text": "", "error": error}
    return {"status": "ok", "text": client.source_text(twin, source.id).text}


def _lines(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def _write(path: Path, rows: Iterable[Row]) -> None:
    """Write a run line by line and print what is in it."""
    refused, seconds = 0, []
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            refused += bool(row.get("refused"))
            seconds.append(row.get("seconds", 0.0))
    median = statistics.median(seconds or [0.0])
    print(f"{path}: {len(seconds)} lines, {refused} refused, median {median:.3f} s")


if __name__ == "__main__":
    main()
