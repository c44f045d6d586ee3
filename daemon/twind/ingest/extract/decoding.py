"""From bytes to characters, for files that do not say how they are written."""

import codecs
import re
from collections.abc import Iterator

from twind.ingest.extract.base import unsupported

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 64 * 1024
_ISO_2022_JP = re.compile(rb"\x1b(\$[@B]|\([BJ])")
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_PAIR = re.compile(rb"[\x80-\xff]{2}")
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_JUNK = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff\ud800-\udfff]")
_MAX_JUNK = 0.1
_ZERO_MOST = 0.9
_ZERO_LEAST = 0.04
_ZERO_STRAY = 0.05


def decode(data: bytes, declared: str | None = None) -> str:
    """Decode by byte order mark, as UTF-8, as declared, or by statistics, in this order.

    Raises:
        ExtractionFailed: `unsupported`, when the bytes are no text in any encoding.
    """
    text = _decode(data, declared)
    if is_junk(text):
        raise unsupported("a file of binary data")
    return normalised(text)


def recoded(data: bytes, charset: str | None) -> bytes:
    """Return text in UTF-8 where it is not and `charset` says how it is written.

    Servers name a charset for whatever they send, so text that shows its encoding is believed
    first.
    """
    known = _known(charset)
    if known is None or data.startswith(tuple(bom for bom, _ in _BOMS)) or _is_utf8(data):
        return data
    try:
        return data.decode(known).encode()
    except (UnicodeError, LookupError):
        return data


def normalised(text: str) -> str:
    """Return the text with line feeds as line ends and without control characters."""
    return _UNWANTED.sub("", _BREAKS.sub("\n", text))


def blanked(text: str) -> str:
    """Put a space for each control character, so that positions stay what they are."""
    return _UNWANTED.sub(" ", text)


def is_junk(text: str) -> bool:
    """Say whether too many characters are replacement, control or private ones."""
    sample = text[:_SAMPLE_BYTES]
    return len(_JUNK.findall(sample)) > _MAX_JUNK * len(sample)


def _decode(data: bytes, declared: str | None) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    attempts = [*_wide_encodings(data), _seven_bit_encoding(data), "utf-8", _known(declared)]
    for encoding in filter(None, attempts):
        try:
            return data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return _damaged_utf8(data) or data.decode(_guessed(data), "replace")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeError:
        return False
    return True


def _wide_encodings(data: bytes) -> Iterator[str]:
    """UTF-16 and UTF-32 without a mark show by zero bytes that stand at the same places.

    In UTF-16 those are the upper halves of what every script has from ASCII, such as spaces.
    """
    sample = data[:4096]
    zeros = [sample[place::4].count(0) for place in range(4)]
    most = len(sample) // 4
    if most and len(data) % 4 == 0:
        if zeros[3] == most and zeros[2] > _ZERO_MOST * most > zeros[0]:
            yield "utf-32-le"
        if zeros[0] == most and zeros[1] > _ZERO_MOST * most > zeros[3]:
            yield "utf-32-be"
    if most and len(data) % 2 == 0:
        first, second = zeros[0] + zeros[2], zeros[1] + zeros[3]
        if second > _ZERO_LEAST * most and first <= _ZERO_STRAY * second:
            yield "utf-16-le"
        if first > _ZERO_LEAST * most and second <= _ZERO_STRAY * first:
            yield "utf-16-be"


def _seven_bit_encoding(data: bytes) -> str | None:
    return "iso2022_jp" if _ISO_2022_JP.search(data[:_SAMPLE_BYTES]) else None


def _known(declared: str | None) -> str | None:
    try:
        return codecs.lookup(declared).name if declared else None
    except LookupError:
        return None


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken bytes, or cut within a character, is still UTF-8."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(character > "\x7f" for character in text) - bad
    return text if good >= 10 * bad else None


def _guessed(data: bytes) -> str:
    """Guess by statistics; where high bytes are few and single it is Western European."""
    from chardet import detect

    sample = data[:_SAMPLE_BYTES]
    high = len(_HIGH.findall(sample))
    if b"\0" not in sample and high < 0.3 * len(sample) and high > 4 * _pairs(sample):
        return "cp1252"
    if encoding := _known(detect(sample)["encoding"]):
        return encoding
    raise unsupported("a file of binary data")


def _pairs(sample: bytes) -> int:
    return len(_HIGH_PAIR.findall(sample))
