import pytest

from twinctl.wire.errors import Problem
from twind.public.openai_errors import translated


@pytest.mark.parametrize(
    ("status", "code", "kind", "told"),
    [
        (401, "not_authenticated", "authentication_error", "invalid_api_key"),
        (401, "key_revoked", "authentication_error", "key_revoked"),
        (403, "not_allowed", "permission_error", "not_allowed"),
        (404, "model_not_found", "invalid_request_error", "model_not_found"),
        (413, "too_large", "invalid_request_error", "too_large"),
        (422, "invalid", "invalid_request_error", "invalid"),
        (429, "rate_limited", "rate_limit_error", "rate_limit_exceeded"),
        (500, "internal", "server_error", "internal"),
        (503, "busy", "server_error", "busy"),
    ],
)
def test_a_problem_is_told_in_the_words_of_the_protocol(
    status: int, code: str, kind: str, told: str
) -> None:
    problem = Problem(title="x", status=status, detail="why", code=code, param="n")
    error = translated(problem).error
    assert (error.type, error.code, error.param) == (kind, told, "n")


def test_a_hint_goes_along() -> None:
    problem = Problem(title="x", status=400, detail="why", code="invalid", hint="do this")
    assert translated(problem).error.message == "why (do this)"
