import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinctl.wire.videos import NotAVideo, is_youtube, video_id, watch_url

ID = "aB3-_x9Qz0k"

FORMS = [
    f"https://www.youtube.com/watch?v={ID}",
    f"http://youtube.com/watch?v={ID}",
    f"HTTPS://WWW.YouTube.com/watch?v={ID}",
    f"https://www.youtube.com/watch/?v={ID}",
    f"https://www.youtube.com/watch/{ID}",
    f"https://m.youtube.com/watch?app=desktop&v={ID}&t=12m3s",
    f"https://music.youtube.com/watch?v={ID}&si=share",
    f"https://gaming.youtube.com/watch?v={ID}",
    f"https://www.youtube.com/watch?list=PL0123456789abcdef&v={ID}&index=4",
    f"https://youtu.be/{ID}",
    f"https://youtu.be/{ID}?t=93&si=share",
    f"https://www.youtu.be/{ID}/",
    f"https://youtu.be/watch?v={ID}",
    f"https://www.youtube.com/shorts/{ID}?feature=share",
    f"https://www.youtube.com/live/{ID}?si=share",
    f"https://www.youtube.com/embed/{ID}?start=30",
    f"https://www.youtube-nocookie.com/embed/{ID}",
    f"https://www.youtube.com/v/{ID}?version=3",
    f"https://www.youtube.com/e/{ID}",
    f"https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3D{ID}%26feature%3Dshare",
    f"https://www.youtube.com/oembed?url=https%3A%2F%2Fyoutu.be%2F{ID}&format=json",
    f"https://consent.youtube.com/m?continue=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D{ID}",
    f"https://www.youtube.com:443/watch?v={ID}#comments",
]


@pytest.mark.parametrize("address", FORMS)
def test_every_form_of_an_address_means_its_video(address: str) -> None:
    assert is_youtube(address)
    assert video_id(address) == ID


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://www.youtube.com/playlist?list=PL0123456789abcdef", "a playlist"),
        ("https://www.youtube.com/embed/videoseries?list=PL0123456789abcdef", "a playlist"),
        ("https://www.youtube.com/@somebody", "a channel"),
        ("https://www.youtube.com/@somebody/videos", "a channel"),
        ("https://www.youtube.com/channel/UC0123456789abcdefghijkl", "a channel"),
        ("https://www.youtube.com/c/somebody", "a channel"),
        ("https://www.youtube.com/user/somebody", "a channel"),
        ("https://www.youtube.com/embed/live_stream?channel=UC0123456789", "a channel"),
        ("https://www.youtube.com/", "no video"),
        ("https://www.youtube.com/results?search_query=bees", "no video"),
        (f"https://www.youtube.com/watch?v={ID}x", "no video"),
        ("https://youtu.be/short", "no video"),
        (
            f"https://www.youtube.com/attribution_link?u=https%3A%2F%2Fexample.org%2F{ID}",
            "no video",
        ),
        (f"https://example.org/watch?v={ID}", "no address of YouTube"),
        (f"https://notyoutube.com/watch?v={ID}", "no address of YouTube"),
        (f"https://youtube.com.example.org/watch?v={ID}", "no address of YouTube"),
        (f"ftp://youtube.com/watch?v={ID}", "no address of YouTube"),
        ("https://[broken/watch", "no address of YouTube"),
        ("", "no address of YouTube"),
    ],
)
def test_what_means_no_single_video_is_refused_and_named(address: str, says: str) -> None:
    with pytest.raises(NotAVideo, match=says):
        video_id(address)


@given(st.from_regex(r"[A-Za-z0-9_-]{11}", fullmatch=True))
def test_the_one_address_of_a_video_means_that_video(video: str) -> None:
    assert video_id(watch_url(video)) == video
    assert video_id(watch_url(video, start_seconds=93.7)) == video


@given(st.text())
def test_any_text_is_an_address_of_a_video_or_is_not(text: str) -> None:
    for address in (text, f"https://youtu.be/{text}", f"https://www.youtube.com/{text}"):
        try:
            assert len(video_id(address)) == 11
        except NotAVideo:
            continue


def test_the_address_of_a_moment_names_its_whole_second() -> None:
    assert watch_url(ID, start_seconds=93.7).endswith(f"?v={ID}&t=93s")
    assert watch_url(ID, start_seconds=0.4) == watch_url(ID)
