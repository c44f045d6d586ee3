"""Locators, citations and claims on the wire."""

import re

from twinctl.wire.answers import CitationOut, ClaimOut
from twinctl.wire.locators import Locator as LocatorOut
from twinctl.wire.public import PublicCitationOut
from twind.domain.answers import Citation, Claim
from twind.domain.chunks import Locator
from twind.serving.links import public_link

_DRIVE = re.compile(r"[A-Za-z]:[\\/]|\\\\")


def locator_out(locator: Locator) -> LocatorOut:
    """Return a locator as it travels."""
    return LocatorOut(
        start_char=locator.start_char,
        end_char=locator.end_char,
        page=locator.page,
        heading=locator.heading,
        start_seconds=locator.start_seconds,
    )


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


def public_citation_out(citation: Citation) -> PublicCitationOut:
    """Return a citation as visitors see it: without where the source lies on this machine."""
    return PublicCitationOut(
        n=citation.n,
        title=public_title(citation),
        quote=citation.quote,
        locator=locator_out(citation.locator),
        url=public_link(citation),
    )


def public_title(citation: Citation) -> str:
    """Return the title of a source; of a path its last part, of an address no query."""
    title = citation.title
    if title == citation.uri.partition("://")[2].rstrip("/"):
        return title.partition("?")[0]
    is_path = title.startswith(("/", "~/", "file:")) or _DRIVE.match(title)
    return re.split(r"[/\\]", title.rstrip("/\\"))[-1] if is_path else title


def claim_out(claim: Claim) -> ClaimOut:
    """Return a sentence of an answer as it travels."""
    return ClaimOut(text=claim.text, support=claim.support, citations=list(claim.citations))
