import pytest

from twinctl.errors import ApiError, ExitCode
from twinctl.wire.codes import ErrorCode


@pytest.mark.parametrize(
    ("code", "status", "exit_code"),
    [
        ("not_found", 404, ExitCode.NOT_FOUND),
        ("invalid", 422, ExitCode.USAGE),
        ("conflict", 409, ExitCode.FAILED),
        ("shutting_down", 503, ExitCode.UNREACHABLE),
        ("file_missing", 404, ExitCode.NOT_FOUND),
        ("not_allowed", 403, ExitCode.NOT_ALLOWED),
        ("not_authenticated", 401, ExitCode.NOT_ALLOWED),
        ("key_expired", 401, ExitCode.NOT_ALLOWED),
        ("key_revoked", 401, ExitCode.NOT_ALLOWED),
        ("of_a_newer_daemon", 403, ExitCode.NOT_ALLOWED),
        ("of_a_newer_daemon", 418, ExitCode.FAILED),
    ],
)
def test_a_problem_ends_with_the_exit_code_of_its_code(
    code: str, status: int, exit_code: ExitCode
) -> None:
    assert ApiError("it failed", code=code, status=status).exit_code == exit_code


@pytest.mark.parametrize("code", list(ErrorCode))
def test_no_failure_ends_well(code: ErrorCode) -> None:
    assert ApiError("it failed", code=code, status=500).exit_code != ExitCode.DONE
