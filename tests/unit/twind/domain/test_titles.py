import pytest

from twind.domain.titles import title_of


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("annual-report_2022.pdf", "annual report 2022"),
        ("two\n lines.md", "two lines"),
        ("a--b__c.txt", "a b c"),
        ("-.md", "-.md"),
        (".md", ".md"),
    ],
)
def test_a_name_is_read_as_words(name: str, title: str) -> None:
    assert title_of(name) == title
