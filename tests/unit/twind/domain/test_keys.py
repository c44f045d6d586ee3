"""The shape of a secret, and what a key and a grant may do."""

import re
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twind.domain.keys import (
    ApiKey,
    Grant,
    KeyKind,
    KeyState,
    Scope,
    new_secret,
    owner_grant,
    secret_hash,
    shown_parts,
)

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
RANDOM, CHECKSUM = 43, 6


def number(digits: str) -> int:
    value = 0
    for digit in digits:
        value = value * len(ALPHABET) + ALPHABET.index(digit)
    return value


def a_key(**attributes: object) -> ApiKey:
    usual = {"id": "key_1", "name": "k", "prefix": "sk_abcde", "last_four": "wxyz"}
    return ApiKey(**{**usual, "created_at": 0.0, **attributes})  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "prefix"), [("secret", "sk_"), ("publishable", "pk_")])
def test_a_secret_is_a_prefix_256_bits_and_their_checksum(kind: str, prefix: str) -> None:
    secret = new_secret(KeyKind(kind))
    body, check = secret[len(prefix) :][:RANDOM], secret[-CHECKSUM:]

    assert re.fullmatch(rf"{prefix}[0-9A-Za-z]{{{RANDOM + CHECKSUM}}}", secret)
    assert number(body) < 2**256
    assert number(check) == zlib.crc32(body.encode())


def test_secrets_use_all_their_bits() -> None:
    bodies = [number(new_secret(KeyKind.SECRET)[3:][:RANDOM]) for _ in range(200)]
    seen_set, seen_clear = 0, 0
    for body in bodies:
        seen_set |= body
        seen_clear |= ~body & (2**256 - 1)

    assert len(set(bodies)) == len(bodies)
    assert seen_set == seen_clear == 2**256 - 1


def test_what_is_shown_of_a_secret_leaves_most_of_it_unknown() -> None:
    secret = new_secret(KeyKind.SECRET)
    prefix, last_four = shown_parts(secret)

    assert (prefix, last_four) == (secret[:8], secret[-4:])
    assert len(secret) - len(prefix) - CHECKSUM == RANDOM - 5


@given(st.text())
def test_any_text_has_a_hash(text: str) -> None:
    assert re.fullmatch("[0-9a-f]{64}", secret_hash(text))


@given(st.text(), st.text())
def test_other_texts_have_other_hashes(one: str, other: str) -> None:
    assert (secret_hash(one) == secret_hash(other)) == (one == other)


@pytest.mark.parametrize(
    ("key", "state"),
    [
        (a_key(), KeyState.ACTIVE),
        (a_key(expires_at=101.0), KeyState.ACTIVE),
        (a_key(expires_at=100.0), KeyState.EXPIRED),
        (a_key(replaced_by="key_2", expires_at=101.0), KeyState.REPLACED),
        (a_key(replaced_by="key_2", expires_at=99.0), KeyState.EXPIRED),
        (a_key(replaced_by="key_2", expires_at=101.0, revoked_at=50.0), KeyState.REVOKED),
    ],
)
def test_a_key_is_what_its_dates_say(key: ApiKey, state: KeyState) -> None:
    assert key.state(100.0) is state


@given(st.sets(st.sampled_from(Scope)), st.sampled_from(Scope))
def test_a_grant_allows_its_scopes_and_admin_allows_all(granted: set[Scope], asked: Scope) -> None:
    grant = Grant(tenant_id="t", actor="key_1", scopes=tuple(granted))

    assert grant.may(asked) == (asked in granted or Scope.ADMIN in granted)


def test_the_owner_may_do_everything() -> None:
    assert all(owner_grant("t").may(scope) for scope in Scope)


def test_a_grant_for_some_twins_reaches_no_other_and_nothing_without_a_twin() -> None:
    some = Grant(tenant_id="t", actor="key_1", scopes=(), twins=("twn_1",))
    everything = Grant(tenant_id="t", actor="key_1", scopes=())

    assert [some.reaches(twin) for twin in ("twn_1", "twn_2", None)] == [True, False, False]
    assert all(everything.reaches(twin) for twin in ("twn_1", None))
