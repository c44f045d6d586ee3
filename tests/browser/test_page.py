"""How the widget sits in a page: policies, colours, directions, sizes, keys and screen readers."""

import re
from itertools import product

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import TimeoutError as NeverReached

from tests.support.browser import Site, Widget, visiting
from tests.support.written import prepare, prepare_to_stall

QUESTION = "Who built the lighthouse?"
BUILT = "The lighthouse at Skerry Point was built in 1841 by the engineer Margaret Dunmore."
HIGH = "Its tower is 27 metres high and made of grey granite."
UNKNOWN = "Which team won the 1998 World Cup?"
LARGEST_GZIPPED = 12_000
READABLE = 4.5
PHONE = {"width": 390, "height": 844}

COLOURS = ("#2f5bea", "gold", "#e00000", "#000", "white", "teal", "#888", "oklch(0.7 0.2 150)")
USED = """root => {
    const probe = document.createElement("i");
    root.append(probe);
    return ["accent", "on-accent", "ink", "soft", "ground"].map(name => {
        probe.style.color = `var(--${name})`;
        return getComputedStyle(probe).color;
    });
}"""
CONTRAST = """([mine, other]) => {
    const pen = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const light = colour => {
        pen.fillStyle = colour;
        pen.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [low, high] = [light(mine), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
}"""


@pytest.fixture(autouse=True)
def prepared(site: Site) -> None:
    """Have every answer be the same."""
    prepare(site.writer, f"{BUILT} [1]")


def colour(widget: Widget, selector: str, name: str) -> str:
    """Return a computed colour, or another property, of an element of the widget."""
    found = widget.host.locator(selector).first
    return str(found.evaluate(f"node => getComputedStyle(node).{name}"))


def is_dark(widget: Widget) -> bool:
    """Return whether the chat stands on a dark ground."""
    parts = re.findall(r"[\d.]+", colour(widget, ".chat", "backgroundColor"))
    return sum(map(float, parts[:3])) < 3 * 128


def test_a_strict_policy_has_nothing_to_forbid(browser: Browser, site: Site, key: str) -> None:
    with visiting(browser, site.put(key, is_strict=True)) as widget:
        widget.open().answered(QUESTION).locator(".reference").click()
        expect(widget.host.locator("blockquote")).to_be_visible()
        assert colour(widget, ".question", "backgroundColor") == "rgb(47, 91, 234)"
        assert widget.said == []


def test_nothing_of_it_is_global(browser: Browser, site: Site, key: str) -> None:
    with visiting(browser, site.put(key)) as widget:
        widget.open()
        names = set(widget.page.evaluate("Object.getOwnPropertyNames(window)"))
        widget.page.goto(site.web.url("/without"))
        assert names <= set(widget.page.evaluate("Object.getOwnPropertyNames(window)"))


def test_the_keyboard_is_enough_to_ask(browser: Browser, site: Site, key: str) -> None:
    with visiting(browser, site.put(key)) as widget:
        keyboard = widget.page.keyboard
        keyboard.press("Tab")
        keyboard.press("Tab")
        expect(widget.launcher).to_be_focused()
        keyboard.press("Enter")
        expect(widget.field).to_be_focused()
        keyboard.type("Who built")
        keyboard.press("Shift+Enter")
        keyboard.type("the lighthouse?")
        assert widget.field.input_value() == "Who built\nthe lighthouse?"
        keyboard.press("Enter")
        widget.answers.locator(".votes").wait_for()
        for name in ("Not helpful", "Helpful"):
            keyboard.press("Shift+Tab")
            expect(widget.button(name)).to_be_focused()
        keyboard.press("Escape")
        expect(widget.dialog).to_be_hidden()
        expect(widget.launcher).to_be_focused()


