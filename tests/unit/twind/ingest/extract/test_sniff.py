import pytest

from twind.ingest.extract.kinds import Kind
from twind.ingest.extract.sniff import sniff


@pytest.mark.parametrize(
    ("after", "kind"),
    [("<html>", Kind.HTML), ("# Walls", Kind.MARKDOWN), ("<!-- ", Kind.MARKDOWN)],
)
def test_any_number_of_comments_may_stand_first(after: str, kind: Kind) -> None:
    assert sniff(("<!-- lint off -->\n" * 500 + after).encode(), "walls.md") is kind
