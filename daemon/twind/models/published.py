"""Models that the model hub publishes ready to run, pinned to what was examined."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A model on the hub.

    Attributes:
        repository: Owner and name.
        revision: Commit of its files.
        files: SHA-256 of the files it needs by their paths, a small one first.
    """

    repository: str
    revision: str
    files: Mapping[str, str]


MINILM_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MINILM_ONNX = "6fd5d72fe4589f189f8ebc006442dbb529bb7ce38f8082112682524616046452"

PUBLISHED = {
    "all-MiniLM-L6-v2": Published(
        repository="sentence-transformers/all-MiniLM-L6-v2",
        revision="1110a243fdf4706b3f48f1d95db1a4f5529b4d41",
        files={
            "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
            "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
            "config_sentence_transformers.json": (
                "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3"
            ),
            "sentence_bert_config.json": (
                "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7"
            ),
            "1_Pooling/config.json": (
                "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23"
            ),
            "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
            "onnx/model.onnx": MINILM_ONNX,
        },
    )
}

EXPORTED_FROM = {MINILM_ONNX: MINILM_WEIGHTS}
"""Checksums of published ONNX files and of the weights they hold: one model, whichever of the two
is here, so that an index stays valid."""
