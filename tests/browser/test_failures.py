"""What goes wrong, as a visitor is told of it, and how it goes on."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from tests.support.browser import FOREIGN, Site, Widget, visiting
from tests.support.written import prepare, prepare_to_stall
from twind.access.sessions import Sessions
from twind.access.tokens import sign
from twind.store.store import Store

QUESTION = "Who built the lighthouse?"
BUILT = "The lighthouse at Skerry Point was built in 1841 by the engineer Margaret Dunmore."
HIGH = "Its tower is 27 metres high and made of grey granite."


@pytest.fixture(autouse=True)
def prepared(site: Site) -> None:
    """Have every answer be the same."""
    prepare(site.writer, f"{BUILT} [1]")


def expired(site: Site, token: str) -> str:
    """Return the token of the same session as it would be after a quarter of an hour."""
    home = site.side.daemon.home
    store = Store.open(home.database, home.blobs)
    try:
        sessions = Sessions(store.secret())
    finally:
        store.close()
    claims = asdict(sessions.read(token))
    return sign(claims, sessions._key, audience="twinctl-session", lifetime_s=-60)


def test_an_expired_session_is_renewed_without_a_word(
    browser: Browser, site: Site, key: str
) -> None:
    tokens: list[str] = []

    def age(route: Route) -> None:
        """Let the first question come with a token that ended a minute ago."""
        token = (route.request.header_value("Authorization") or "").removeprefix("Bearer ")
        tokens.append(token)
        sent = expired(site, token) if len(tokens) == 1 else token
        headers = {**route.request.headers, "authorization": f"Bearer {sent}"}
        route.continue_(headers=headers)

    with visiting(browser, site.put(key)) as widget:
        widget.page.route(f"**/chat-widget/{site.twin}", age)
        widget.open()
        statuses: list[int] = []
        widget.page.on("response", lambda answer: statuses.append(answer.status))
        expect(widget.answered(QUESTION)).to_contain_text("Margaret Dunmore")
        expect(widget.host.locator(".question")).to_have_count(1)
        asked = [status for status in statuses if status != 204]
        assert asked == [401, 200, 200]
        assert len(set(tokens)) == 2


def test_a_token_that_is_about_to_end_is_renewed_before_it_is_used(
    browser: Browser, site: Site, key: str
) -> None:
    with visiting(browser, site.put(key)) as widget:
        widget.page.clock.install()
        widget.open().answered(QUESTION)
        widget.page.clock.fast_forward("15:00")
        with widget.page.expect_response("**/session") as renewed:
            widget.answered("How high is the tower of the lighthouse?")
        assert (renewed.value.request.post_data_json or {})["resume"]
        assert len(renewed.value.json()["messages"]) == 2


def test_a_key_that_was_revoked_ends_the_chat(browser: Browser, site: Site) -> None:
    made = site.side.key(origins=[])
    with visiting(browser, site.put(made["key"])) as widget:
        widget.open().answered(QUESTION)
        site.side.owner("DELETE", f"/api-keys/{made['id']}")
        answer = widget.ask(QUESTION)
        expect(answer).to_contain_text("This chat is no longer available.")
        expect(answer.get_by_role("button")).to_have_count(0)
        assert any("key_revoked" in said for said in widget.said), widget.said


@pytest.mark.parametrize("host", ["127.0.0.1", FOREIGN])
def test_a_page_of_another_origin_is_told_how_to_mend_that(
    browser: Browser, site: Site, host: str
) -> None:
    key = site.side.key(origins=["https://shop.example"])["key"]
    address = site.put(key).replace("127.0.0.1", host)
    with visiting(browser, address) as widget:
        widget.launcher.click()
        expect(widget.answers).to_contain_text("This chat is not set up for this website.")
        expect(widget.button("Try again")).to_have_count(0)
        command = rf"twinctl widget test --twin {site.twin} --origin http://\S+ --key {key}$"
        assert any(re.search(command, said) for said in widget.said), widget.said


def test_too_many_questions_are_counted_down(browser: Browser, site: Site) -> None:
    key = site.side.key(origins=[], requests_per_minute=2)["key"]
    with visiting(browser, site.put(key)) as widget:
        widget.page.clock.install()
        widget.open().answered(QUESTION)
        answer = widget.ask(QUESTION)
        said = answer.locator(".failure p")
        expect(said).to_contain_text("Many questions at once.")
        first = said.inner_text()
        expect(widget.button("Try again")).to_be_disabled()
        widget.page.clock.run_for(2000)
        assert said.inner_text() != first
        widget.page.clock.run_for(60_000)
        expect(widget.button("Try again")).to_be_enabled()


def test_a_question_asked_offline_is_sent_as_soon_as_that_is_over(
    browser: Browser, site: Site, key: str
) -> None:
    with visiting(browser, site.put(key)) as widget:
        widget.open()
        widget.page.context.set_offline(True)
        expect(widget.ask(QUESTION)).to_contain_text("You are offline.")
        widget.page.context.set_offline(False)
        expect(widget.answers.locator(".votes")).to_be_visible()
        expect(widget.answers).to_have_count(1)
        expect(widget.host.locator(".question")).to_have_count(1)


def test_an_answer_that_breaks_off_can_be_asked_for_again(
    browser: Browser, site: Site, key: str
) -> None:
    with in_mid_answer(browser, site, key) as (widget, answer):
        with unreachable(site):
            expect(answer).to_contain_text("Try again")
            widget.button("Try again").click()
            expect(widget.host.get_by_role("log")).to_be_focused()
            expect(widget.answers).to_contain_text("This chat cannot be reached at the moment.")
        widget.button("Try again").click()
        expect(widget.answers.locator(".votes")).to_be_visible()


def test_a_question_without_an_answer_can_be_asked_again_after_a_reload(
    browser: Browser, site: Site, key: str
) -> None:
    with in_mid_answer(browser, site, key) as (widget, _):
        widget.page.reload()
        expect(widget.answers).to_contain_text("Stopped.")
        assert widget.violations() == []
        widget.button("Try again").click()
        expect(widget.host.get_by_role("log")).to_be_focused()
        expect(widget.answers.locator(".votes")).to_be_visible()
        widget.page.reload()
        expect(widget.answers).to_have_count(1)
        expect(widget.host.locator(".question")).to_have_text([QUESTION])
        expect(widget.button("Try again")).to_have_count(0)


def test_a_daemon_that_is_killed_in_an_answer_goes_on_after_its_restart(
    browser: Browser, site: Site, key: str
) -> None:
    with in_mid_answer(browser, site, key) as (widget, answer):
        with killed(site):
            expect(answer).to_contain_text("The connection broke off")
            widget.page.reload()
            expect(widget.answers).to_contain_text("This chat cannot be reached at the moment.")
        widget.button("Try again").click()
        expect(widget.answers).to_contain_text("Stopped.")
        widget.button("Try again").click()
        expect(widget.answers.locator(".votes")).to_be_visible()
        expect(widget.host.locator(".question")).to_have_text([QUESTION])


@contextmanager
def in_mid_answer(browser: Browser, site: Site, key: str) -> Iterator[tuple[Widget, Locator]]:
    """Open the widget and ask; yield it with an answer that begins and comes no further.

    The next answer is a whole one.
    """
    prepare_to_stall(site.writer, f"{BUILT} [1] {HIGH} [1] ")
    with visiting(browser, site.put(key)) as widget:
        answer = widget.open().ask(QUESTION)
        expect(answer).to_contain_text("Margaret Dunmore")
        prepare(site.writer, f"{BUILT} [1]")
        yield widget, answer


@contextmanager
def killed(site: Site) -> Iterator[None]:
    """Kill the daemon, and start it again with its listener where it was."""
    site.side.daemon.kill()
    try:
        yield
    finally:
        site.side.daemon.start()
        listen(site)


@contextmanager
def unreachable(site: Site) -> Iterator[None]:
    """Stop the listener, and start it again where it was."""
    site.side.owner("DELETE", "/public-listener")
    try:
        yield
    finally:
        listen(site)


def listen(site: Site) -> None:
    """Have the listener be where the pages look for it."""
    where = {"host": site.side.host, "port": site.side.port}
    site.side.owner("PUT", "/public-listener", where)


def test_a_share_link_opens_with_its_passcode_and_tells_what_is_left(
    browser: Browser, site: Site
) -> None:
    wanted = {"name": "talk", "max_questions": 1, "passcode": "säbel 7"}
    path = site.side.owner("POST", f"/twins/{site.twin}/share-links", wanted)["path"]
    with visiting(browser, f"{site.side.url}{path}") as widget:
        assert widget.violations() == []
        for passcode in ("wrong", "säbel 7"):
            widget.host.get_by_label("Passcode").fill(passcode)
            widget.button("Send").click()
            widget.host.locator(".passcode, .greeting").first.wait_for()
        expect(widget.host.locator(".note")).to_contain_text("Questions left: 1.")
        widget.answered(QUESTION)
        expect(widget.host.locator(".note")).to_contain_text("Questions left: 0.")
        expect(widget.ask(QUESTION)).to_contain_text("All questions of this link have been asked.")
        assert [said for said in widget.said if "Content Security" in said] == []
