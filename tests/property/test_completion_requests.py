"""Whatever a program sends, it is a question or it is refused by the name of what is wrong."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from twinctl.wire.completions import CompletionIn
from twind.public.completions import question_of

ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["role", "content", "type", "text", "image_url"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
ROLE = st.sampled_from(["user", "assistant", "system", "developer", "tool", "queen"])
PARTS = st.lists(
    st.fixed_dictionaries({"type": st.sampled_from(["text", "image_url"]), "text": st.text()})
)
MESSAGE = st.fixed_dictionaries({"role": ROLE, "content": st.text() | PARTS | st.none()})
OTHERS = set(CompletionIn.model_fields) - {"model", "messages"} | {"temperature"}
REQUEST = st.fixed_dictionaries(
    {"model": st.text(max_size=10) | ANYTHING, "messages": st.lists(MESSAGE | ANYTHING)},
    optional=dict.fromkeys(OTHERS, ANYTHING),
)


@given(REQUEST)
def test_a_request_is_a_question_or_is_refused_by_name(sent: dict[str, Any]) -> None:
    try:
        request = CompletionIn.model_validate(sent)
    except ValidationError as refused:
        blamed = {fault["loc"][0] for fault in refused.errors()}
    else:
        blamed = set()
        _check(request)
    assert blamed <= set(CompletionIn.model_fields)


def _check(request: CompletionIn) -> None:
    question = question_of(request)
    asked = [message for message in request.messages if message.role == "user"][-1]
    assert question.text == asked.text
    assert question.text.strip()
    assert all(each.content.strip() for each in question.before)
