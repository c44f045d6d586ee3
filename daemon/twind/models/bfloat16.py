"""Whether networks run in bfloat16 here.

It takes OpenVINO, and a processor that multiplies such numbers; on others OpenVINO imitates that,
or computes in float32, no faster than ONNX Runtime and with more memory.
"""

from importlib.util import find_spec
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")
FLAGS = {"avx512_bf16", "amx_bf16"}


def runs_bfloat16(cpuinfo: Path = CPUINFO) -> bool:
    """Say whether OpenVINO is installed and the processor is one for it.

    Args:
        cpuinfo: What the kernel tells of the processors; where it tells nothing, they are taken
            for such that multiply no bfloat16.
    """
    return find_spec("openvino") is not None and bool(FLAGS & _flags(cpuinfo))


def _flags(cpuinfo: Path) -> set[str]:
    """Return what the first processor offers; all are alike."""
    if not cpuinfo.exists():
        return set()
    with cpuinfo.open(encoding="utf-8") as lines:
        named = (line.partition(":") for line in lines)
        return next(
            (set(words.split()) for name, _, words in named if name.strip() == "flags"), set()
        )
