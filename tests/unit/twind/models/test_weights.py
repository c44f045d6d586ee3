"""The places of tensors are those that the library of the format writes."""

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file

from twind.models.weights import read_tensors


def test_numbers_lie_where_they_are_said_to_lie(tmp_path: Path) -> None:
    arrays: dict[str, NDArray[Any]] = {
        "one": np.arange(6, dtype=np.float32).reshape(2, 3),
        "two": np.array([7.0], dtype=np.float32),
        "whole": np.arange(3, dtype=np.int64),
    }
    path = tmp_path / "model.safetensors"
    save_file(arrays, path, metadata={"format": "np"})
    tensors = read_tensors(path)
    assert tensors.keys() == arrays.keys()
    content = path.read_bytes()
    for name, array in arrays.items():
        tensor = tensors[name]
        part = content[tensor.offset : tensor.offset + tensor.size_bytes]
        assert tensor.shape == array.shape
        assert part == array.tobytes()
    assert tensors["one"].kind == "F32"
    assert tensors["whole"].kind == "I64"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x01\x02",
        struct.pack("<Q", 1 << 40) + b"{}",
        struct.pack("<Q", 4) + b"null",
        struct.pack("<Q", 9) + b"not JSON!",
        struct.pack("<Q", len(header := json.dumps({"a": {"dtype": 1}}).encode())) + header,
    ],
    ids=["empty", "cut off", "endless", "no object", "no JSON", "no shape"],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r".") as caught:
        read_tensors(path)
    assert str(caught.value)
