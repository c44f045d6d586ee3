"""Find what each difference between two questions is worth (`answer/verified/sameness.py`).

A logistic regression over the pairs of questions that the daemon would weigh: a wording and each
of the owner's questions near it that it does not contradict. Printed are the weights, found on
the questions of the split `dev`, and what they do to questions that they were not found on: by
cross-validation, question by question, and on those of the split `test`, of each twin.
"""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from running import EMBEDDING

from tests.support.questions import Asked, asked_questions
from twind.answer.verified.asked import read_asked
from twind.answer.verified.contradiction import contradict
from twind.answer.verified.questions import LEAST_SIMILARITY, likeness_of
from twind.answer.verified.sameness import Comparison, compare, words_to_weigh
from twind.models.files import find_embedding_model
from twind.models.sentence import SentenceEmbedder

FOLDS = 10
PENALTY = 0.5
STEPS = 25
NEAREST = 3
CHANCES = (0.5, 0.6, 0.7, 0.74, 0.76, 0.78, 0.8, 0.82, 0.85, 0.9)
"""Probabilities from which on two questions may be taken for the same."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Pairs of wordings and questions, a row each.

    Attributes:
        values: What is different, as `Comparison` has it, after a column of ones.
        same: Whether they ask the same.
        wording: Number of the wording, and of the question that it was written for.
    """

    values: Numbers
    same: Numbers
    wording: NDArray[np.int64]
    written_for: NDArray[np.int64]


def main() -> None:
    """Print the weights and what they do."""
    parser = argparse.ArgumentParser(prog="scripts/weigh", description=__doc__)
    parser.parse_args()
    asked = asked_questions()
    pairs = _pairs(asked)
    is_dev = np.array([one.split == "dev" for one in asked])
    found_on = is_dev[pairs.written_for]
    weights = _fit(pairs.values[found_on], pairs.same[found_on])
    names = ["start", *(field.name for field in fields(Comparison))]
    for name, weight in zip(names, weights, strict=True):
        print(f"{name}={weight:.2f}")
    chances = np.where(found_on, _unseen(pairs, found_on), _chance(pairs.values, weights))
    sets = sorted({(one.split, one.twin) for one in asked})
    print(f"\n| probability | {' | '.join(f'{split}, {twin}' for split, twin in sets)} |")
    print("| --- |" + " --- |" * len(sets))
    for least in CHANCES:
        rates = [_rates(pairs, chances, asked, least, of) for of in sets]
        print(f"| {least} | {' | '.join(f'{good:.3f}, {bad:.3f}' for good, bad in rates)} |")


def _pairs(asked: list[Asked]) -> Pairs:
    with tempfile.TemporaryDirectory() as folder:
        model = find_embedding_model(EMBEDDING, Path(folder))
        if model is None:
            raise SystemExit("error: there is no embedding model")
        with closing(SentenceEmbedder(model, keep_alive_s=-1)) as embedder:
            rows = list(_weighed(asked, embedder))
    return Pairs(
        values=np.array([[1.0, *astuple(comparison)] for comparison, *_ in rows]),
        same=np.array([float(same) for _, same, *_ in rows]),
        wording=np.array([wording for *_, wording, _ in rows]),
        written_for=np.array([number for *_, number in rows]),
    )


def _weighed(
    asked: list[Asked], embedder: SentenceEmbedder
) -> Iterator[tuple[Comparison, bool, int, int]]:
    """Yield what is different, whether it is the same, the number of the wording and for which."""
    wordings = [
        (text, is_same, n)
        for n, one in enumerate(asked)
        for is_same, texts in ((True, one.paraphrases), (False, one.near_misses))
        for text in texts
    ]
    known = _vectors([one.question for one in asked], embedder)
    cosines = _vectors([text for text, *_ in wordings], embedder) @ known.T
    twins = np.array([one.twin for one in asked])
    cosines[twins[[n for *_, n in wordings]][:, None] != twins] = -1.0
    for wording, (text, is_same, n) in enumerate(wordings):
        for other in np.argsort(-cosines[wording])[:NEAREST]:
            one, two = read_asked(text), read_asked(asked[other].question)
            similarity = float(cosines[wording][other])
            if similarity < LEAST_SIMILARITY or contradict(one, two):
                continue
            likeness = likeness_of(sorted(words_to_weigh(one, two)), embedder)
            comparison = compare(one, two, similarity, likeness)
            yield comparison, is_same and n == other, wording, n


def _vectors(texts: list[str], embedder: SentenceEmbedder) -> Numbers:
    made = embedder.embed_queries(texts)
    return np.array([np.frombuffer(each.vector, dtype=np.float32) for each in made], np.float64)


def _fit(values: Numbers, same: Numbers) -> Numbers:
    """Return the weights of a logistic regression with a ridge penalty, by Newton's method."""
    scale = values.std(axis=0)
    scale[0] = 1.0
    scaled = values / scale
    penalty = np.diag([0.0, *[2 * PENALTY] * (values.shape[1] - 1)])
    weights = np.zeros(values.shape[1])
    for _ in range(STEPS):
        chance = _chance(scaled, weights)
        slope = scaled.T @ (chance - same) + penalty @ weights
        bend = (scaled.T * (chance * (1 - chance))) @ scaled + penalty
        weights -= np.linalg.solve(bend, slope)
    return np.asarray(weights / scale)


def _chance(values: Numbers, weights: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-values @ weights)))


def _unseen(pairs: Pairs, found_on: NDArray[np.bool_]) -> Numbers:
    """Return for each pair the probability by weights found without its question."""
    chances = np.zeros(len(pairs.same))
    for fold in range(FOLDS):
        held = pairs.written_for % FOLDS == fold
        kept = found_on & ~held
        chances[held] = _chance(pairs.values[held], _fit(pairs.values[kept], pairs.same[kept]))
    return chances


def _rates(
    pairs: Pairs, chances: Numbers, asked: list[Asked], least: float, of: tuple[str, str]
) -> tuple[float, float]:
    """Return recall and the rate of false matches where the best pair of each wording counts."""
    right = wrong = 0
    chosen = np.array([(one.split, one.twin) == of for one in asked])
    for wording in np.unique(pairs.wording[chosen[pairs.written_for]]):
        rows = np.flatnonzero(pairs.wording == wording)
        best = rows[chances[rows].argmax()]
        if chances[best] >= least:
            right += bool(pairs.same[best])
            wrong += not pairs.same[best]
    counted = [one for one in asked if (one.split, one.twin) == of]
    paraphrases = sum(len(one.paraphrases) for one in counted)
    return right / paraphrases, wrong / sum(len(one.near_misses) for one in counted)


if __name__ == "__main__":
    main()
