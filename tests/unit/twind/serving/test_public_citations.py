import pytest

from twind.domain.answers import Citation
from twind.domain.chunks import Locator
from twind.serving.locators import public_citation_out

QUOTE = "The trench is 80 centimetres wide."


def cited(
    uri: str, *, quote: str = QUOTE, title: str = "Walls", locator: Locator | None = None
) -> Citation:
    return Citation(
        n=1,
        source_id="src_1",
        chunk_id="chk_1",
        uri=uri,
        title=title,
        quote=quote,
        locator=locator or Locator(start_char=0, end_char=9),
    )


@pytest.mark.parametrize(
    "uri",
    [
        "/home/ada/private/walls.md",
        "file:///home/ada/walls.md",
        "text:walls",
        "upload:walls.md",
        "qa:qna_1",
        "http://localhost/walls",
        "http://127.0.0.1:8000/walls",
        "http://192.168.1.4/walls",
        "http://[fd00::1]/walls",
        "http://wiki/walls",
        "https://wiki.corp/walls",
        "https://nas.local/walls",
        "https://ada:secret@example.com/walls",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://[broken",
    ],
)
def test_visitors_are_not_told_where_a_source_lies_on_this_side(uri: str) -> None:
    told = public_citation_out(cited(uri))

    assert told.url is None
    assert set(told.model_dump()) == {"n", "title", "quote", "locator", "url"}
    assert not any(word in told.model_dump_json() for word in ("src_", "chk_", "/home"))


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("/home/ada/private/walls.md", "walls.md"),
        ("~/walls.md", "walls.md"),
        ("C:\\Users\\ada\\walls.md", "walls.md"),
        ("\\\\nas\\share\\walls.md", "walls.md"),
        ("file:///home/ada/walls.md", "walls.md"),
        ("Walls and/or hedges", "Walls and/or hedges"),
    ],
)
def test_a_title_that_is_a_path_is_told_without_its_folders(title: str, shown: str) -> None:
    assert public_citation_out(cited("/x", title=title)).title == shown


def test_a_page_of_the_web_opens_at_the_quote() -> None:
    url = public_citation_out(cited("https://example.com/walls?a=1#top")).url

    assert url == (
        "https://example.com/walls?a=1#:~:text=The%20trench%20is%2080%20centimetres%20wide."
    )


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?id=7&lang=de", "?id=7&lang=de"),
        ("?q=a+b%26c&empty=&bare", "?q=a+b%26c&empty=&bare"),
        (
            "?author=ada&keyword=rye&sort=title&passage=3",
            "?author=ada&keyword=rye&sort=title&passage=3",
        ),
        ("?id=7&token=SECRET", "?id=7"),
        ("?access_token=SECRET&id=7", "?id=7"),
        ("?accessToken=SECRET", ""),
        ("?authtoken=SECRET", ""),
        ("?api-key=SECRET&apikey=SECRET&key=SECRET", ""),
        ("?X-Amz-Signature=SECRET&X-Amz-Credential=SECRET&id=7", "?id=7"),
        ("?PHPSESSID=SECRET&sid=SECRET", ""),
        ("?se=1&sig=SECRET", "?se=1"),
        ("?p%61ssword=SECRET", ""),
        ("?id=7&utm_source=SECRET&UTM_Medium=SECRET&fbclid=SECRET&mc_eid=SECRET", "?id=7"),
        ("?authorization=SECRET&oauth_verifier=SECRET&authority=walls", "?authority=walls"),
        ("?gclid=SECRET&msclkid=SECRET&_ga=SECRET&igsh=SECRET&acid=7", "?acid=7"),
    ],
)
def test_of_a_query_only_what_may_name_the_page_is_told(query: str, shown: str) -> None:
    told = public_citation_out(cited(f"https://example.com/walls{query}"))

    assert told.url is not None
    assert told.url.partition("#")[0] == f"https://example.com/walls{shown}"
    assert "SECRET" not in told.model_dump_json()


def test_a_title_that_is_an_address_is_told_without_its_query() -> None:
    told = public_citation_out(
        cited("https://example.com/walls?token=SECRET", title="example.com/walls?token=SECRET")
    )

    assert told.title == "example.com/walls"


def test_a_long_quote_is_found_by_how_it_begins_and_ends() -> None:
    quote = "One two-three four five, six seven. " * 9

    url = public_citation_out(cited("https://example.com/", quote=quote)).url

    assert url is not None
    assert url.endswith(
        "#:~:text=One%20two%2Dthree%20four%20five%2C,four%20five%2C%20six%20seven."
    )


def test_a_document_opens_at_its_page() -> None:
    at = Locator(start_char=0, end_char=9, page=7)

    assert public_citation_out(cited("https://example.com/a.pdf", locator=at)).url == (
        "https://example.com/a.pdf#page=7"
    )


@pytest.mark.parametrize(
    "uri",
    ["https://www.youtube.com/watch?v=abc", "https://www.youtube.com/watch?v=abc&t=3s"],
)
def test_a_video_opens_at_its_second(uri: str) -> None:
    at = Locator(start_char=0, end_char=9, start_seconds=83.7)

    told = public_citation_out(cited(uri, locator=at))

    assert told.url == "https://www.youtube.com/watch?v=abc&t=83"
