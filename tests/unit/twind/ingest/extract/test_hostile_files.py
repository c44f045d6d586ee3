"""What is made to do harm, or to be taken for what it is not, comes to a clear end."""

import json
from pathlib import Path

import pytest

from tests.support.documents import extracted
from tests.support.packages import a_docx, an_odt
from tests.support.pdfs import a_pdf
from twind.errors import ExtractionFailed

# ruff: noqa: RUF001
RUSSIAN = "В гимназии он не был в числе первых учеников, но много читал.\n" * 4
ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
DEEP = 100_000


def outcome(folder: Path, name: str, data: bytes) -> str:
    """Return the text of a file, or the code that says why it has none."""
    try:
        return extracted(folder, name, data).text
    except ExtractionFailed as failure:
        return failure.code


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [RUSSIAN, "Rye bread.\n" * 9])
def test_wide_characters_are_seen_without_a_mark(text: str, encoding: str, tmp_path: Path) -> None:
    assert extracted(tmp_path, "a.txt", text.encode(encoding)).text == text


@pytest.mark.parametrize(
    "encoding", ["koi8-r", "cp1251", "iso8859-5", "utf-16", "utf-32", "utf-8-sig"]
)
def test_russian_is_read_in_whatever_encoding(encoding: str, tmp_path: Path) -> None:
    assert "числе первых" in extracted(tmp_path, "a.txt", RUSSIAN.encode(encoding)).text


def test_a_stray_zero_byte_makes_no_wide_characters_of_a_text(tmp_path: Path) -> None:
    assert "Rye bread." in extracted(tmp_path, "a.txt", b"Rye bread. " * 20 + b"\0\0").text


def test_entities_in_packages_bring_nothing_in(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:t>Rye &x; bread.</w:t></w:r></w:p>"
    packages = {"a.docx": a_docx(body), "a.odt": an_odt("<text:p xmlns:text='x'>&x;</text:p>")}
    for name, data in packages.items():
        for told in (data, ENTITY.encode() + data):
            assert "root:" not in outcome(tmp_path, name, told)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("deep.json", b"[" * DEEP + b"]" * DEEP),
        ("deep.json", b'{"a":' * DEEP + b"1" + b"}" * DEEP),
        ("deep.xml", b"<?xml version='1.0'?>" + b"<a>" * DEEP + b"Rye" + b"</a>" * DEEP),
        ("deep.rtf", b"{\\rtf1 " + b"{" * DEEP + b"Rye" + b"}" * (DEEP + 1)),
        ("deep.md", b"> " * 10_000 + b"Rye"),
        ("page.pdf", a_pdf([["Rye."]]).replace(b"/Kids[4 0 R", b"/Kids[2 0 R")),
        ("count.pdf", a_pdf([["Rye."]]).replace(b"/Count 1", b"/Count 999999")),
        ("long.json", json.dumps({"a": "9" * 100_000}).encode()),
    ],
)
def test_what_is_deep_or_endless_comes_to_an_end(name: str, data: bytes, tmp_path: Path) -> None:
    assert outcome(tmp_path, name, data)


def test_a_page_that_is_turned_or_a_table_of_objects_that_is_broken_is_read(
    tmp_path: Path,
) -> None:
    pdf = a_pdf([["Rye bread."]])
    for data in (
        pdf.replace(b"/Type/Page/", b"/Type/Page/Rotate 90/"),
        pdf.replace(b"startxref\n", b"startxref\n9"),
    ):
        assert extracted(tmp_path, "a.pdf", data).text == "Rye bread."
