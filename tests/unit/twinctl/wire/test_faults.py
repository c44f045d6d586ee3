import pytest
from pydantic import BaseModel, ValidationError

from twinctl.wire.answers import ChatIn
from twinctl.wire.faults import fault_words
from twinctl.wire.keys import KeyIn
from twinctl.wire.widget import WidgetIn


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": "open"}, "kind: takes 'publishable' or 'secret'"),
        ({"name": "a" * 201}, "name: takes at most 200 characters"),
        ({"requests_per_minute": 0}, "requests_per_minute: takes no less than 1"),
        ({"requests_per_minute": "many"}, "requests_per_minute: takes a whole number"),
        ({"requests_per_minute": 1.5}, "requests_per_minute: takes a whole number"),
        ({"name": 5}, "name: takes text"),
        ({"twins": "ada"}, "twins: takes a list"),
        ({"twins": [""]}, "twins.0: is empty"),
        ({"twins": ["ada"] * 101}, "twins: takes at most 100 of them"),
        (
            {"expires_at": "2030-12-31T18:00:00"},
            "expires_at: takes a time with its zone, such as 2030-12-31T18:00:00Z",
        ),
    ],
)
def test_a_fault_is_told_in_words_of_ours(values: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        KeyIn.model_validate(values)
    assert fault_words(caught.value.errors()[0]) == words


def test_what_has_no_words_of_ours_is_told_as_it_is() -> None:
    with pytest.raises(ValidationError) as caught:
        KeyIn.model_validate({"name": "two\nlines"})
    assert fault_words(caught.value.errors()[0]) == "name: takes one line without tabs"


@pytest.mark.parametrize("model", [ChatIn, WidgetIn])
@pytest.mark.parametrize("message", ["", " ", "\n\t \u3000"])
def test_a_message_of_space_says_nothing(model: type[BaseModel], message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        model.model_validate({"message": message})
    assert fault_words(caught.value.errors()[0]) == "message: is empty"
