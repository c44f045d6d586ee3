import pytest
from pydantic import ValidationError

from twinctl.wire.faults import fault_words
from twinctl.wire.keys import KeyIn
from twinctl.wire.shares import ShareIn


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": "open"}, "kind: takes 'publishable' or 'secret'"),
        ({"name": "a" * 201}, "name: takes at most 200 characters"),
        ({"requests_per_minute": 0}, "requests_per_minute: takes no less than 1"),
        ({"requests_per_minute": "many"}, "requests_per_minute: takes a whole number"),
    ],
)
def test_a_fault_is_told_in_words_of_ours(values: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        KeyIn.model_validate(values)
    assert fault_words(caught.value.errors()[0]) == words


def test_what_has_no_words_of_ours_is_told_as_it_is() -> None:
    with pytest.raises(ValidationError) as caught:
        ShareIn.model_validate({"expires_at": "soon"})
    assert fault_words(caught.value.errors()[0]).startswith("expires_at: Input should be a valid")
