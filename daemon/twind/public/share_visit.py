"""Who comes over a share link: the link, its passcode, and the session that it began."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import unquote

from fastapi import Depends, Header, Request

from twinctl.wire.codes import ErrorCode
from twind.access.origins import Origin
from twind.access.sessions import Session, new_session_id
from twind.access.shares import Opened
from twind.errors import LinkEnded, NotAllowed, NotAuthenticated, NotFound
from twind.public.context import PublicServices, ServicesDep
from twind.public.limiting import admit, by_address, by_guesses, by_passcodes, by_share
from twind.public.visits import Bearer

Passcode = Annotated[
    str | None,
    Header(alias="X-Share-Passcode", max_length=1_000, description="Percent-encoded UTF-8"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request of somebody who was let in over a link."""

    opened: Opened
    session: Session


def opened_of(request: Request, services: ServicesDep, twin_id: str, token: str) -> Opened:
    """Return the link of an address.

    Raises:
        NotFound: There is none.
        LinkEnded: There was one.
        NotAllowed: A page of another site asks.
        RateLimited: The link or the network asks too often, or tries links in vain.
    """
    try:
        opened = services.shares.open(twin_id, token)
    except (NotFound, LinkEnded):
        admit(request, by_address(request), by_guesses(request))
        raise
    admit(request, by_address(request), by_share(opened.share))
    _check_page(request, services)
    return opened


OpenedDep = Annotated[Opened, Depends(opened_of)]


def begun_or_resumed(
    request: Request,
    services: ServicesDep,
    opened: OpenedDep,
    bearer: Bearer,
    passcode: Passcode = None,
) -> Session | None:
    """Return the session of an earlier token, else a new one; None where a passcode is needed.

    Raises:
        NotAllowed: The passcode is wrong.
        RateLimited: Too many were tried.
    """
    begun = _begun(opened)
    session = services.sessions.resumed(bearer, begun)
    if session is not begun or _is_let_in(request, services, opened, passcode):
        return session
    return None


def visit_of(
    request: Request,
    services: ServicesDep,
    opened: OpenedDep,
    bearer: Bearer,
    passcode: Passcode = None,
) -> Visit:
    """Return the session of a request; without a token it is one of this request alone.

    Raises:
        NotAuthenticated: The token is none of this link, or has expired, or a passcode is needed.
        NotAllowed: The passcode is wrong.
        RateLimited: Too many were tried.
    """
    begun = _begun(opened)
    if bearer is None:
        if not _is_let_in(request, services, opened, passcode):
            raise NotAuthenticated("a passcode is needed, in the header X-Share-Passcode")
        return Visit(opened=opened, session=begun)
    session = services.sessions.read(bearer)
    if not session.is_like(begun):
        raise NotAuthenticated("this session was begun with another link")
    return Visit(opened=opened, session=session)


def _begun(opened: Opened) -> Session:
    return Session(
        id=new_session_id(),
        tenant_id=opened.tenant.id,
        twin_id=opened.twin.id,
        opener=opened.share.id,
    )


def _is_let_in(
    request: Request, services: PublicServices, opened: Opened, passcode: str | None
) -> bool:
    """Return whether a visitor needs no passcode or gave it; False where none was given."""
    if not opened.share.has_passcode:
        return True
    if passcode is None:
        return False
    buckets = by_passcodes(request, opened.share)
    admit(request, *buckets)
    services.shares.check_passcode(opened, unquote(passcode))
    services.limits.give_back(buckets)  # only wrong ones count
    return True


def _check_page(request: Request, services: PublicServices) -> None:
    """Let through what is no page, and the page of a link, which is one of our own.

    Raises:
        NotAllowed: It is that of another site.
    """
    given = request.headers.get("Origin")
    if given is None:
        return
    page = Origin.parse(given)
    here = Origin.parse(f"{page.scheme}://{request.headers['Host']}") if page else None
    if page is None or page not in {here, Origin.parse(services.site.origin)}:
        raise NotAllowed("a share link works on its own page only", code=ErrorCode.ORIGIN_REFUSED)
