"""Questions, other ways to ask each of them, and questions that only look like it."""

import json
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "verified_questions.jsonl"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as it is kept, and what may be asked for it.

    Attributes:
        split: `dev` is what rules and weights were found on; `test` was only measured.
        twin: Whose question it is. A twin knows all of its questions, and none of another's.
        question: What the owner answered.
        paraphrases: Other words for the same question.
        near_misses: Almost the same words for another question.
    """

    split: str
    twin: str
    question: str
    paraphrases: tuple[str, ...]
    near_misses: tuple[str, ...]


def asked_questions() -> list[Asked]:
    """Return the questions of all twins and splits."""
    read = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
    return [
        Asked(
            split=one["split"],
            twin=one["twin"],
            question=one["question"],
            paraphrases=tuple(one["paraphrases"]),
            near_misses=tuple(one["near_misses"]),
        )
        for one in read
    ]
