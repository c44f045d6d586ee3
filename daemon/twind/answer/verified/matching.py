"""Which verified answer, if any, a question asks for."""

import logging

from twind.answer.verified.asked import read_asked
from twind.answer.verified.contradiction import contradict
from twind.answer.verified.questions import LONGEST, same_question
from twind.domain.verified import VerifiedAnswer
from twind.errors import ModelUnavailable
from twind.models.base import Embedder
from twind.retrieve.search import Found
from twind.store.store import Tenant

_log = logging.getLogger(__name__)

_NEAREST = 3
_SLICE = 32
"""Questions that are embedded at once; other questions go in between."""


def find_verified(
    tenant: Tenant, twin_id: str, question: str, found: Found
) -> VerifiedAnswer | None:
    """Return the verified answer to a question, or None.

    Without an embedding model only a question with the same words is the same.

    Args:
        tenant: Whose.
        twin_id: Of which twin.
        question: What is asked.
        found: What was found for the question, with its embedding.
    """
    table = tenant.verified
    same = table.find(twin_id, question)
    if same is not None or len(question) > LONGEST:
        return same
    if found.question is None or found.embedder is None:
        return _with_same_words(tenant, twin_id, question)
    try:
        _embed_missing(tenant, twin_id, found.embedder)
        return _by_meaning(tenant, twin_id, question, found.question.vector, found.embedder)
    except ModelUnavailable as error:
        _log.warning("no verified answer was looked for: %s", error.message)
        return None


def _with_same_words(tenant: Tenant, twin_id: str, question: str) -> VerifiedAnswer | None:
    asked = read_asked(question)
    for verified in tenant.verified.all(twin_id):
        known = read_asked(verified.question)
        same = asked.words.keys() == known.words.keys() and asked.kind.name == known.kind.name
        if same and not contradict(asked, known):
            return verified
    return None


def _embed_missing(tenant: Tenant, twin_id: str, embedder: Embedder) -> None:
    """Make the vectors that are not there: of new questions, or of all for a new model."""
    missing = tenant.verified.unembedded(twin_id, embedder.spec)
    for start in range(0, len(missing), _SLICE):
        part = missing[start : start + _SLICE]
        made = embedder.embed_queries([verified.question for verified in part])
        vectors = [new.vector for new in made]
        tenant.verified.put_vectors(embedder.spec, zip(part, vectors, strict=True))


def _by_meaning(
    tenant: Tenant, twin_id: str, question: str, vector: bytes, embedder: Embedder
) -> VerifiedAnswer | None:
    near = tenant.verified.nearest(twin_id, embedder.spec, vector, _NEAREST)
    others = [(verified.question, similarity) for verified, similarity in near]
    same = same_question(question, others, embedder)
    return None if same is None else near[same][0]
