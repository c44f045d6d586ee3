import pytest

from tests.support.documents import texts
from twinctl.wire.codes import ErrorCode
from twind.errors import ExtractionFailed
from twind.ingest.extract.decoding import decode, recoded
from twind.ingest.extract.text import extract

# ruff: noqa: RUF001
GREEK = "Η ελληνική αποτελεί τη μητρική γλώσσα περίπου δώδεκα εκατομμυρίων ανθρώπων σήμερα. " * 4
RUSSIAN = "В гимназии он не был в числе первых учеников, исключение составляли математика. " * 4
JAPANESE = (
    "昔々、ある所に子供のいない老夫婦が住んでいた。ある日、お婆さんが川で洗濯をしていた。" * 4
)
CHINESE = "維基大典者，網路為礎，集天下知、四海言、眾人志，書百科焉。始作者，維基媒體基金會也。"


def test_the_document_is_the_file_and_its_paragraphs_are_the_blocks() -> None:
    document = extract(b"One line\nand another.\n\n   \n  Second paragraph. \n")
    assert document.text == "One line\nand another.\n\n   \n  Second paragraph. \n"
    assert texts(document) == ["One line\nand another.", "Second paragraph."]


def test_line_ends_and_control_characters_are_normalised() -> None:
    assert extract(b"one\r\ntwo\rthree\x0cfour\x07").text == "one\ntwo\nthree\nfour"


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "iso2022_jp"]
)
def test_encodings_that_show_in_the_bytes_are_read(encoding: str) -> None:
    text = "Plain text. " * 5 + ("日本" if encoding == "iso2022_jp" else "")
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GREEK, "iso8859_7"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "cp1251"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "shift_jis"),
        (CHINESE, "big5"),
        ("## können\n\nä ö ü ß", "cp1252"),
        ("Ein Text mit wenigen Umlauten, den jeder Leser verstehen können sollte.", "cp1252"),
    ],
)
def test_encodings_that_nothing_declares_are_guessed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_declared_encoding_goes_before_a_guess() -> None:
    assert decode(RUSSIAN.encode("koi8_u"), "koi8-u") == RUSSIAN


def test_utf8_cut_within_a_character_is_still_utf8() -> None:
    assert decode(GREEK.strip().encode() + "ώ".encode()[:1]).startswith(GREEK.strip())


def test_binary_data_is_not_text() -> None:
    with pytest.raises(ExtractionFailed) as failure:
        decode(bytes(range(256)) * 4)
    assert failure.value.code is ErrorCode.UNSUPPORTED


def test_text_is_put_in_utf8_by_what_its_server_says() -> None:
    assert recoded("naïve".encode("latin-1"), "ISO-8859-1") == "naïve".encode()
    assert recoded("日本".encode("shift_jis"), "Shift_JIS") == "日本".encode()


@pytest.mark.parametrize("charset", ["iso-8859-1", "unheard-of", "rot13", "", None])
def test_text_that_shows_its_encoding_is_believed_first(charset: str | None) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        data = "naïve".encode(encoding)
        assert recoded(data, charset) == data


def test_a_charset_that_does_not_fit_is_passed_over() -> None:
    data = b"\xff\xfa\xf0"
    assert recoded(data, "ascii") == data
