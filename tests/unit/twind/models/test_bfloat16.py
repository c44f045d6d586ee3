"""Networks run in bfloat16 where the processor multiplies it and OpenVINO is installed."""

import sys
from pathlib import Path

import pytest

from twind.models.bfloat16 import runs_bfloat16

X86 = """processor\t: 0
flags\t\t: fpu sse2 avx512f {offered}
bugs\t\t: spectre_v1

processor\t: 1
flags\t\t: fpu sse2 avx512f {offered}
"""
ARM = "processor\t: 0\nFeatures\t: fp asimd bf16\n"


def a_processor(folder: Path, text: str) -> Path:
    path = folder / "cpuinfo"
    path.write_text(text)
    return path


@pytest.mark.parametrize("flag", ["avx512_bf16", "amx_bf16"])
def test_a_processor_that_multiplies_bfloat16_is_used_so(tmp_path: Path, flag: str) -> None:
    assert runs_bfloat16(a_processor(tmp_path, X86.format(offered=flag)))


@pytest.mark.parametrize("text", [X86.format(offered="avx512_vnni"), ARM, ""])
def test_another_processor_is_not(tmp_path: Path, text: str) -> None:
    assert not runs_bfloat16(a_processor(tmp_path, text))


def test_a_kernel_that_says_nothing_means_float32(tmp_path: Path) -> None:
    assert not runs_bfloat16(tmp_path / "cpuinfo")


def test_without_openvino_there_is_no_bfloat16(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    assert not runs_bfloat16(a_processor(tmp_path, X86.format(offered="avx512_bf16")))