def test_tab_stays_in_what_lies_on_top(browser: Browser, site: Site, key: str) -> None:
    with visiting(browser, site.put(key)) as widget:
        keyboard = widget.page.keyboard
        reference = widget.open().answered(QUESTION).locator(".reference")
        widget.button("Send").focus()
        keyboard.press("Tab")
        expect(widget.button("New conversation")).to_be_focused()
        keyboard.press("Shift+Tab")
        expect(widget.button("Send")).to_be_focused()
        reference.focus()
        keyboard.press("Enter")
        for _ in range(3):
            assert widget.host.locator(".sheet :focus").count() == 1
            keyboard.press("Tab")
        keyboard.press("Escape")
        expect(reference).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, site: Site, scheme: str) -> None:
    key = site.side.key(origins=[], requests_per_minute=3)["key"]
    style = "html { color-scheme: light dark; }"
    with visiting(browser, site.put(key, style=style), color_scheme=scheme) as widget:
        assert widget.violations() == []
        widget.open().answered(QUESTION)
        widget.ask(UNKNOWN).locator(".hint").wait_for()
        widget.ask(QUESTION).locator(".failure").wait_for()
        assert widget.violations() == []
        widget.host.locator(".source").click()
        assert widget.violations() == []


@pytest.mark.parametrize("mode", ["inline", "page"])
def test_axe_finds_nothing_in_other_modes(
    browser: Browser, site: Site, key: str, mode: str
) -> None:
    with visiting(browser, site.put(key, mode=mode, color="gold")) as widget:
        widget.answered(QUESTION)
        assert widget.violations() == []


def test_any_colour_of_a_site_can_be_read(browser: Browser, site: Site, key: str) -> None:
    style = "html { color-scheme: light dark; }"
    with visiting(browser, site.put(key, style=style, color="gold")) as widget:
        assert colour(widget, ".launcher", "backgroundColor") == "rgb(255, 215, 0)"
        for wanted, scheme in product(COLOURS, ("light", "dark")):
            widget.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            widget.host.evaluate(
                "(node, to) => node.style.setProperty('--twin-color', to)", wanted
            )
            accent, on_accent, ink, soft, ground = widget.host.locator(".root").evaluate(USED)
            for pair in ((on_accent, accent), (ink, soft), (ink, ground)):
                assert widget.page.evaluate(CONTRAST, pair) >= READABLE, (wanted, scheme, pair)


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("", {"light": False, "dark": True}),
        ("html { color-scheme: light; }", {"light": False, "dark": False}),
        ("html { color-scheme: dark; }", {"light": True, "dark": True}),
    ],
    ids=["says nothing", "light", "dark"],
)
def test_it_is_as_dark_as_the_page_or_else_the_device(
    browser: Browser, site: Site, key: str, *, style: str, expected: dict[str, bool]
) -> None:
    with visiting(browser, site.put(key, style=style)) as widget:
        widget.launcher.click()
        for device, dark in expected.items():
            widget.page.emulate_media(color_scheme=device)  # type: ignore[arg-type]
            assert is_dark(widget) is dark


def test_it_lies_above_the_page_unless_the_page_says_else(
    browser: Browser, site: Site, key: str
) -> None:
    cover = "main { position: fixed; inset: 0; z-index: 1000; background: white; } "
    with visiting(browser, site.put(key, style=cover)) as widget:
        widget.open()
    behind = f"{cover} twin-widget {{ z-index: 10; }}"
    with visiting(browser, site.put(key, style=behind)) as widget, pytest.raises(NeverReached):
        widget.launcher.click(timeout=500)


def test_what_a_page_says_of_every_element_stays_outside(
    browser: Browser, site: Site, key: str
) -> None:
    style = "* { letter-spacing: 1em; text-transform: uppercase; white-space: nowrap; color: red }"
    with visiting(browser, site.put(key, style=style)) as widget:
        widget.open().answered(QUESTION)
        assert colour(widget, ".greeting", "letterSpacing") == "normal"
        assert colour(widget, ".greeting", "textTransform") == "none"
        assert colour(widget, ".text", "whiteSpace") == "normal"
        assert colour(widget, ".text", "color") != "rgb(255, 0, 0)"
        widget.host.evaluate("node => { node.style.visibility = 'hidden'; }")
        expect(widget.launcher).to_be_hidden()


