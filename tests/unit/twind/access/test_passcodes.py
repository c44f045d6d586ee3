import pytest

from twind.access.passcodes import hash_passcode, is_passcode


def test_a_passcode_is_known_by_its_hash() -> None:
    kept = hash_passcode("open sesame")
    assert is_passcode("open sesame", kept)
    assert not is_passcode("Open sesame", kept)
    assert not is_passcode("", kept)


def test_the_same_passcode_is_kept_differently_each_time() -> None:
    assert hash_passcode("1234") != hash_passcode("1234")


@pytest.mark.parametrize(
    ("kept", "given"), [("\u00e9tude", "e\u0301tude"), ("1234", "\uff11\uff12\uff13\uff14")]
)
def test_characters_may_be_composed_in_other_ways(kept: str, given: str) -> None:
    assert is_passcode(given, hash_passcode(kept))


@pytest.mark.parametrize("odd", ["\udcff", "\0", "🐝" * 50, "x" * 10_000])
def test_no_text_breaks_it(odd: str) -> None:
    assert is_passcode(odd, hash_passcode(odd))
