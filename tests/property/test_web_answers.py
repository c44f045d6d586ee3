"""Whatever headers a server sends, they are understood or passed over."""

from hypothesis import given
from hypothesis import strategies as st

from twind.errors import FetchFailed
from twind.ingest.fetch.answers import failure_of, retry_after_s
from twind.ingest.fetch.media import media_of

header_texts = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60)
types = st.one_of(
    st.none(),
    header_texts,
    st.builds("text/{}; charset={}".format, st.sampled_from(["html", "plain"]), header_texts),
)
dispositions = st.one_of(
    st.none(),
    header_texts,
    header_texts.map("attachment; filename={}".format),
    header_texts.map("attachment; filename*=UTF-8''{}".format),
)


@given(st.text(max_size=30), types, dispositions)
def test_any_headers_lead_to_a_name_or_are_refused(
    path: str, content_type: str | None, disposition: str | None
) -> None:
    try:
        media = media_of(f"https://example.org/{path}", content_type, disposition)
    except FetchFailed:
        return
    assert media.name
    assert "/" not in media.name


@given(st.one_of(st.none(), header_texts), st.floats(0, 1e10))
def test_a_wait_is_never_negative(value: str | None, now: float) -> None:
    seconds = retry_after_s(value, now)
    assert seconds is None or seconds >= 0


@given(st.integers(200, 999))
def test_only_an_answer_with_content_is_taken(status: int) -> None:
    failure = failure_of(status, {}, "https://example.org/", 0.0)
    assert (failure is None) == (status in {200, 203})
