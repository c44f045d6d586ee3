import pytest

from twinctl.wire.codes import ErrorCode
from twind.errors import FetchFailed
from twind.ingest.extract.kinds import SUFFIXES
from twind.ingest.fetch.media import ENDINGS, check_no_feed, media_of

SITE = "https://example.org"


def test_every_ending_leads_to_an_extractor() -> None:
    assert set(ENDINGS.values()) <= set(SUFFIXES)


@pytest.mark.parametrize(
    ("path", "content_type", "name"),
    [
        ("/", "text/html; charset=utf-8", "example.org.html"),
        ("/essay", "TEXT/HTML", "essay.html"),
        ("/essay.htm", "text/html", "essay.htm"),
        ("/report.pdf?dl=1", "application/pdf", "report.pdf"),
        ("/download?id=7", "application/pdf", "download.pdf"),
        ("/report.pdf", "text/html", "report.pdf.html"),
        ("/report.pdf", "application/octet-stream", "report.pdf"),
        ("/notes", "text/plain", "notes.txt"),
        ("/README.md", "text/plain; charset=utf-8", "README.md"),
        ("/talk.vtt", "text/plain", "talk.vtt"),
        ("/talk", "text/vtt", "talk.vtt"),
        ("/letter.docx", "application/zip", "letter.docx"),
        ("/a%20b.md", None, "a b.md"),
        ("/thing", "application/x-unheard-of", "thing"),
        ("/thing", "nonsense", "thing"),
    ],
)
def test_the_media_type_decides_the_ending(path: str, content_type: str | None, name: str) -> None:
    assert media_of(SITE + path, content_type, None).name == name


def test_a_name_that_the_server_gives_is_taken_without_its_folders() -> None:
    disposition = "attachment; filename*=UTF-8''..%2Fn%C3%A4h.pdf"
    assert media_of(f"{SITE}/get", "application/pdf", disposition).name == "näh.pdf"


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("text/html; charset=ISO-8859-1", "iso-8859-1"),
        ('text/plain; charset="windows-1251"', "windows-1251"),
        ("text/html", None),
        ("application/pdf; charset=utf-8", None),
        ("application/xml; charset=latin-1", None),
    ],
)
def test_text_has_the_charset_that_is_stated(content_type: str, charset: str | None) -> None:
    assert media_of(SITE, content_type, None).charset == charset


@pytest.mark.parametrize(
    "content_type",
    [
        *("image/png", "audio/mpeg", "video/mp4", "font/woff2", "application/zip"),
        *("application/gzip", "application/x-tar", "application/rss+xml", "application/atom+xml"),
        *("application/feed+json", "application/vnd.rar"),
    ],
)
def test_what_has_no_text_by_its_type_is_unsupported(content_type: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        media_of(f"{SITE}/thing", content_type, None)
    assert caught.value.code is ErrorCode.UNSUPPORTED
    assert caught.value.hint


def test_parts_of_a_header_that_make_no_sense_are_passed_over() -> None:
    named = "attachment; filename*; filename*1; filename*"
    media = media_of(f"{SITE}/wall.md", "text/html; charset*; charset*1; charset*", named)
    assert (media.name, media.charset) == ("wall.md.html", None)


@pytest.mark.parametrize(
    "head",
    [
        b'<?xml version="1.0"?>\n<rss version="2.0"><channel>',
        b'\xef\xbb\xbf<?xml version="1.0"?><!-- made\nby hand --><feed xmlns="x">',
        b'<?xml version="1.0"?><?xml-stylesheet href="x"?><rdf:RDF xmlns="x">',
    ],
)
def test_bytes_that_begin_as_a_feed_are_unsupported(head: bytes) -> None:
    with pytest.raises(FetchFailed) as caught:
        check_no_feed(head)
    assert caught.value.code is ErrorCode.UNSUPPORTED


@pytest.mark.parametrize("head", [b"", b"<!doctype html><html>", b"<?xml?><article>", b"rss feed"])
def test_other_bytes_are_no_feed(head: bytes) -> None:
    check_no_feed(head)


@pytest.mark.parametrize("again", [b"<!>", b"<?x?>", b"<!---->", b"<! <?", b"<!-- ", b" \n"])
def test_a_long_prologue_is_read_once(again: bytes) -> None:
    check_no_feed(again * 1000 + b"rss")
