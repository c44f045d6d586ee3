from dataclasses import dataclass

import pytest

from twind.ingest.fetch.tracks import best_track


@dataclass(slots=True)
class Named:
    language_code: str
    is_generated: bool


def tracks(names: str) -> list[Named]:
    """Return a track a word; a star marks one that a machine heard."""
    return [Named(name.strip("*"), name.endswith("*")) for name in names.split()]


@pytest.mark.parametrize(
    ("there", "languages", "best"),
    [
        ("de en", "en de", "en"),
        ("de en", "de en", "de"),
        ("en* de", "en de", "de"),
        ("en* en", "en", "en"),
        ("de* en*", "en de", "en*"),
        ("pt-BR pt", "pt", "pt"),
        ("pt-BR", "pt", "pt-BR"),
        ("en-GB en*", "en", "en-GB"),
        ("zh-Hans EN", "en-US", "EN"),
        ("es fr fr*", "en", "fr"),
        ("es fr*", "en", "fr*"),
        ("es fr", "en", "es"),
        ("es fr fr*", "", "fr"),
    ],
)
def test_the_best_captions_are(there: str, languages: str, best: str) -> None:
    found = best_track(tracks(there), languages.split())
    assert [found] == tracks(best)


def test_there_is_no_best_of_none() -> None:
    assert best_track([], ["en"]) is None
