"""Questions, answers, sources and refusals, as a visitor of another site sees them."""

import json

from playwright.sync_api import Browser, expect

from tests.support.browser import Site, visiting
from tests.support.written import prepare, prepare_to_stall
from twinctl.wire.verified import VerifiedIn

QUESTION = "Who built the lighthouse?"
BUILT = "The lighthouse at Skerry Point was built in 1841 by the engineer Margaret Dunmore."
HIGH = "Its tower is 27 metres high and made of grey granite."
VIDEO = "aB3-_x9Qz0k"
ELEMENTS = {"div", "p", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "a"}
UNKNOWN = "Which team won the 1998 World Cup?"


def test_an_answer_streams_and_stops_when_the_visitor_wants(
    browser: Browser, site: Site, key: str
) -> None:
    prepare_to_stall(site.writer, f"{BUILT} [1] {HIGH} [1] ")
    with visiting(browser, site.put(key)) as widget:
        answer = widget.open().ask(QUESTION)
        expect(answer).to_contain_text("Margaret Dunmore")
        expect(answer.locator(".votes")).to_have_count(0)
        widget.button("Stop").click()
        expect(answer).to_contain_text("Stopped.")
        assert site.writer.hung_up.wait(30)
        expect(widget.button("Send")).to_be_visible()
        assert widget.said == []


def test_the_number_of_a_source_opens_its_words(browser: Browser, site: Site, key: str) -> None:
    prepare(site.writer, f"{BUILT} [1]")
    with visiting(browser, site.put(key)) as widget:
        answer = widget.open().answered(QUESTION)
        expect(answer.locator(".text")).to_have_text(f"{BUILT} 1")
        answer.locator(".reference").click()
        panel = widget.host.get_by_role("dialog", name="Source 1: The light at Skerry Point")
        expect(panel.locator("blockquote")).to_contain_text("built in 1841")
        expect(panel.get_by_role("link")).to_have_count(0)
        widget.page.keyboard.press("Escape")
        expect(panel).to_have_count(0)
        expect(answer.locator(".reference")).to_be_focused()
        answer.locator(".source").click()
        expect(panel).to_be_visible()


def test_a_source_of_the_web_opens_at_its_place(browser: Browser, site: Site, key: str) -> None:
    prepare(site.writer, "The harbour pilot of Skerry is called Marit Olsen. [1]")
    with visiting(browser, site.put(key)) as widget:
        widget.open().answered("Who is the harbour pilot?").locator(".reference").click()
        expect(widget.host.locator(".place")).to_have_text("1:23")
        link = widget.host.get_by_role("link", name="Open the source")
        expect(link).to_have_attribute("href", f"https://www.youtube.com/watch?v={VIDEO}&t=83")
        expect(link).to_have_attribute("rel", "noopener nofollow")
        expect(link).to_have_attribute("target", "_blank")


def test_a_refusal_is_no_error(browser: Browser, site: Site, key: str) -> None:
    with visiting(browser, site.put(key)) as widget:
        answer = widget.open().ask(UNKNOWN)
        expect(answer).to_contain_text("My sources do not say enough to answer that.")
        expect(answer).to_contain_text("Try other words")
        expect(answer.get_by_role("button")).to_have_count(0)
        assert widget.said == []


def test_a_reload_continues_the_conversation(browser: Browser, site: Site, key: str) -> None:
    prepare(site.writer, f"{BUILT} [1]")
    with visiting(browser, site.put(key)) as widget:
        widget.open().answered(QUESTION)
        widget.ask(UNKNOWN).locator(".hint").wait_for()
        widget.page.reload()
        expect(widget.host.locator(".question")).to_have_text([QUESTION, UNKNOWN])
        expect(widget.answers.first).to_contain_text("Margaret Dunmore")
        expect(widget.answers.last).to_contain_text("do not say enough")
        widget.answers.first.locator(".reference").click()
        expect(widget.host.locator("blockquote")).to_contain_text("built in 1841")
        widget.page.keyboard.press("Escape")
        prepare(site.writer, f"{HIGH} [1]")
        expect(widget.answered("How high is the tower of the lighthouse?")).to_contain_text(
            "27 metres"
        )
        widget.button("New conversation").click()
        expect(widget.host.locator(".question")).to_have_count(0)
    with site.side.daemon.client() as client:
        last = next(client.conversations(site.twin))
        assert (last.title, last.messages) == (QUESTION, 6)


def test_a_visitor_says_whether_an_answer_helped(browser: Browser, site: Site, key: str) -> None:
    prepare(site.writer, f"{BUILT} [1]")
    with visiting(browser, site.put(key)) as widget:
        widget.open().answered(QUESTION)
        up, down = widget.button("Helpful"), widget.button("Not helpful")
        for pressed, button in ((True, up), (True, down), (False, down)):
            with widget.page.expect_response(lambda answer: answer.status == 204):
                button.click()
            assert button.get_attribute("aria-pressed") == str(pressed).lower()
        assert up.get_attribute("aria-pressed") == "false"