def test_a_quote_can_be_read_however_long_its_title_and_short_the_screen(
    browser: Browser, site: Site, key: str
) -> None:
    with visiting(browser, site.put(key), viewport={"width": 320, "height": 256}) as widget:
        widget.open().answered(QUESTION).locator(".reference").click()
        title = widget.host.locator(".sheet strong")
        title.evaluate("node => { node.textContent = 'The light at Skerry Point '.repeat(20); }")
        quote = widget.host.locator("blockquote")
        quote.scroll_into_view_if_needed()
        expect(quote).to_be_in_viewport(ratio=0.5)


def test_it_fills_a_small_screen(browser: Browser, site: Site, key: str) -> None:
    options = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    address = site.put(key, position="bottom-left")
    with visiting(browser, address, **options) as widget:
        widget.open()
        assert widget.dialog.bounding_box() == {"x": 0, "y": 0, **PHONE}
        expect(widget.launcher).to_be_hidden()
        expect(widget.dialog).to_be_focused()
        widget.answered(QUESTION)
        wide = widget.page.evaluate("document.documentElement.scrollWidth")
        assert wide == PHONE["width"]
        widget.button("Close").click()
        expect(widget.launcher).to_be_focused()


def test_it_stands_inline_where_the_page_wants_it(browser: Browser, site: Site, key: str) -> None:
    style = "twin-widget { --twin-height: 400px; }"
    with visiting(browser, site.put(key, style=style, mode="inline", target="h1")) as widget:
        box = widget.host.bounding_box()
        assert box is not None
        assert box["height"] == 400
        assert widget.page.locator("h1 > twin-widget").count() == 1
        expect(widget.launcher).to_have_count(0)
        expect(widget.answered(QUESTION)).to_contain_text("Margaret Dunmore")


def test_it_is_turned_round_where_the_page_reads_from_right_to_left(
    browser: Browser, site: Site, key: str
) -> None:
    with visiting(browser, site.put(key, html='lang="ar" dir="rtl"')) as widget:
        widget.open()
        box = widget.launcher.bounding_box()
        assert box is not None
        assert box["x"] < 100
        widget.ask("من بنى المنارة؟").locator(".hint, .votes").first.wait_for()
        question = widget.host.locator(".question")
        assert question.evaluate("node => getComputedStyle(node).direction") == "rtl"
        assert colour(widget, ".refusal .text, .answer .text", "direction") == "ltr"


def test_it_speaks_the_language_of_the_page(browser: Browser, site: Site, key: str) -> None:
    with visiting(browser, site.put(key, html='lang="de-AT"')) as widget:
        widget.open()
        expect(widget.host.get_by_placeholder("Frage stellen")).to_be_visible()
        assert widget.host.locator(".root").get_attribute("lang") == "de"
    with visiting(browser, site.put(key, html='lang="de"', language="fi")) as widget:
        expect(widget.button("Ask a question")).to_be_visible()


def test_screen_readers_are_told_whole_sentences(browser: Browser, site: Site, key: str) -> None:
    prepare_to_stall(site.writer, f"{BUILT} [1] {HIGH} [1] ")
    with visiting(browser, site.put(key)) as widget:
        widget.open().ask(QUESTION)
        told = widget.host.locator(".said p")
        expect(told).to_have_text(["Looking through the sources…", BUILT])
        widget.button("Stop").click()
        expect(told.last).to_have_text("Stopped.")
        expect(widget.host.get_by_role("log")).to_have_attribute("aria-live", "off")


def test_the_script_stays_small(site: Site) -> None:
    answer = site.side.get("/widget.js", "Accept-Encoding: gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.body) < LARGEST_GZIPPED
