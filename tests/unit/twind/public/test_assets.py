import gzip
import re
from pathlib import Path

import pytest

from twind.public.assets import WIDGET, widget

LARGEST_GZIPPED = 12_000
MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|document\.write|DOMParser"
    r"|srcdoc|\beval\b|new Function|\"style\""
)
PARTS = sorted((WIDGET.parent / "widget").glob("*.js"))


def test_the_widget_is_small_and_the_same_in_both_forms() -> None:
    asset = widget()
    assert gzip.decompress(asset.gzipped) == asset.body == WIDGET.read_bytes()
    assert len(asset.gzipped) < LARGEST_GZIPPED
    assert re.fullmatch(r'"[0-9a-f]{32}"', asset.etag)


@pytest.mark.parametrize("part", PARTS, ids=[part.stem for part in PARTS])
def test_no_text_is_read_as_markup_or_script(part: Path) -> None:
    assert not MARKUP.search(part.read_text())