def test_a_reload_shows_what_the_visitor_thought(browser: Browser, site: Site, key: str) -> None:
    prepare(site.writer, f"{BUILT} [1]")
    with visiting(browser, site.put(key)) as widget:
        widget.open()
        for vote in ("Helpful", "Not helpful"):
            answer = widget.answered(QUESTION)
            with widget.page.expect_response(lambda answer: answer.status == 204):
                answer.get_by_role("button", name=vote, exact=True).click()
        widget.answered(QUESTION)
        widget.page.reload()
        expect(widget.answers).to_have_count(3)
        pressed = widget.answers.evaluate_all(
            "all => all.map(a => [...a.querySelectorAll('.votes button')].map(b => b.ariaPressed))"
        )
        assert pressed == [["true", "false"], ["false", "true"], ["false", "false"]]
        with widget.page.expect_response(lambda answer: answer.status == 204):
            widget.answers.first.get_by_role("button", name="Helpful", exact=True).click()
        widget.page.reload()
        expect(widget.answers).to_have_count(3)
        expect(widget.answers.locator("[aria-pressed=true]")).to_have_count(1)


def test_markdown_becomes_a_few_kinds_of_elements(browser: Browser, site: Site, key: str) -> None:
    answer = (
        "## Plan\n\nSome **bold**, *soft* and `code`:\n\n- one\n- two\n\n3. three\n\n> said\n\n"
        "```\n<b>kept</b>\n```\n\n"
        "[good](https://example.com/a?b=1&c=2) [bad](javascript:alert(1)) [rel](/x) "
        "![pixel](https://evil.example/p.png) https://example.com/bare. "
        "<img src=x onerror=alert(1)>"
    )
    with site.side.daemon.client() as client:
        client.add_verified(site.twin, VerifiedIn(question="Show me the plan.", answer=answer))
    with visiting(browser, site.put(key)) as widget:
        asked: list[str] = []
        widget.page.on("request", lambda request: asked.append(request.url))
        shown = widget.open().answered("Show me the plan.").locator(".text")
        tags = shown.evaluate(
            "node => [...node.querySelectorAll('*')].map(each => each.localName)"
        )
        assert set(tags) <= ELEMENTS
        assert shown.locator("ol").get_attribute("start") == "3"
        expect(shown.locator("pre")).to_have_text("<b>kept</b>")
        links = shown.locator("a").evaluate_all("all => all.map(a => [a.href, a.rel, a.target])")
        rest = ["noopener nofollow", "_blank"]
        assert links == [
            ["https://example.com/a?b=1&c=2", *rest],
            ["https://example.com/bare", *rest],
        ]
        expect(shown).to_contain_text("<img src=x onerror=alert(1)>")
        assert not [url for url in asked if "evil" in url or url.endswith("/x")]


def test_rows_below_one_another_are_a_table(browser: Browser, site: Site, key: str) -> None:
    answer = "The hours:\nday | opens\n**Monday** | 8:00 | `late`\nSo it is.\n\n"
    answer += "| lamp | oil |\n| :--- | --- |\n| first | - |"
    with site.side.daemon.client() as client:
        client.add_verified(site.twin, VerifiedIn(question="Show me the hours.", answer=answer))
    with visiting(browser, site.put(key)) as widget:
        shown = widget.open().answered("Show me the hours.").locator(".text")
        expect(shown.locator("p")).to_have_text(["The hours:", "So it is."])
        tables = shown.locator("table").evaluate_all(
            "all => all.map(t => [...t.rows].map(r => [...r.cells].map(c => c.innerText.trim())))"
        )
        assert tables == [
            [["day", "opens"], ["Monday", "8:00", "late"]],
            [["lamp", "oil"], ["first", "-"]],
        ]
        assert shown.locator("td strong").inner_text() == "Monday"


def test_script_that_is_stored_anywhere_is_text(browser: Browser, site: Site, key: str) -> None:
    hostile = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
    told = f"The tide bell {hostile} rings at noon."
    with site.side.daemon.client() as client:
        client.add_verified(site.twin, VerifiedIn(question="When does it ring?", answer=told))
    site.side.owner("PATCH", f"/twins/{site.twin}", {"persona": {"greeting": hostile}})
    try:
        with visiting(browser, site.put(key)) as widget:
            expect(widget.open().host.locator(".greeting")).to_have_text(hostile)
            expect(widget.answered("When does it ring?").locator(".text")).to_contain_text(hostile)
            widget.ask(f"{hostile} {UNKNOWN}").locator(".hint").wait_for()
            expect(widget.host.locator(".question").last).to_contain_text(hostile)
            widget.page.reload()
            expect(widget.host.locator(".question").last).to_contain_text(hostile)
            assert widget.page.evaluate("window.hacked") is None
            assert widget.host.locator("img, script").count() == 0
    finally:
        site.side.owner("PATCH", f"/twins/{site.twin}", {"persona": {"greeting": ""}})


def test_the_page_hears_of_what_happens(browser: Browser, site: Site, key: str) -> None:
    prepare(site.writer, f"{BUILT} [1]")
    with visiting(browser, site.put(key)) as widget:
        names = ["ready", "open", "close", "question", "answer"]
        widget.page.evaluate(
            """names => {
                window.heard = [];
                for (const name of names) {
                    addEventListener(`twin-${name}`, event => heard.push([name, event.detail]));
                }
            }""",
            names,
        )
        before = widget.page.evaluate("document.querySelector('twin-widget').ask('Who built it?')")
        assert before is None
        widget.answers.locator(".votes, .hint").first.wait_for()
        widget.page.evaluate("document.querySelector('twin-widget').close()")
        heard = widget.page.evaluate("heard")
        assert [name for name, _ in heard] == ["open", "question", "ready", "answer", "close"]
        assert heard[1][1] == {"question": "Who built it?"}
        assert json.dumps(heard[2][1]) == json.dumps({"twin": site.twin})
