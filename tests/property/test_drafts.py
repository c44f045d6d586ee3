"""What holds for everything that a model may write."""

from hypothesis import given
from hypothesis import strategies as st

from tests.support.passages import a_passage
from twind.answer.draft import Draft, Drafted
from twind.answer.verify import SUPPORTED, Verifier

parts = st.sampled_from(
    [
        *("Ada", "built", "the engine", "in 1843", ".", "! ", "\n", "\n\n", "- ", "e.g. ", " "),
        *("[1]", "[2, 3]", "【1】", "[9]", "[", "]", "[1", "{", "}", "[[x]]", "<b>", "NO_ANSWER"),
        *("not ", "东京。", "http://a.b/c", "![p](http://a)", "Dr.", "…", "\u200b", "1.", "(1)"),
    ]
)
replies = st.one_of(st.lists(parts, max_size=40).map("".join), st.text())
ISSUED = 3


def read(reply: str, cuts: list[int]) -> list[Drafted]:
    draft = Draft(ISSUED)
    places = sorted({cut for cut in cuts if cut < len(reply)})
    found: list[Drafted] = []
    for start, end in zip([0, *places], [*places, len(reply)], strict=True):
        found.extend(draft.add(reply[start:end]))
    return [*found, *draft.end()]


@given(reply=replies, cuts=st.lists(st.integers(0, 200)))
def test_every_reply_is_read_into_sentences_with_issued_numbers(
    reply: str, cuts: list[int]
) -> None:
    for sentence in read(reply, cuts):
        assert sentence.text.strip() == sentence.text != ""
        assert "NO_ANSWER" not in sentence.text
        assert all(1 <= n <= ISSUED for n in sentence.cited)
        assert len(set(sentence.cited)) == len(sentence.cited)


@given(text=replies, source=replies.filter(str.strip), cited=st.sets(st.sampled_from([1, 2])))
def test_every_verdict_is_a_share_and_its_quotes_stand_in_the_source(
    text: str, source: str, cited: set[int]
) -> None:
    passages = [a_passage(source), a_passage("Ada built the engine in 1843.", source_id="src_2")]
    verdict = Verifier("Who built it?", passages, None).judge(text, sorted(cited))
    assert 0 <= verdict.support <= 1
    assert verdict.support >= SUPPORTED or not verdict.quotes
    for quote in verdict.quotes:
        assert quote.passage in passages
        assert quote.passage.text[quote.start : quote.end] == quote.text != ""
