"""Share links: made by owners, opened by whoever has the address."""

import time
from dataclasses import dataclass

from twinctl.wire.codes import ErrorCode
from twind.access.passcodes import hash_passcode, is_passcode
from twind.domain.audit import Action, Detail
from twind.domain.keys import secret_hash
from twind.domain.shares import NewShare, Share, ShareState, ShareTerms, new_token, shown_part
from twind.domain.twins import Twin
from twind.errors import InvalidInput, LinkEnded, NotAllowed, NotFound
from twind.store.store import Store, Tenant

_ENDED = {
    ShareState.REVOKED: (ErrorCode.SHARE_REVOKED, "this link was withdrawn by its owner"),
    ShareState.EXPIRED: (ErrorCode.SHARE_EXPIRED, "this link has expired"),
    ShareState.USED_UP: (ErrorCode.SHARE_USED_UP, "all questions of this link have been asked"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A link that somebody has, and the twin that it opens."""

    tenant: Tenant
    twin: Twin
    share: Share


class Shares:
    """Share links of all tenants."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def create(
        self, tenant: Tenant, wanted: ShareTerms, passcode: str | None
    ) -> tuple[str, Share]:
        """Make a link.

        Returns:
            Its token, which is kept nowhere, and the link.

        Raises:
            NotFound: No such twin.
            InvalidInput: It would have ended before it began.
        """
        if wanted.expires_at is not None and wanted.expires_at <= time.time():
            raise InvalidInput("the link would have expired already", hint="name a later time")
        token = new_token()
        new = NewShare(
            twin_id=wanted.twin_id,
            name=wanted.name,
            expires_at=wanted.expires_at,
            max_questions=wanted.max_questions,
            prefix=shown_part(token),
            token_hash=secret_hash(token),
            passcode_hash=None if passcode is None else hash_passcode(passcode),
        )
        with tenant.transaction():
            made = tenant.shares.add(new)
            tenant.note(Action.SHARE_CREATE, made.id, **_told(made))
        return token, made

    def revoke(self, tenant: Tenant, share_id: str) -> Share:
        """End a link now; one that was revoked before stays as it is.

        Raises:
            NotFound: No such link.
        """
        with tenant.transaction():
            share = tenant.shares.get(share_id)
            if share.revoked_at is not None:
                return share
            tenant.note(Action.SHARE_REVOKE, share.id, **_told(share))
            return tenant.shares.revoke(share.id)

    def open(self, twin: str, token: str) -> Opened:
        """Return the link of a token, whether or not questions are left.

        Args:
            twin: Slug or id of the twin that it is to open.
            token: As it stands in the address.

        Raises:
            NotFound: No link to this twin has the token.
            LinkEnded: It has one that was revoked or has expired.
        """
        unknown = NotFound("there is no such link")
        found = self._store.shares.find(token)
        if found is None:
            raise unknown
        try:
            opened = self._opened(*found)
        except NotFound:  # it is being deleted, with its twin or its tenant
            raise unknown from None
        if twin not in {opened.twin.slug, opened.twin.id}:
            raise unknown
        state = opened.share.state(time.time())
        if state in {ShareState.REVOKED, ShareState.EXPIRED}:
            raise _ended(state)
        return opened

    def _opened(self, tenant_id: str, share_id: str) -> Opened:
        tenant = self._store.tenant(tenant_id)
        share = tenant.shares.get(share_id)
        return Opened(tenant=tenant, twin=tenant.twins.get(share.twin_id), share=share)

    def check_passcode(self, opened: Opened, passcode: str) -> None:
        """Let through whoever knows the passcode of a link; limit how often this goes wrong.

        Raises:
            NotAllowed: It is another.
        """
        kept = opened.tenant.shares.passcode_hash(opened.share.id)
        if kept is not None and not is_passcode(passcode, kept):
            raise NotAllowed("this is not the passcode", code=ErrorCode.PASSCODE_WRONG)

    def recover(self) -> None:
        """Count no longer the questions that a daemon was killed over; for a start only."""
        self._store.shares.give_back_all()

    def take_question(self, opened: Opened) -> None:
        """Count a question that is about to be asked over a link.

        It is settled or given back in the end.

        Raises:
            LinkEnded: No more may be asked.
        """
        shares = opened.tenant.shares
        if not shares.count_question(opened.share.id):
            raise _ended(shares.get(opened.share.id).state(time.time()))

    def settle(self, opened: Opened) -> None:
        """Let a question stay counted: it was answered, or its visitor left."""
        opened.tenant.shares.settle(opened.share.id)

    def give_back(self, opened: Opened) -> None:
        """Count a question no longer, as one that failed inside."""
        opened.tenant.shares.give_back(opened.share.id)


def _told(share: Share) -> dict[str, Detail]:
    return {"name": share.name, "twin": share.twin_id}


def _ended(state: ShareState) -> LinkEnded:
    code, message = _ENDED.get(state, _ENDED[ShareState.USED_UP])
    return LinkEnded(message, code=code)
