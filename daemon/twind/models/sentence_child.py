"""The child that runs an embedding model through sentence-transformers.

Started as `python -m twind.models.sentence_child FOLDER`; see `twind.models.text_server` for what
it is asked.
"""

import os
import sys
from collections.abc import Sequence

from twind.models.base import Embedding
from twind.models.text_server import Embed, serve_texts

BATCH = 8


def main() -> None:
    """Load the model and answer requests until the daemon goes away."""
    serve_texts(load, threads=1, at_once=BATCH)


def load() -> Embed:
    """Return what gives an embedding a text."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_grad_enabled(False)
    model = SentenceTransformer(sys.argv[1], device="cpu", local_files_only=True)

    def embed(texts: Sequence[str]) -> list[Embedding]:
        vectors = model.encode(
            list(texts), batch_size=BATCH, show_progress_bar=False, convert_to_numpy=True
        )
        cut = model.tokenizer(list(texts), add_special_tokens=False, verbose=False)["input_ids"]
        return [
            Embedding(vector=vector.tobytes(), tokens=len(ids))
            for vector, ids in zip(vectors.astype("<f4"), cut, strict=True)
        ]

    return embed


if __name__ == "__main__":
    main()
