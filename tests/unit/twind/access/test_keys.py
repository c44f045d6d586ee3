"""Keys from their making to their end, and guessing at them."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from twinctl.wire.codes import ErrorCode
from twind.access.keys import Keys
from twind.domain.audit import Action
from twind.domain.keys import (
    KeyKind,
    KeyState,
    KeyTerms,
    Scope,
    new_secret,
    owner_grant,
    secret_hash,
)
from twind.errors import Conflict, InvalidInput, NotAllowed, NotAuthenticated, NotFound
from twind.store.sqlite import SqliteDatabase
from twind.store.store import Store, Tenant

DAY_S = 86_400.0
TERMS = KeyTerms(name="reports", scopes=(Scope.CHAT, Scope.SEARCH))


@pytest.fixture
def keys(store: Store) -> Keys:
    return Keys(store)


def refused(keys: Keys, presented: str) -> NotAuthenticated:
    with pytest.raises(NotAuthenticated) as caught:
        keys.authenticate(presented)
    return caught.value


def expire(store: Store, key_id: str) -> None:
    """Let the time of a key be over."""
    store._db.execute(
        "UPDATE api_keys SET expires_at = :past WHERE id = :id",
        {"past": time.time() - 1, "id": key_id},
    )


def test_a_key_grants_what_it_was_made_for(keys: Keys, tenant: Tenant, twin: str) -> None:
    secret, key = keys.create(tenant, replace(TERMS, twins=(twin,)))
    grant = keys.authenticate(secret)

    assert (grant.tenant_id, grant.actor) == (tenant.id, key.id)
    assert (grant.scopes, grant.twins) == (TERMS.scopes, (twin,))
    assert grant.key is not None
    assert grant.key.id == key.id


ADMIN = KeyTerms(name="admin", scopes=(Scope.ADMIN,))


def made_by(keys: Keys, store: Store, maker: KeyTerms) -> Tenant:
    """Return the tenant, in which a new key is at work."""
    _, key = keys.create(store.tenant("default"), maker)
    return store.tenant("default", key.id)


@pytest.mark.parametrize("wanted", [replace(ADMIN, name="other"), TERMS])
def test_a_key_without_an_end_makes_what_the_owner_makes(
    keys: Keys, store: Store, twin: str, wanted: KeyTerms
) -> None:
    maker = made_by(keys, store, ADMIN)

    assert keys.create(maker, replace(wanted, twins=(twin,)))[1].scopes == wanted.scopes


def test_a_key_with_an_end_makes_none_that_outlives_it(keys: Keys, store: Store) -> None:
    end = time.time() + DAY_S
    maker = made_by(keys, store, replace(ADMIN, expires_at=end))

    for later in (None, end + 60):
        with pytest.raises(NotAllowed, match="ends at") as caught:
            keys.create(maker, replace(TERMS, expires_at=later))
        assert "expires_at" in (caught.value.hint or "")
    assert keys.create(maker, replace(TERMS, expires_at=end))[1].expires_at == end


def test_a_key_with_an_end_cannot_have_it_put_off(keys: Keys, store: Store) -> None:
    maker = made_by(keys, store, replace(ADMIN, expires_at=time.time() + DAY_S))
    _, endless = keys.create(store.tenant("default"), TERMS)

    for key_id in (maker.actor, endless.id):
        with pytest.raises(NotAllowed, match="ends at"):
            keys.rotate(maker, key_id, overlap_s=0)
        assert maker.keys.get(key_id).replaced_by is None
    assert keys.rotate(store.tenant("default"), maker.actor, overlap_s=0)[1].expires_at


def test_a_key_makes_none_that_may_more_or_reaches_further(
    keys: Keys, store: Store, twin: str
) -> None:
    of_a_twin = made_by(keys, store, replace(ADMIN, twins=(twin,)))
    that_chats = made_by(keys, store, TERMS)

    for further in ((), (twin, "twn_other")):
        with pytest.raises(NotAllowed, match="some twins only"):
            keys.create(of_a_twin, replace(TERMS, twins=further))
    assert keys.create(of_a_twin, replace(TERMS, twins=(twin,)))
    for more in ((Scope.ADMIN,), (Scope.CHAT, Scope.STATS_READ)):
        with pytest.raises(NotAllowed, match="may not"):
            keys.create(that_chats, replace(TERMS, scopes=more))
    assert keys.create(that_chats, replace(TERMS, scopes=(Scope.CHAT,)))


def test_nothing_that_is_kept_or_told_holds_the_secret(
    keys: Keys, store: Store, tenant: Tenant
) -> None:
    secret, key = keys.create(tenant, TERMS)
    kept = [tuple(row) for row in store._db.rows("SELECT * FROM api_keys")]

    assert secret not in str(kept)
    assert secret_hash(secret) in str(kept)
    assert secret not in str(tenant.audit.list())
    assert secret not in repr(key)


def test_all_guesses_are_refused_alike_and_cost_the_same(
    keys: Keys, store: Store, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, _ = keys.create(tenant, TERMS)
    gone, revoked = keys.create(tenant, TERMS)
    keys.revoke(tenant, revoked.id)
    late, expired = keys.create(tenant, TERMS)
    expire(store, expired.id)
    guesses = {
        "malformed": "nonsense",
        "empty": "",
        "not ASCII": "sk_\udcff\u00e9",
        "long": "sk_" + "a" * 10_000,
        "unknown": new_secret(KeyKind.SECRET),
        "wrong checksum": secret[:-1] + ("0" if secret[-1] != "0" else "1"),
        "wrong kind": "pk_" + secret[3:],
        "other case": secret.swapcase(),
        "with a space": secret + " ",
        "revoked": gone,
        "expired": late,
    }
    work: list[tuple[str, int]] = []
    original = SqliteDatabase.rows

    def noted(db: SqliteDatabase, sql: str, params: Any = None) -> Any:
        work.append((sql, len(params["hash"])))
        return original(db, sql, params)

    monkeypatch.setattr(SqliteDatabase, "rows", noted)
    errors = {name: refused(keys, guess) for name, guess in guesses.items()}

    assert len({(error.message, error.hint) for error in errors.values()}) == 1
    assert len(work) == len(guesses)
    assert len(set(work)) == 1
    codes = {name: error.code for name, error in errors.items()}
    assert codes.pop("revoked") is ErrorCode.KEY_REVOKED
    assert codes.pop("expired") is ErrorCode.KEY_EXPIRED
    assert set(codes.values()) == {ErrorCode.NOT_AUTHENTICATED}


def test_the_use_of_a_key_is_noted_at_most_once_a_minute(
    keys: Keys, store: Store, tenant: Tenant
) -> None:
    secret, key = keys.create(tenant, TERMS)
    assert tenant.keys.get(key.id).last_used_at is None

    keys.authenticate(secret)
    first = tenant.keys.get(key.id).last_used_at
    keys.authenticate(secret)
    second = tenant.keys.get(key.id).last_used_at
    store._db.execute("UPDATE api_keys SET last_used_at = last_used_at - 61")
    keys.authenticate(secret)
    third = tenant.keys.get(key.id).last_used_at

    assert first is not None
    assert second == first
    assert third is not None
    assert third >= first


def test_a_rotated_key_works_until_the_overlap_ends(
    keys: Keys, store: Store, tenant: Tenant
) -> None:
    secret, key = keys.create(tenant, TERMS)
    new_one, made = keys.rotate(tenant, key.id, overlap_s=DAY_S)
    old = tenant.keys.get(key.id)

    assert keys.authenticate(secret).actor == key.id
    assert keys.authenticate(new_one).actor == made.id
    assert (old.replaced_by, old.state(time.time())) == (made.id, KeyState.REPLACED)
    assert old.expires_at == pytest.approx(time.time() + DAY_S, abs=60)
    assert (made.name, made.scopes, made.expires_at) == (key.name, key.scopes, None)

    expire(store, key.id)
    assert refused(keys, secret).code is ErrorCode.KEY_EXPIRED
    assert keys.authenticate(new_one).actor == made.id


def test_rotation_without_overlap_ends_the_old_key_at_once(keys: Keys, tenant: Tenant) -> None:
    secret, key = keys.create(tenant, TERMS)
    new_one, made = keys.rotate(tenant, key.id, overlap_s=0.0)

    assert refused(keys, secret).code is ErrorCode.KEY_EXPIRED
    assert keys.authenticate(new_one).actor == made.id


def test_a_key_can_be_revoked_during_its_overlap(keys: Keys, tenant: Tenant) -> None:
    secret, key = keys.create(tenant, TERMS)
    new_one, made = keys.rotate(tenant, key.id, overlap_s=DAY_S)

    keys.revoke(tenant, key.id)

    assert refused(keys, secret).code is ErrorCode.KEY_REVOKED
    assert keys.authenticate(new_one).actor == made.id


def test_a_rotation_prolongs_no_life_that_was_to_end_before(keys: Keys, tenant: Tenant) -> None:
    ends = time.time() + 60
    _, key = keys.create(tenant, replace(TERMS, expires_at=ends))
    _, made = keys.rotate(tenant, key.id, overlap_s=DAY_S)

    assert tenant.keys.get(key.id).expires_at == ends
    assert made.expires_at == pytest.approx(time.time() + 60, abs=10)


def test_a_rotation_reaches_no_year_that_calendars_do_not_know(keys: Keys, tenant: Tenant) -> None:
    end = datetime(9999, 12, 31, 12, tzinfo=UTC).timestamp()
    _, old = keys.create(tenant, replace(TERMS, expires_at=end))
    _, made = keys.rotate(tenant, old.id, DAY_S)

    assert made.expires_at is not None
    assert datetime.fromtimestamp(made.expires_at, UTC).year == 9999


@pytest.mark.parametrize("ended", ["revoked", "replaced", "expired"])
def test_only_a_key_that_is_in_use_is_rotated(
    ended: str, keys: Keys, store: Store, tenant: Tenant
) -> None:
    _, key = keys.create(tenant, TERMS)
    if ended == "revoked":
        keys.revoke(tenant, key.id)
    elif ended == "replaced":
        keys.rotate(tenant, key.id, overlap_s=DAY_S)
    else:
        expire(store, key.id)

    with pytest.raises(Conflict, match=ended):
        keys.rotate(tenant, key.id, overlap_s=DAY_S)


def test_a_key_stays_revoked_since_the_first_time(keys: Keys, tenant: Tenant) -> None:
    _, key = keys.create(tenant, TERMS)
    first = keys.revoke(tenant, key.id)
    second = keys.revoke(tenant, key.id)

    assert first.revoked_at == second.revoked_at
    assert [entry.action for entry in tenant.audit.list()].count(Action.KEY_REVOKE) == 1


@pytest.mark.parametrize(
    "wanted",
    [
        KeyTerms(name="x", kind=KeyKind.PUBLISHABLE, scopes=(Scope.CHAT,)),
        KeyTerms(name="x", scopes=()),
        KeyTerms(name="x", expires_at=1.0),
        KeyTerms(name="x", origins=("https://*.com",)),
    ],
)
def test_terms_that_make_no_sense_make_no_key(
    wanted: KeyTerms, keys: Keys, tenant: Tenant
) -> None:
    with pytest.raises(InvalidInput):
        keys.create(tenant, wanted)

    assert len(tenant.keys.list()) == len(tenant.audit.list()) == 0


def test_origins_are_kept_as_browsers_send_them(keys: Keys, tenant: Tenant) -> None:
    wanted = KeyTerms(
        name="site", kind=KeyKind.PUBLISHABLE, scopes=(), origins=("HTTPS://Example.com:443/",)
    )

    assert keys.create(tenant, wanted)[1].origins == ("https://example.com",)


def test_a_key_for_a_twin_that_was_deleted_reaches_nothing(
    keys: Keys, tenant: Tenant, twin: str
) -> None:
    secret, _ = keys.create(tenant, replace(TERMS, twins=(twin,)))
    other = tenant.twins.create("ada", "Ada").id

    tenant.twins.delete(twin)

    grant = keys.authenticate(secret)
    assert grant.twins
    assert not grant.reaches(other)


def test_what_is_done_to_keys_is_written_down_with_who_did_it(
    keys: Keys, store: Store, tenant: Tenant
) -> None:
    _, key = keys.create(tenant, ADMIN)
    by_key = store.tenant(tenant.id, key.id)
    _, made = keys.rotate(by_key, key.id, overlap_s=0.0)
    keys.revoke(tenant, made.id)

    told = [(entry.actor, entry.action, entry.subject) for entry in tenant.audit.list()]
    assert told == [
        ("owner", Action.KEY_REVOKE, made.id),
        (key.id, Action.KEY_ROTATE, key.id),
        ("owner", Action.KEY_CREATE, key.id),
    ]


def test_a_key_of_another_tenant_is_not_there(keys: Keys, store: Store, tenant: Tenant) -> None:
    secret, key = keys.create(store.create_tenant("other"), TERMS)

    for change in (keys.revoke, lambda ours, key_id: keys.rotate(ours, key_id, 0.0)):
        with pytest.raises(NotFound):
            change(tenant, key.id)
    assert keys.authenticate(secret).tenant_id == "other"


def test_the_key_of_a_tenant_that_leaves_is_refused(
    keys: Keys, store: Store, tenant: Tenant
) -> None:
    secret, _ = keys.create(store.create_tenant("other"), TERMS)
    store.tenants.leave("other")

    assert refused(keys, secret).code is ErrorCode.NOT_AUTHENTICATED


@pytest.mark.parametrize("ended", ["revoked", "expired", "with its tenant"])
def test_a_grant_holds_until_its_key_ends(keys: Keys, store: Store, ended: str) -> None:
    tenant = store.create_tenant("acme")
    secret, key = keys.create(tenant, TERMS)
    grant = keys.authenticate(secret)
    assert keys.holds(grant)

    if ended == "revoked":
        keys.revoke(tenant, key.id)
    elif ended == "expired":
        expire(store, key.id)
    else:
        store.tenants.leave(tenant.id)

    assert not keys.holds(grant)
    assert keys.holds(owner_grant("default"))
