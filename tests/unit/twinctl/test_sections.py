from tests.support.reports import report
from twinctl.sections import Section, breakdowns, drawn, never_cited


def test_a_report_is_broken_down_by_result_way_place_and_source() -> None:
    refused, channels, hosts, sources = breakdowns(report())
    assert refused.rows[0] == (28, "the sources do not say")
    assert channels.rows == [(60, "75 %", "widget"), (40, "62 %", "chat")]
    assert hosts.rows[0] == (30, "30 %", "site-0.example")
    assert sources.rows[0] == (20, "Text 0")


def test_counts_are_drawn_as_bars_in_proportion() -> None:
    section = Section(title="T", heads=["N", "OF", "WHAT"], rows=[(10, "1 %", "a"), (5, "-", "b")])
    assert drawn(section, rows=5, width=40, bar_cells=4) == [
        " N         OF  WHAT",
        "10  ████  1 %  a",
        " 5  ██      -  b",
    ]
    assert drawn(section, rows=1, width=40, bar_cells=0) == [" N   OF  WHAT", "10  1 %  a"]


def test_texts_are_cut_and_tamed() -> None:
    section = Section(
        title="T", heads=["N", "WHAT"], rows=[(1, "long\x1b[31m words of strangers")]
    )
    *_, line = drawn(section, rows=5, width=14, bar_cells=0)
    assert line == "1  long?[31m…"


def test_sources_without_citations_are_named_in_a_sentence() -> None:
    told = "Never cited: 3 sources: Text 0, Text 1, Text 2."
    assert never_cited(report(never=3)) == told
    assert never_cited(report(never=0)) == ""
