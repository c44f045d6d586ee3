import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.store import default_twin
from twind.access.shares import Opened, Shares
from twind.domain.shares import ShareState, ShareTerms
from twind.errors import InvalidInput, LinkEnded, NotAllowed, NotFound
from twind.store.store import Store, Tenant


@pytest.fixture
def shares(store: Store) -> Shares:
    return Shares(store)


@pytest.fixture
def terms(tenant: Tenant) -> ShareTerms:
    return ShareTerms(twin_id=default_twin(tenant), name="For the press")


def opened(shares: Shares, tenant: Tenant, *, questions: int) -> Opened:
    terms = ShareTerms(twin_id=default_twin(tenant), max_questions=questions)
    token, _ = shares.create(tenant, terms, None)
    return shares.open("default", token)


def test_a_token_opens_its_twin_by_slug_or_id(
    shares: Shares, tenant: Tenant, terms: ShareTerms
) -> None:
    token, made = shares.create(tenant, terms, None)
    for name in ("default", terms.twin_id):
        found = shares.open(name, token)
        assert (found.tenant.id, found.twin.slug, found.share) == ("default", "default", made)
    assert token.startswith(made.prefix)
    assert len(token) * 5.95 > 255
    assert token.isalnum()


def test_a_token_of_one_twin_opens_no_other(
    shares: Shares, tenant: Tenant, terms: ShareTerms
) -> None:
    tenant.twins.create("ada", "Ada")
    token, _ = shares.create(tenant, terms, None)
    with pytest.raises(NotFound) as elsewhere:
        shares.open("ada", token)
    with pytest.raises(NotFound) as unknown:
        shares.open("default", token[:-1])
    assert elsewhere.value.message == unknown.value.message


def test_a_link_of_a_tenant_that_is_being_deleted_is_none(store: Store, shares: Shares) -> None:
    leaving = store.create_tenant("acme")
    token, _ = shares.create(leaving, ShareTerms(twin_id=default_twin(leaving)), None)
    store.tenants.leave("acme")

    with pytest.raises(NotFound) as ended:
        shares.open("default", token)

    assert ended.value.message == "there is no such link"


@pytest.mark.parametrize("token", ["", "x", "\0", "\udcff", "' OR 1=1 --", "x" * 100_000])
def test_no_text_but_a_token_opens_anything(
    shares: Shares, tenant: Tenant, terms: ShareTerms, token: str
) -> None:
    shares.create(tenant, terms, None)
    with pytest.raises(NotFound):
        shares.open("default", token)


def test_a_link_that_was_revoked_says_so_to_whoever_has_it(
    shares: Shares, tenant: Tenant, terms: ShareTerms
) -> None:
    token, made = shares.create(tenant, terms, None)
    revoked = tenant.shares.revoke(made.id)
    with pytest.raises(LinkEnded) as caught:
        shares.open("default", token)
    assert caught.value.code == "share_revoked"
    assert tenant.shares.revoke(made.id) == revoked


def test_a_link_ends_when_its_time_has_come(
    shares: Shares, tenant: Tenant, terms: ShareTerms
) -> None:
    soon = time.time() + 0.05
    token, made = shares.create(tenant, ShareTerms(twin_id=terms.twin_id, expires_at=soon), None)
    assert made.state(soon - 1) is ShareState.OPEN
    while time.time() <= soon:
        pass
    with pytest.raises(LinkEnded) as caught:
        shares.open("default", token)
    assert caught.value.code == "share_expired"


def test_a_link_that_has_ended_is_not_made(
    shares: Shares, tenant: Tenant, terms: ShareTerms
) -> None:
    with pytest.raises(InvalidInput):
        shares.create(tenant, ShareTerms(twin_id=terms.twin_id, expires_at=1.0), None)


def test_nothing_that_opens_a_link_is_kept(
    shares: Shares, tenant: Tenant, terms: ShareTerms, tmp_path: Path
) -> None:
    token, _ = shares.create(tenant, terms, "open sesame")
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("twinctl.db*"))
    assert token.encode() not in kept
    assert b"open sesame" not in kept


def test_a_passcode_lets_through_whoever_knows_it(
    shares: Shares, tenant: Tenant, terms: ShareTerms
) -> None:
    token, made = shares.create(tenant, terms, "open sesame")
    assert made.has_passcode
    found = shares.open("default", token)
    shares.check_passcode(found, "open sesame")
    with pytest.raises(NotAllowed) as caught:
        shares.check_passcode(found, "open")
    assert caught.value.code == "passcode_wrong"


def test_questions_are_counted_up_to_the_most(shares: Shares, tenant: Tenant) -> None:
    link = opened(shares, tenant, questions=2)
    shares.take_question(link)
    shares.take_question(link)
    with pytest.raises(LinkEnded) as caught:
        shares.take_question(link)
    assert caught.value.code == "share_used_up"
    shares.give_back(link)
    shares.take_question(link)
    assert tenant.shares.get(link.share.id).questions_left == 0


def test_of_questions_at_once_no_more_are_let_through_than_are_left(
    shares: Shares, tenant: Tenant
) -> None:
    link = opened(shares, tenant, questions=5)

    def ask(_: int) -> bool:
        try:
            shares.take_question(link)
        except LinkEnded:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(ask, range(40))) == 5
    assert tenant.shares.get(link.share.id).questions == 5


def test_a_question_that_no_daemon_finished_is_counted_no_longer(
    shares: Shares, tenant: Tenant
) -> None:
    link, untouched = (opened(shares, tenant, questions=3) for _ in range(2))
    for each in (link, untouched):
        shares.take_question(each)
        shares.settle(each)
    shares.take_question(link)
    shares.take_question(link)
    assert tenant.shares.get(link.share.id).questions_left == 0

    for _ in range(2):
        shares.recover()
        assert tenant.shares.get(link.share.id).questions_left == 2
    assert tenant.shares.get(untouched.share.id).questions_left == 2


def test_a_link_goes_with_its_twin(shares: Shares, tenant: Tenant) -> None:
    twin = tenant.twins.create("ada", "Ada")
    token, _ = shares.create(tenant, ShareTerms(twin_id=twin.id), None)
    tenant.twins.delete(twin.id)
    with pytest.raises(NotFound):
        shares.open("ada", token)


def test_the_most_that_is_given_back_is_what_was_taken(shares: Shares, tenant: Tenant) -> None:
    link = opened(shares, tenant, questions=1)
    shares.give_back(link)
    assert tenant.shares.get(link.share.id).questions == 0
