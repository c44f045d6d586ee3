"""The child that runs an embedding model through sentence-transformers.

Started as `python -m twind.models.sentence_child FOLDER`. A request's header is
`{"texts": [...]}`, the answer's payload the vectors one behind the other, float32 little endian.
"""

import os
import sys
from typing import Any

from twind.processes.serve import serve

BATCH = 32


def main() -> None:
    """Load the model, then answer requests until the daemon goes away."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_grad_enabled(False)
    model = SentenceTransformer(sys.argv[1], device="cpu", local_files_only=True)

    def embed(header: dict[str, Any], _payload: bytes) -> tuple[dict[str, Any], bytes]:
        vectors = model.encode(
            header["texts"], batch_size=BATCH, show_progress_bar=False, convert_to_numpy=True
        )
        return {"count": len(vectors)}, vectors.astype("<f4").tobytes()

    serve(embed)


if __name__ == "__main__":
    main()
