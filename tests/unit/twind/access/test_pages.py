from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.support.store import default_tenant
from twind.access.keys import Keys
from twind.access.origins import allowed
from twind.access.pages import Pages
from twind.domain.keys import KeyKind, KeyTerms
from twind.store.store import Store

TERMS = KeyTerms(name="site", kind=KeyKind.PUBLISHABLE, scopes=())
LABELS = st.sampled_from(["a", "b", "example", "com", "*", "", "localhost"])
HOSTS = st.lists(LABELS, min_size=1, max_size=4).map(".".join)
ORIGINS = st.builds(
    "{}://{}{}".format, st.sampled_from(["http", "https"]), HOSTS, st.sampled_from(["", ":8443"])
)


def with_keys(store: Store, *origins: tuple[str, ...]) -> Pages:
    for each in origins:
        Keys(store).create(default_tenant(store), replace(TERMS, origins=each))
    return Pages(store.keys)


def test_pages_are_known_as_soon_as_a_key_names_them(store: Store) -> None:
    pages = with_keys(store)
    assert not pages.has("https://example.com")

    with_keys(store, ("https://example.com",))
    assert pages.has("https://example.com")
    assert not pages.has("http://localhost")

    with_keys(store, (), ("https://*.example.org",))
    assert pages.has("http://localhost:3000")
    assert pages.has("https://a.b.example.org")
    assert not pages.has("https://example.org")


def test_a_key_that_follows_a_tenants_last_one_is_seen(store: Store) -> None:
    leaving = store.create_tenant("acme")
    Keys(store).create(leaving, replace(TERMS, origins=("https://acme.example",)))
    pages = Pages(store.keys)
    assert pages.has("https://acme.example")

    store.tenants.leave("acme")
    store.erasure.wipe()
    with_keys(store, ("https://example.com",))

    assert pages.has("https://example.com")
    assert not pages.has("https://acme.example")


@pytest.mark.parametrize("origin", ["", "null", "*", "https://*.example.com", "https://a\r\nb"])
def test_what_is_no_page_is_nobodys(store: Store, origin: str) -> None:
    assert not with_keys(store, (), ("https://*.example.com",)).has(origin)


PATTERNS = (
    ("https://example.com", "https://*.example.com"),
    ("http://a.b:8443",),
    ("https://*.a.example",),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@example("https://a..a.example")
@example("https://.a.example")
@given(ORIGINS)
def test_they_are_those_that_some_key_is_for(store: Store, origin: str) -> None:
    pages = with_keys(store, *PATTERNS) if store.keys.newest() is None else Pages(store.keys)

    assert pages.has(origin) == any(allowed(origin, each) for each in PATTERNS)
