"""The child that runs an embedding model through sentence-transformers.

Started as `python -m twind.models.sentence_child FOLDER`. A request's header is
`{"texts": [...]}`, the answer's `{"tokens": [...]}`, the number of tokens of each text without
special ones, and its payload the vectors one behind the other, float32 little endian.
"""

import os
import sys
from typing import Any

from twind.processes.serve import serve

BATCH = 8


def main() -> None:
    """Load the model, then answer requests until the daemon goes away."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_grad_enabled(False)
    model = SentenceTransformer(sys.argv[1], device="cpu", local_files_only=True)

    def embed(header: dict[str, Any], _payload: bytes) -> tuple[dict[str, Any], bytes]:
        texts = header["texts"]
        vectors = model.encode(
            texts, batch_size=BATCH, show_progress_bar=False, convert_to_numpy=True
        )
        cut = model.tokenizer(texts, add_special_tokens=False, verbose=False)["input_ids"]
        return {"tokens": [len(ids) for ids in cut]}, vectors.astype("<f4").tobytes()

    serve(embed)


if __name__ == "__main__":
    main()
