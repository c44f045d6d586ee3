"""Pseudonyms of visitors, and the keys that they are made with."""

from collections.abc import Mapping

import pytest

from tests.support.audience import Clock
from twind.audience.bots import is_bot
from twind.audience.visitors import Visitors
from twind.domain.metrics import day_of
from twind.store.store import Store

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def of(
    visitors: Visitors,
    *,
    tenant: str = "default",
    twin: str = "twn_1",
    address: str = "203.0.113.7",
    user_agent: str = FIREFOX,
    headers: Mapping[str, str] | None = None,
) -> tuple[str, bool]:
    return visitors.pseudonym(tenant, twin, address, user_agent, headers or {})


def test_a_visitor_goes_by_the_same_name_all_day(store: Store) -> None:
    clock = Clock()
    visitors = Visitors(store, clock)
    name, is_counted = of(visitors)
    clock.forward(3600)

    assert (of(visitors), of(Visitors(store, clock))) == ((name, True), (name, True))
    assert is_counted
    assert "203.0.113.7" not in name


def test_nobody_is_known_again_on_the_next_day(store: Store) -> None:
    clock = Clock()
    visitors = Visitors(store, clock)
    name, _ = of(visitors)
    clock.forward(days=1)

    assert of(visitors)[0] != name


def test_each_twin_tenant_address_and_browser_makes_another_name(store: Store) -> None:
    visitors = Visitors(store, Clock())
    names = {
        of(visitors)[0],
        of(visitors, twin="twn_2")[0],
        of(visitors, tenant="other")[0],
        of(visitors, address="203.0.113.8")[0],
        of(visitors, user_agent="Other")[0],
    }

    assert len(names) == 5


def test_fields_do_not_run_into_each_other(store: Store) -> None:
    visitors = Visitors(store, Clock())

    one = of(visitors, tenant="a", twin='b", "c')
    assert one != of(visitors, tenant='a", "b', twin="c")


def test_an_address_of_the_same_network_is_the_same_visitor(store: Store) -> None:
    visitors = Visitors(store, Clock())
    one = of(visitors, address="2001:db8:1:2:aaaa::1")

    assert of(visitors, address="2001:db8:1:2:bbbb::2") == one
    assert of(visitors, address="2001:db8:1:3::1") != one
    assert of(visitors, address="::ffff:203.0.113.7") == of(visitors)
    assert of(visitors, address="not an address")[1]


@pytest.mark.parametrize("header", ["dnt", "sec-gpc"])
def test_who_wants_no_trace_has_no_name_and_counts(store: Store, header: str) -> None:
    visitors = Visitors(store, Clock())

    assert of(visitors, headers={header: "1"}) == ("", True)
    assert of(visitors, headers={header: "0"})[0] != ""


def test_keys_are_random_and_gone_two_days_after_their_day_began(store: Store) -> None:
    clock = Clock()
    visitors = Visitors(store, clock)
    of(visitors)
    today = day_of(clock())
    before = store.salts.of_day(today)
    clock.forward(days=1)
    assert visitors.drop_salts() == 0
    assert store.salts.of_day(today) == before
    clock.forward(days=1)

    assert visitors.drop_salts() == 1
    assert store.salts.of_day(today) != before
    assert len(before) == 32


@pytest.mark.parametrize(
    "user_agent",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0)",
        "facebookexternalhit/1.1",
        "Twitterbot/1.0",
        "Mozilla/5.0 (compatible; Yahoo! Slurp)",
        "Baiduspider+(+http://www.baidu.com/search/spider.htm)",
        "AhrefsBot/7.0",
        "Slackbot-LinkExpanding 1.0",
        "WhatsApp/2.0 LinkPreview",
        "UptimeRobot/2.0; uptime monitor",
        "Scrapy/2.11 (+https://scrapy.org)",
    ],
)
def test_what_calls_itself_a_crawler_is_a_bot(store: Store, user_agent: str) -> None:
    assert is_bot(user_agent)
    assert of(Visitors(store, Clock()), user_agent=user_agent) == ("", False)


@pytest.mark.parametrize(
    "user_agent",
    [
        FIREFOX,
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15",
        "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/120.0 Mobile",
        "python-requests/2.32",
        "OpenAI/Python 2.0",
        "",
    ],
)
def test_browsers_and_programs_of_people_are_none(user_agent: str) -> None:
    assert not is_bot(user_agent)
