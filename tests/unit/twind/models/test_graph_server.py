"""The side of a child that runs a graph on several threads."""

import os
from pathlib import Path

from tests.support.models import a_bert
from twind.processes.child import Child
from twind.processes.frames import NUMBER

ROOT = Path(__file__).parents[4]
TEXTS = ["bee", "wax", "honey", "winter"]


def test_the_network_is_run_once_before_several_threads_run_it(tmp_path: Path) -> None:
    folder, graph = a_bert(tmp_path / "tiny"), tmp_path / "made.onnx"
    graph.touch()
    path = os.pathsep.join((str(ROOT / "daemon"), str(ROOT)))
    child = Child(
        "tests.support.first_run_child",
        [str(folder), str(graph)],
        os.environ | {"PYTHONPATH": path},
    )
    try:
        child.send({NUMBER: 1, "texts": TEXTS, "urgent": False})
        answer = child.receive(within_s=60)
        assert answer is not None
        assert len(answer[0]["tokens"]) == len(TEXTS)
    finally:
        child.kill()
