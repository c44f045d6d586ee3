"""The extractive answer: the sentences that answer, in their own words, or a refusal."""

from collections.abc import Sequence, Set

from twind.answer.display import is_ended, readable
from twind.answer.evidence import Evidence, Similarity, weigh
from twind.answer.question import read_question
from twind.answer.refusal import refuse
from twind.answer.selection import select
from twind.domain.answers import Answer, Claim, Passage, RefusalReason

MIN_SUPPORT = 0.5


def answer(
    question: str,
    passages: Sequence[Passage],
    similarity: Similarity | None,
    *,
    told: Set[str] = frozenset(),
) -> Answer:
    """Answer a question from passages, or refuse when they do not support an answer.

    Args:
        question: As it was asked.
        passages: What was found, best first.
        similarity: Cosines of the question with sentences; None without an embedding model, and
            then only words count and more of them are needed.
        told: Quotes that are not to be given again.
    """
    weighed = weigh(read_question(question), passages, similarity)
    evidence = [one for one in weighed if one.sentence.text not in told]
    if not evidence:
        return refuse(RefusalReason.NO_EVIDENCE)
    best = evidence[0]
    if best.support < MIN_SUPPORT:
        return refuse(RefusalReason.NO_EVIDENCE, confidence=best.confidence, support=best.support)
    return _compose(select(evidence), best)


def _compose(chosen: Sequence[Evidence], best: Evidence) -> Answer:
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
        confidence=best.confidence,
        support=best.support,
        citations=citations,
        claims=claims,
    )


def _joined(claims: Sequence[Claim]) -> str:
    """Join claims with their numbers.

    What does not end as a sentence gets a line of its own, and a list or table gets its lines.
    """
    text = ""
    before = ""
    for claim in claims:
        marks = "".join(f"[{n}]" for n in claim.citations)
        if before:
            is_prose = is_ended(before) and "\n" not in before + claim.text
            text += " " if is_prose else "\n"
        text += f"{claim.text} {marks}"
        before = claim.text
    return text
