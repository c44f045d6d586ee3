"""Locators, citations and claims on the wire."""

from dataclasses import asdict

from twinctl.wire.answers import CitationOut, ClaimOut
from twinctl.wire.locators import Locator as LocatorOut
from twind.domain.answers import Citation, Claim
from twind.domain.chunks import Locator


def locator_out(locator: Locator) -> LocatorOut:
    """Return a locator as it travels."""
    return LocatorOut(**asdict(locator))


def citation_out(citation: Citation) -> CitationOut:
    """Return a citation as it travels."""
    return CitationOut(
        n=citation.n,
        source_id=citation.source_id,
        chunk_id=citation.chunk_id,
        uri=citation.uri,
        title=citation.title,
        quote=citation.quote,
        locator=locator_out(citation.locator),
    )


def claim_out(claim: Claim) -> ClaimOut:
    """Return a sentence of an answer as it travels."""
    return ClaimOut(text=claim.text, support=claim.support, citations=list(claim.citations))
