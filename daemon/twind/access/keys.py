"""API keys: made, exchanged, ended, and what a request with one may do."""

import time
from dataclasses import replace
from datetime import UTC, datetime

from twinctl.wire.codes import ErrorCode
from twind.domain.audit import Action, Detail
from twind.domain.keys import (
    OWNER,
    ApiKey,
    Grant,
    KeyKind,
    KeyState,
    KeyTerms,
    Scope,
    new_secret,
)
from twind.domain.origins import NotAnOrigin, origin_pattern
from twind.errors import Conflict, InvalidInput, NotAllowed, NotAuthenticated, NotFound
from twind.store.store import Store, Tenant

_USE_NOTED_ONCE_IN_S = 60.0
_REFUSED = "this key cannot be used"
_HINT = "make one with: twinctl keys create"
_LATEST = 253_402_214_400.0
"""The last day of the year 9999, after which calendars know none."""
_CODES = {KeyState.EXPIRED: ErrorCode.KEY_EXPIRED, KeyState.REVOKED: ErrorCode.KEY_REVOKED}


class Keys:
    """Keys of all tenants."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def create(self, tenant: Tenant, wanted: KeyTerms) -> tuple[str, ApiKey]:
        """Make a key.

        Returns:
            Its secret, which is kept nowhere, and the key.

        Raises:
            InvalidInput: A publishable key is to have scopes, or a secret one none, or it would
                have ended before it began, or an origin is none.
            NotAllowed: A key makes it that may less itself.
        """
        _check(wanted)
        _check_maker(tenant, wanted)
        terms = replace(wanted, origins=tuple(_pattern(origin) for origin in wanted.origins))
        secret = new_secret(terms.kind)
        with tenant.transaction():
            key = tenant.keys.add(secret, terms)
            tenant.note(Action.KEY_CREATE, key.id, **_told(key))
        return secret, key

    def rotate(self, tenant: Tenant, key_id: str, overlap_s: float) -> tuple[str, ApiKey]:
        """Make a key in the place of another, which works beside it for a while.

        A key that was made for some days gives way to one for as many days.

        Raises:
            NotFound: No such key.
            Conflict: It was revoked, has expired or was replaced already.
            NotAllowed: A key does it that may less than the new one would.
        """
        now = time.time()
        with tenant.transaction():
            old = tenant.keys.get(key_id)
            state = old.state(now)
            if state is not KeyState.ACTIVE:
                raise Conflict(f"the key {old.name or old.id} is {state}", hint=_HINT)
            wanted = _renewed(old, now)
            _check_maker(tenant, wanted)
            secret = new_secret(old.kind)
            made = tenant.keys.add(secret, wanted)
            tenant.keys.replace(old.id, made.id, now + overlap_s)
            tenant.note(Action.KEY_ROTATE, old.id, replaced_by=made.id, **_told(old))
        return secret, made

    def revoke(self, tenant: Tenant, key_id: str) -> ApiKey:
        """End a key now; one that was revoked before stays as it is.

        Raises:
            NotFound: No such key.
        """
        with tenant.transaction():
            key = tenant.keys.get(key_id)
            if tenant.keys.revoke(key_id):
                tenant.note(Action.KEY_REVOKE, key_id, **_told(key))
            return tenant.keys.get(key_id)

    def authenticate(self, presented: str) -> Grant:
        """Return what a request that shows this secret may do.

        Whatever is shown, the same is done before the refusal: one hash and one look-up.

        Raises:
            NotAuthenticated: No key has this secret, or it was revoked or has expired, which the
                code tells to whoever had the whole secret.
        """
        found = self._store.keys.find(presented)
        if found is None:
            raise NotAuthenticated(_REFUSED, hint=_HINT)
        tenant_id, key = found
        state = key.state(time.time())
        if state in _CODES:
            raise NotAuthenticated(_REFUSED, hint=_HINT, code=_CODES[state])
        return Grant(
            tenant_id=tenant_id,
            actor=key.id,
            scopes=key.scopes,
            twins=key.twins,
            key=self._noted(key),
        )

    def holds(self, grant: Grant) -> bool:
        """Return whether what was granted some time ago would be granted now."""
        try:
            tenant = self._store.tenant(grant.tenant_id)
            key = tenant.keys.get(grant.key.id) if grant.key else None
        except NotFound:
            return False
        return key is None or key.state(time.time()) not in _CODES

    def _noted(self, key: ApiKey) -> ApiKey:
        now = time.time()
        if key.last_used_at is not None and now - key.last_used_at < _USE_NOTED_ONCE_IN_S:
            return key
        self._store.keys.note_use(key.id, once_in_s=_USE_NOTED_ONCE_IN_S)
        return replace(key, last_used_at=now)


def _renewed(old: ApiKey, now: float) -> KeyTerms:
    """Return the terms of the key that takes the place of another."""
    lifetime_s = None if old.expires_at is None else old.expires_at - old.created_at
    return KeyTerms(
        name=old.name,
        kind=old.kind,
        scopes=old.scopes,
        twins=old.twins,
        origins=old.origins,
        expires_at=None if lifetime_s is None else min(now + lifetime_s, _LATEST),
        requests_per_minute=old.requests_per_minute,
    )


def _told(key: ApiKey) -> dict[str, Detail]:
    """Return what the audit log tells of a key."""
    return {"name": key.name, "prefix": key.prefix, "key_kind": key.kind}


def _pattern(origin: str) -> str:
    try:
        return origin_pattern(origin)
    except NotAnOrigin as error:
        raise InvalidInput(str(error)) from error


def _check_maker(tenant: Tenant, wanted: KeyTerms) -> None:
    """Let the owner make any key, and a key such as do not outdo it: it could not be ended else.

    Raises:
        NotAllowed: It would.
    """
    if tenant.actor == OWNER:
        return
    maker = tenant.keys.get(tenant.actor)
    beyond = set(wanted.scopes) - set(maker.scopes)
    if beyond and Scope.ADMIN not in maker.scopes:
        raise _outdone(f"may not {', '.join(sorted(beyond))}", "name scopes that it has")
    if maker.twins and not (wanted.twins and set(wanted.twins) <= set(maker.twins)):
        raise _outdone("is for some twins only", "name twins that it reaches")
    end = maker.expires_at
    if end is not None and (wanted.expires_at is None or wanted.expires_at > end):
        at = datetime.fromtimestamp(end, UTC).isoformat(timespec="seconds")
        raise _outdone(f"ends at {at}", "name an end that is no later, in expires_at")


def _outdone(why: str, hint: str) -> NotAllowed:
    return NotAllowed(f"a key cannot make one that outdoes it, and the one shown {why}", hint=hint)


def _check(wanted: KeyTerms) -> None:
    if wanted.kind is KeyKind.PUBLISHABLE and wanted.scopes:
        raise InvalidInput(
            "a publishable key takes no scopes; it may mint widget sessions and nothing else",
            hint="make a secret one: twinctl keys create --kind secret",
        )
    if wanted.kind is KeyKind.SECRET and not wanted.scopes:
        raise InvalidInput("a secret key needs a scope", hint="name one: --scope chat")
    if wanted.expires_at is not None and wanted.expires_at <= time.time():
        raise InvalidInput("the key would have expired already", hint="name a later time")
