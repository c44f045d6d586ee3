"""A model writes; each sentence is judged before anybody reads it."""

import logging
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from twind.answer.composition import Composition
from twind.answer.draft import Draft, Drafted
from twind.answer.events import Delta, Stage
from twind.answer.prompt import Brief, set_task
from twind.answer.verify import Cosines, Verifier
from twind.domain.answers import Citation
from twind.errors import GeneratorFailed
from twind.models.base import TextGenerator

log = logging.getLogger(__name__)

BEAT_S = 1.0
"""How often a sign of life is given while nothing can be shown: between two signs nobody who
listens can be found gone."""

Piece = Stage | Delta | Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a model wrote, as far as it is supported.

    Attributes:
        composition: The sentences that were said.
        failed: Whether the model could not write, or not to the end.
    """

    composition: Composition
    failed: bool


class Writer:
    """Has answers written by a generator."""

    def __init__(
        self, generator: TextGenerator, cosines: Cosines | None, *, answer_tokens: int
    ) -> None:
        """Take what writes, the embedding model that judges, and how much is written at most."""
        self._generator = generator
        self._cosines = cosines
        self._answer_tokens = answer_tokens

    def write(self, brief: Brief) -> Generator[Piece, None, Written]:
        """Yield each sentence once it is found to be supported, with its new citations.

        Closed on the way, it stops the generator.
        """
        composition = Composition()
        yield Stage(name="writing")
        try:
            yield from self._write(brief, composition)
        except GeneratorFailed as error:
            log.warning("%s failed: %s", self._generator.name, error.message)
            return Written(composition=composition, failed=True)
        return Written(composition=composition, failed=False)

    def _write(self, brief: Brief, composition: Composition) -> Generator[Piece, None, None]:
        task = set_task(brief, self._generator, answer_tokens=self._answer_tokens)
        verifier = Verifier(brief.question, task.passages, self._cosines)
        draft = Draft(issued=len(task.passages))
        beat = time.monotonic() + BEAT_S
        pieces = self._generator.stream(task.prompts, max_tokens=self._answer_tokens)
        with closing(pieces):
            for piece in pieces:
                yield from _supported(draft.add(piece), verifier, composition)
                if draft.gives_up and composition.is_empty:
                    return
                if time.monotonic() >= beat:
                    yield Stage(name="writing")
                    beat = time.monotonic() + BEAT_S
        yield from _supported(draft.end(), verifier, composition)


def _supported(
    drafted: Sequence[Drafted], verifier: Verifier, composition: Composition
) -> Iterator[Delta | Citation]:
    for sentence in drafted:
        verdict = verifier.judge(sentence.text, sentence.cited)
        yield from composition.take(sentence, verdict)
