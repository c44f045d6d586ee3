import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinctl.cli.arguments import Flags, read_text, split_flags
from twinctl.errors import Misused


@pytest.mark.parametrize(
    "line",
    [
        ["--json", "--twin", "ada", "ask", "why"],
        ["ask", "--json", "-t", "ada", "why"],
        ["ask", "why", "--twin=ada", "--json"],
        ["ask", "-tada", "why", "--json"],
    ],
    ids=["before", "between", "after", "joined"],
)
def test_global_options_count_wherever_they_stand(line: list[str]) -> None:
    assert split_flags(line) == (Flags(twin="ada", json=True), ["ask", "why"])


def test_short_flags_may_be_joined() -> None:
    flags, rest = split_flags(["status", "-qv"])
    assert (flags.quiet, flags.verbose, rest) == (True, True, ["status"])


def test_flags_of_a_command_stay_with_it() -> None:
    line = ["jobs", "logs", "-f", "-", "-k", "10"]
    assert split_flags(line) == (Flags(), line)


def test_what_follows_two_dashes_is_left_alone() -> None:
    assert split_flags(["ask", "--", "--json"]) == (Flags(), ["ask", "--", "--json"])


def test_a_missing_value_is_named() -> None:
    with pytest.raises(Misused, match="--twin needs a value"):
        split_flags(["ask", "why", "--twin"])


@given(st.lists(st.text(alphabet="abc -", min_size=1).filter(lambda word: word[0] != "-")))
def test_plain_words_pass_through(words: list[str]) -> None:
    assert split_flags(words) == (Flags(), words)


def test_an_empty_question_is_refused() -> None:
    with pytest.raises(Misused, match="the question is empty"):
        read_text(["  "], "question")
