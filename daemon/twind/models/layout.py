"""What the files of a model in the form of sentence-transformers say about it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MODULES = "modules.json"
WEIGHTS = "model.safetensors"
EXPORTED = Path("onnx") / "model.onnx"
MEAN, FIRST = "mean", "cls"
_POOLINGS = {"pooling_mode_mean_tokens": MEAN, "pooling_mode_cls_token": FIRST}
_USUAL = (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a model turns the vectors of tokens into that of a text.

    Attributes:
        dimension: Numbers in a vector.
        max_tokens: Longest input in tokens, special ones included.
        pooling: `mean` or `cls` (that of the first token) where this is all that happens before
            vectors are normalised; None where more or something else does.
        normalised: Whether vectors have length 1.
        query_prefix: What is put before a question.
        document_prefix: What is put before a text.
    """

    dimension: int
    max_tokens: int
    pooling: str | None
    normalised: bool
    query_prefix: str
    document_prefix: str


def read_layout(folder: Path) -> Layout:
    """Read the files of a model.

    Raises:
        OSError: A file is missing.
        ValueError: A file does not say what it should.
        KeyError: A file lacks an entry.
    """
    modules = json.loads((folder / MODULES).read_text(encoding="utf-8"))
    kinds = [str(module["type"]).rpartition(".")[2] for module in modules]
    pooling = read_object(folder / modules[kinds.index("Pooling")]["path"] / "config.json")
    prompts = read_object(folder / "config_sentence_transformers.json").get("prompts") or {}
    return Layout(
        dimension=int(pooling.get("embedding_dimension") or pooling["word_embedding_dimension"]),
        max_tokens=_max_tokens(folder),
        pooling=_pooling(pooling) if kinds in _USUAL else None,
        normalised="Normalize" in kinds,
        query_prefix=str(prompts.get("query") or ""),
        document_prefix=str(prompts.get("document") or ""),
    )


def _max_tokens(folder: Path) -> int:
    """Return what the model reads of a text; newer files say it with the tokenizer."""
    stated = read_object(folder / "sentence_bert_config.json").get("max_seq_length")
    if stated is not None:
        return int(stated)
    return min(
        int(read_object(folder / "tokenizer_config.json")["model_max_length"]),
        int(read_object(folder / "config.json")["max_position_embeddings"]),
    )


def _pooling(config: dict[str, Any]) -> str | None:
    """Return the one way of pooling that is switched on; older files have a switch for each."""
    if not config.get("include_prompt", True):
        return None
    if "pooling_mode" in config:
        modes = config["pooling_mode"]
        return modes if modes in (MEAN, FIRST) else None
    switched_on = [key for key, on in config.items() if key.startswith("pooling_mode_") and on]
    return _POOLINGS.get(switched_on[0]) if len(switched_on) == 1 else None


def read_object(path: Path) -> dict[str, Any]:
    """Read a JSON object.

    Raises:
        OSError: The file cannot be read.
        ValueError: It holds something else.
    """
    values = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(values, dict):
        raise ValueError(f"{path.name} is not an object")  # noqa: TRY004 - a bad file, not a bad call
    return values
