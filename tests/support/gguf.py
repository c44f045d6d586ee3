"""Models in the GGUF format with weights by chance: they can be loaded, and write nonsense.

The file is written by hand, as the specification in the ggml project has it: that is shorter than
depending on a library, and a damaged file is easily made of a sound one.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase, digits, punctuation

import numpy as np

CHATML = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
WITHOUT_SYSTEM = (
    "{% for m in messages %}{% if m['role'] == 'system' %}{{ raise_exception('no system') }}"
    "{% endif %}<|im_start|>{{ m['content'] }}<|im_end|>{% endfor %}"
)

_ALIGNMENT = 32
_BLOCK = 32
_U32, _F32, _BOOL, _STRING, _ARRAY, _I32 = 4, 6, 7, 8, 9, 5
_TYPE_F32, _TYPE_Q8 = 0, 8
_NORMAL, _UNKNOWN, _CONTROL, _BYTE = 1, 2, 3, 6
_SPREAD = 73.0
"""Standard deviation of whole numbers from -127 to 127, all as likely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Size of a model of the llama architecture; widths are multiples of 32."""

    layers: int = 2
    width: int = 64
    heads: int = 4
    hidden: int = 128
    context_tokens: int = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tensor:
    name: str
    shape: tuple[int, ...]
    kind: int
    data: bytes


def write_gguf(
    path: Path,
    shape: Shape | None = None,
    *,
    template: str | None = CHATML,
    architecture: str = "llama",
    seed: int = 0,
) -> Path:
    """Write a model whose every answer goes on until the longest length; return its path."""
    shape = shape or Shape()
    tokens, kinds = _vocabulary()
    keys = _keys(shape, architecture, tokens, kinds)
    if template is not None:
        keys["tokenizer.chat_template"] = _value(_STRING, template)
    tensors = _tensors(shape, kinds, np.random.default_rng(seed))
    head = [struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), len(keys))]
    head += [_text(name) + value for name, value in keys.items()]
    offset = 0
    for tensor in tensors:
        dimensions = struct.pack(f"<{len(tensor.shape)}Q", *reversed(tensor.shape))
        head.append(_text(tensor.name) + struct.pack("<I", len(tensor.shape)) + dimensions)
        head.append(struct.pack("<IQ", tensor.kind, offset))
        offset += len(_padded(tensor.data))
    with path.open("wb") as file:
        file.write(_padded(b"".join(head)))
        for tensor in tensors:
            file.write(_padded(tensor.data))
    return path


def _vocabulary() -> tuple[list[str], list[int]]:
    """Return pieces of text and their kinds: special ones, bytes, letters and pairs of them."""
    special = ["<unk>", "<s>", "</s>", "<|im_start|>", "<|im_end|>"]
    single = [f"<0x{byte:02X}>" for byte in range(256)]
    letters = [*"\u2581", *ascii_lowercase, *ascii_uppercase, *digits, *punctuation]
    pairs = ["".join(pair) for pair in product("\u2581" + ascii_lowercase, ascii_lowercase)]
    kinds = [_UNKNOWN, *[_CONTROL] * (len(special) - 1), *[_BYTE] * len(single)]
    kinds += [_NORMAL] * (len(letters) + len(pairs))
    return [*special, *single, *letters, *pairs], kinds


def _keys(
    shape: Shape, architecture: str, tokens: Sequence[str], kinds: Sequence[int]
) -> dict[str, bytes]:
    about: Mapping[str, tuple[int, object]] = {
        "context_length": (_U32, shape.context_tokens),
        "embedding_length": (_U32, shape.width),
        "block_count": (_U32, shape.layers),
        "feed_forward_length": (_U32, shape.hidden),
        "attention.head_count": (_U32, shape.heads),
        "attention.head_count_kv": (_U32, shape.heads),
        "attention.layer_norm_rms_epsilon": (_F32, 1e-5),
        "rope.dimension_count": (_U32, shape.width // shape.heads),
        "vocab_size": (_U32, len(tokens)),
    }
    scores = [-float(place) for place in range(len(tokens))]
    return {
        "general.architecture": _value(_STRING, architecture),
        **{f"{architecture}.{name}": _value(*typed) for name, typed in about.items()},
        "tokenizer.ggml.model": _value(_STRING, "llama"),
        "tokenizer.ggml.tokens": _array(_STRING, tokens),
        "tokenizer.ggml.scores": _array(_F32, scores),
        "tokenizer.ggml.token_type": _array(_I32, kinds),
        "tokenizer.ggml.unknown_token_id": _value(_U32, 0),
        "tokenizer.ggml.bos_token_id": _value(_U32, 1),
        "tokenizer.ggml.eos_token_id": _value(_U32, 2),
        "tokenizer.ggml.add_bos_token": _value(_BOOL, True),  # noqa: FBT003 - a value, no flag
    }


def _tensors(shape: Shape, kinds: Sequence[int], chance: np.random.Generator) -> list[_Tensor]:
    width, hidden = shape.width, shape.hidden
    tensors = [_random("token_embd.weight", (len(kinds), width), chance)]
    for layer in range(shape.layers):
        weights = {
            "attn_q": (width, width),
            "attn_k": (width, width),
            "attn_v": (width, width),
            "attn_output": (width, width),
            "ffn_gate": (hidden, width),
            "ffn_up": (hidden, width),
            "ffn_down": (width, hidden),
        }
        tensors += [
            _random(f"blk.{layer}.{name}.weight", rows_columns, chance)
            for name, rows_columns in weights.items()
        ]
        tensors += [_ones(f"blk.{layer}.{name}_norm.weight", width) for name in ("attn", "ffn")]
    silent = [kind != _NORMAL for kind in kinds]
    tensors.append(_random("output.weight", (len(kinds), width), chance, silent))
    return [*tensors, _ones("output_norm.weight", width)]


def _random(
    name: str, shape: tuple[int, int], chance: np.random.Generator, silent: Sequence[bool] = ()
) -> _Tensor:
    """Return a matrix in blocks of a scale and 32 whole numbers; rows that are silent are 0."""
    rows, columns = shape
    block = np.dtype([("scale", "<f2"), ("numbers", "i1", (_BLOCK,))])
    blocks = np.zeros((rows, columns // _BLOCK), block)
    blocks["scale"] = 1 / (_SPREAD * columns**0.5)
    blocks["numbers"] = chance.integers(-127, 128, (*blocks.shape, _BLOCK), np.int8)
    if silent:
        blocks["scale"][np.array(silent)] = 0
    return _Tensor(name=name, shape=shape, kind=_TYPE_Q8, data=blocks.tobytes())


def _ones(name: str, length: int) -> _Tensor:
    data = np.ones(length, "<f4").tobytes()
    return _Tensor(name=name, shape=(length,), kind=_TYPE_F32, data=data)


def _value(kind: int, value: object) -> bytes:
    return struct.pack("<I", kind) + _plain(kind, value)


def _array(kind: int, values: Sequence[object]) -> bytes:
    head = struct.pack("<IIQ", _ARRAY, kind, len(values))
    return head + b"".join(_plain(kind, value) for value in values)


def _plain(kind: int, value: object) -> bytes:
    if kind == _STRING:
        return _text(str(value))
    return struct.pack({_U32: "<I", _F32: "<f", _BOOL: "<?", _I32: "<i"}[kind], value)


def _text(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _ALIGNMENT)
