import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.documents import extracted
from tests.support.packages import a_docx, a_zip, an_epub, an_odt, an_xlsx
from tests.support.pdfs import a_pdf
from twinctl.wire.codes import ErrorCode
from twind.errors import ExtractionFailed
from twind.ingest.extract import archive
from twind.ingest.extract.kinds import SUFFIXES, kind_of_name

WORD = a_docx("<w:p><w:r><w:t>Rye bread.</w:t></w:r></w:p>")
CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:04.000\nRye bread.\n"
PAGE = b"<!DOCTYPE html><html><body><p>Rye bread.</p></body></html>"
MAIL = b"From: ada@example.com\nSubject: Rye bread.\nDate: Fri, 16 Dec 2022 17:04:16 -0500\n\nHi."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
WHOLE = [
    a_pdf([["Rye bread."]]),
    WORD,
    an_xlsx("<row><c><v>1</v></c></row>"),
    an_odt("<text:p xmlns:text='x'>Rye bread.</text:p>"),
    an_epub({"one": "<p>Rye bread.</p>"}),
    CAPTIONS,
    PAGE,
    MAIL,
    b'{"a": ["Rye bread."]}',
    b"{\\rtf1 Rye bread.}",
    b"# Rye\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
]
fuzzed = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _attempt(folder: Path, name: str, data: bytes) -> None:
    """Extract; a document with text or a typed failure are both right."""
    try:
        document = extracted(folder, name, data)
    except ExtractionFailed:
        return
    assert document.blocks
    document.text.encode()


@pytest.mark.parametrize("data", [a_pdf([["Rye bread."]]), WORD, CAPTIONS, PAGE, MAIL])
@pytest.mark.parametrize("name", ["file", "file.pdf", "file.zip", "file.docx"])
def test_the_bytes_decide_whatever_the_name_says(data: bytes, name: str, tmp_path: Path) -> None:
    assert "Rye bread." in extracted(tmp_path, name, data).text
    assert "-->" not in extracted(tmp_path, name, data).text


def test_the_name_decides_what_the_bytes_leave_open(tmp_path: Path) -> None:
    data = b"Loaf,Sold\nRye,13\n"
    assert extracted(tmp_path, "sales.CSV", data).text == "Loaf: Rye | Sold: 13"
    assert extracted(tmp_path, "sales.txt", data).text == data.decode()


def test_the_first_heading_stands_for_a_title_that_is_not_stated(tmp_path: Path) -> None:
    assert extracted(tmp_path, "a.md", b"## Two\n\n# One *bold* #\n").title == "One *bold*"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "empty.pdf", ErrorCode.EMPTY),
        (b" \n\t\n", "blank.md", ErrorCode.NO_TEXT),
        (bytes(range(256)) * 8, "random.txt", ErrorCode.UNSUPPORTED),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture.pdf", ErrorCode.UNSUPPORTED),
        (a_zip({"a.txt": "text"}), "files.zip", ErrorCode.UNSUPPORTED),
        (OLE + "WordDocument\0".encode("utf-16-le"), "old.doc", ErrorCode.UNSUPPORTED),
        (OLE + "EncryptedPackage\0".encode("utf-16-le"), "a.docx", ErrorCode.ENCRYPTED),
        (WORD[: len(WORD) // 2], "cut.docx", ErrorCode.CORRUPT),
        (b"<?xml version='1.0'?><a><b></a>", "broken.xml", ErrorCode.CORRUPT),
        (b'{"a": ', "broken.json", ErrorCode.CORRUPT),
        (b"[" * 100_000, "deep.json", ErrorCode.CORRUPT),
        (b"<div>" * 100_000 + b"x", "deep.html", ErrorCode.NO_TEXT),
        (b"<html><body><script>1</script></body></html>", "page.html", ErrorCode.NO_TEXT),
    ],
)
def test_a_file_without_text_says_why(
    data: bytes, name: str, code: ErrorCode, tmp_path: Path
) -> None:
    with pytest.raises(ExtractionFailed) as failure:
        extracted(tmp_path, name, data)
    assert failure.value.code is code
    assert failure.value.hint


def test_deep_pages_are_read_whole(tmp_path: Path) -> None:
    data = b"<font>" * 1_000 + b"Rye bread."
    assert extracted(tmp_path, "a.html", data).text == "Rye bread."


def test_external_entities_are_never_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    data = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "{secret}">]><a>&x;</a>'
    with pytest.raises(ExtractionFailed) as failure:
        extracted(tmp_path, "a.xml", data.encode())
    assert failure.value.code is ErrorCode.NO_TEXT


def test_entities_that_multiply_do_no_harm(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))
    data = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x0 "ha">{entities}]><a>so &x9;</a>'
    _attempt(tmp_path, "a.xml", data.encode())


def test_a_container_that_unpacks_to_too_much_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED_BYTES", 1_000)
    body = f"<w:p><w:r><w:t>{'rye ' * 1_000}</w:t></w:r></w:p>"
    for name, data in {"a.docx": a_docx(body), "a.epub": an_epub({"one": "rye " * 1_000})}.items():
        with pytest.raises(ExtractionFailed) as failure:
            extracted(tmp_path, name, data)
        assert failure.value.code is ErrorCode.TOO_LARGE


@fuzzed
@given(data=st.binary(max_size=600), suffix=st.sampled_from(sorted(SUFFIXES)))
def test_random_bytes_give_text_or_a_typed_failure(
    tmp_path: Path, data: bytes, suffix: str
) -> None:
    _attempt(tmp_path, f"file{suffix}", data)


@fuzzed
@given(text=st.text(max_size=300), suffix=st.sampled_from(sorted(SUFFIXES)))
def test_random_text_gives_text_or_a_typed_failure(tmp_path: Path, text: str, suffix: str) -> None:
    _attempt(tmp_path, f"file{suffix}", text.encode())


@fuzzed
@given(whole=st.sampled_from(WHOLE), share=st.floats(0, 1), flipped=st.integers(0, 255))
def test_cut_and_changed_files_give_text_or_a_typed_failure(
    tmp_path: Path, whole: bytes, share: float, flipped: int
) -> None:
    at = int(share * (len(whole) - 1))
    _attempt(tmp_path, "file", whole[:at])
    _attempt(tmp_path, "file", whole[:at] + bytes([flipped]) + whole[at + 1 :])


def test_names_promise_kinds_whatever_their_case() -> None:
    assert kind_of_name("A.Report.PDF") == "pdf"
    assert kind_of_name("archive.tar.gz") is None
    assert kind_of_name("README") is None


def test_importing_the_registry_loads_no_parser() -> None:
    program = (
        "import sys, twind.ingest.extract.registry\n"
        "heavy = {'lxml', 'trafilatura', 'pypdfium2', 'chardet', 'markdown_it', 'pptx'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
