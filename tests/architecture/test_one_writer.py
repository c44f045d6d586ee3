"""Metrics have one writer: the collector, by way of one table."""

import ast
import re
from pathlib import Path

DAEMON = Path(__file__).parents[2] / "daemon" / "twind"
COLLECTOR = DAEMON / "audience" / "collector.py"
TABLE = DAEMON / "store" / "metrics.py"
CHANGE = re.compile(
    r"\b(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+audience_", re.IGNORECASE
)


def modules() -> list[Path]:
    return sorted(DAEMON.rglob("*.py"))


def uses_table(module: Path) -> bool:
    """Tell whether a module reaches for the table of metrics of a tenant."""
    nodes = ast.walk(ast.parse(module.read_text(encoding="utf-8")))
    return any(isinstance(node, ast.Attribute) and node.attr == "metrics" for node in nodes)


def texts(module: Path) -> list[str]:
    """Return all texts of a module, such as its SQL."""
    nodes = ast.walk(ast.parse(module.read_text(encoding="utf-8")))
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def test_the_collector_alone_calls_what_writes_metrics() -> None:
    assert {module for module in modules() if uses_table(module)} == {COLLECTOR}


def test_one_table_alone_changes_the_tables_of_the_audience() -> None:
    writers = {
        module for module in modules() if any(CHANGE.search(text) for text in texts(module))
    }

    assert writers == {TABLE}
