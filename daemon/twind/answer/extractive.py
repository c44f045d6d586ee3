"""The extractive answer: the sentences that answer, in their own words, or a refusal."""

import re
from collections.abc import Sequence

from twind.answer.display import is_ended, readable
from twind.answer.evidence import Evidence, Similarity, weigh
from twind.answer.question import read_question
from twind.answer.refusal import refuse
from twind.answer.words import count_words
from twind.domain.answers import Answer, Claim, Passage, RefusalReason

MIN_CONFIDENCE = 0.5
MAX_SENTENCES = 3
MAX_WORDS = 55
MAX_LAG = 0.2
"""How much weaker than the best sentence another one may be."""

_LEANS_BACK = re.compile(
    r"(?:he|she|it|they|his|her|its|their|this|these|those|such|both|however|therefore|thus)\b"
    r"|(?:er|sie|es|dies\w*|él|ella|ellos|este|esta|esto|он|она|они|это)\b",
    re.IGNORECASE,
)


def answer(question: str, passages: Sequence[Passage], similarity: Similarity | None) -> Answer:
    """Answer a question from passages, or refuse when they do not support an answer.

    Args:
        question: As it was asked.
        passages: What was found, best first.
        similarity: Cosines of the question with sentences; None without an embedding model, and
            then only words count and more of them are needed.
    """
    evidence = weigh(read_question(question), passages, similarity)
    confidence = evidence[0].support if evidence else 0.0
    if confidence < MIN_CONFIDENCE:
        return refuse(RefusalReason.NO_EVIDENCE, confidence=confidence)
    return _compose(_in_reading_order(_select(evidence)), confidence)


def _select(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Take the strongest sentence, and others that come close while the answer stays short."""
    best = evidence[0]
    close = [one for one in evidence if one.strength >= best.strength - MAX_LAG]
    chosen: dict[str, Evidence] = {}
    room = MAX_WORDS
    for one in [best, *_before(best, evidence), *close]:
        text = readable(one.sentence.text)
        length = count_words(text)
        if text in chosen or (chosen and length > room):
            continue
        chosen[text] = one
        room -= length
        if len(chosen) == MAX_SENTENCES:
            break
    return list(chosen.values())


def _before(one: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the sentence that a sentence beginning with a pronoun needs to be understood."""
    sentence = one.sentence
    if not _LEANS_BACK.match(sentence.text):
        return []
    earlier = [
        other
        for other in evidence
        if other.sentence.passage is sentence.passage and other.sentence.end <= sentence.start
    ]
    return sorted(earlier, key=lambda other: other.sentence.end)[-1:]


def _in_reading_order(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Order by source, the strongest source first, and within a source as the text goes."""
    sources = [one.sentence.passage.source_id for one in chosen]

    def place(one: Evidence) -> tuple[int, int]:
        passage = one.sentence.passage
        return sources.index(passage.source_id), passage.locator.start_char + one.sentence.start

    return sorted(chosen, key=place)


def _compose(chosen: Sequence[Evidence], confidence: float) -> Answer:
    sentences = (one.sentence for one in chosen)
    citations = tuple(
        one.passage.cite(n, one.start, one.end) for n, one in enumerate(sentences, 1)
    )
    claims = tuple(
        Claim(text=readable(cited.quote), support=one.support, citations=(cited.n,))
        for cited, one in zip(citations, chosen, strict=True)
    )
    return Answer(
        text=_joined(claims),
        answered=True,
        confidence=confidence,
        citations=citations,
        claims=claims,
    )


def _joined(claims: Sequence[Claim]) -> str:
    """Join claims with their numbers; what does not end as a sentence gets a line of its own."""
    parts: list[str] = []
    for claim in claims:
        marks = "".join(f"[{n}]" for n in claim.citations)
        parts.append(f"{claim.text} {marks}")
        parts.append(" " if is_ended(claim.text) else "\n")
    return "".join(parts[:-1])
