"""A model and its one sequence of tokens, through llama.cpp. Imported in the child only.

llama.cpp's C interface rather than the class around it, for three reasons: work on a prompt can
be given up between two steps, states of prefixes need it anyway, and a token costs less.
"""

import ctypes
import os
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import llama_cpp as api

STEP = 256
"""Tokens of a prompt that are evaluated at once: after them the work can be given up."""
TOP_K, TOP_P = 40, 0.95
WARNING, ERROR = 3, 4
SEQUENCE = 0
PIECE_BYTES = 512


class LlamaFailed(Exception):
    """llama.cpp gave up; the message holds what it said last."""


class Llama:
    """Weights, their tokenizer and a sequence of evaluated tokens.

    Attributes:
        context_tokens: Longest sequence: what was asked for, or what the model was trained for.
        tokens: What the sequence holds now.
        metadata: Texts of the file that a caller may ask for, see `text`.
    """

    def __init__(self, path: Path, *, context_tokens: int, threads: int) -> None:
        """Load a GGUF file.

        Raises:
            LlamaFailed: It is none, is damaged, does not fit into memory or is too new.
        """
        self._said: deque[str] = deque(maxlen=8)
        self._listener = api.llama_log_callback(self._hear)
        api.llama_log_set(self._listener, ctypes.c_void_p(0))
        api.llama_backend_init()
        self._model = self._opened(path)
        self._vocab: Any = api.llama_model_get_vocab(self._model)
        self.context_tokens = min(context_tokens, api.llama_model_n_ctx_train(self._model))
        self._context = self._opened_context(threads or os.cpu_count() or 1)
        self._memory: Any = api.llama_get_memory(self._context)
        self._piece = ctypes.create_string_buffer(PIECE_BYTES)
        self.tokens: list[int] = []

    def tokenize(self, text: str, *, special: bool) -> list[int]:
        """Cut a text into tokens; with `special`, names of control tokens become these."""
        encoded = text.encode("utf-8", "replace")
        room = len(encoded) + 8
        for _ in range(2):
            tokens = (api.llama_token * room)()
            count = api.llama_tokenize(
                self._vocab, encoded, len(encoded), tokens, room, False, special
            )
            if count >= 0:
                return list(tokens[:count])
            room = -count
        raise LlamaFailed("the text cannot be cut into tokens")

    def piece(self, token: int, *, special: bool = False) -> bytes:
        """Return the bytes that a token stands for; UTF-8 only together with its neighbours."""
        length = api.llama_token_to_piece(self._vocab, token, self._piece, PIECE_BYTES, 0, special)
        return self._piece.raw[:length] if length > 0 else b""

    def is_control(self, token: int) -> bool:
        """Say whether a token gives structure to a prompt rather than text."""
        return bool(api.llama_vocab_is_control(self._vocab, token))

    def ends(self, token: int) -> bool:
        """Say whether the model means by this token that it is done."""
        return bool(api.llama_vocab_is_eog(self._vocab, token))

    @property
    def begin(self) -> list[int]:
        """The token that every sequence begins with, where the model wants one."""
        wanted = api.llama_vocab_get_add_bos(self._vocab)
        return [api.llama_vocab_bos(self._vocab)] if wanted else []

    @property
    def markers(self) -> tuple[str, str]:
        """Names of the tokens that begin and end a text, as templates of chats use them."""
        both = (api.llama_vocab_bos(self._vocab), api.llama_vocab_eos(self._vocab))
        begin, end = (self.piece(one, special=True).decode() if one >= 0 else "" for one in both)
        return begin, end

    @property
    def template(self) -> str | None:
        """The template of chats that came with the model."""
        found = api.llama_model_chat_template(self._model, None)
        return found.decode("utf-8", "replace") if found else None

    def keep(self, count: int) -> None:
        """Forget what the sequence holds behind its first tokens; all, where it must."""
        if count >= len(self.tokens):
            return
        if count and api.llama_memory_seq_rm(self._memory, SEQUENCE, count, -1):
            del self.tokens[count:]
            return
        api.llama_memory_clear(self._memory, True)
        self.tokens.clear()

    def evaluate(self, tokens: Sequence[int]) -> None:
        """Append at most `STEP` tokens to the sequence.

        Raises:
            LlamaFailed: There is no memory or the sequence is full.
        """
        batch = (api.llama_token * len(tokens))(*tokens)
        outcome = api.llama_decode(self._context, api.llama_batch_get_one(batch, len(tokens)))
        if outcome:
            self.keep(0)
            raise LlamaFailed(f"evaluating gave {outcome}: {self._last_said()}")
        self.tokens.extend(tokens)

    def save(self, path: Path) -> None:
        """Write the state of the sequence to a file.

        Raises:
            LlamaFailed: It cannot be written.
        """
        tokens = (api.llama_token * len(self.tokens))(*self.tokens)
        name = os.fsencode(path)
        if not api.llama_state_seq_save_file(
            self._context, name, SEQUENCE, tokens, len(self.tokens)
        ):
            raise LlamaFailed(f"the state cannot be saved: {self._last_said()}")

    def restore(self, path: Path) -> bool:
        """Replace the sequence by one that was saved; an empty one where that is impossible."""
        self.keep(0)
        tokens = (api.llama_token * self.context_tokens)()
        count = ctypes.c_size_t()
        size = api.llama_state_seq_load_file(
            self._context,
            os.fsencode(path),
            SEQUENCE,
            tokens,
            self.context_tokens,
            ctypes.byref(count),
        )
        if not size:
            api.llama_memory_clear(self._memory, True)
            return False
        self.tokens = list(tokens[: count.value])
        return True

    def sampler(self, temperature: float) -> "Sampler":
        """Return what chooses the next token."""
        return Sampler(self._context, temperature)

    def _hear(self, level: int, text: bytes, _: object) -> None:
        """Remember what llama.cpp says when something is wrong."""
        if level in (WARNING, ERROR) and text.strip():
            self._said.append(text.decode("utf-8", "replace").strip())

    def _last_said(self) -> str:
        return "; ".join(self._said) or "it did not say why"

    def _opened(self, path: Path) -> Any:
        model = api.llama_model_load_from_file(os.fsencode(path), api.llama_model_default_params())
        if not model:
            raise LlamaFailed(self._last_said())
        return model

    def _opened_context(self, threads: int) -> Any:
        wanted = api.llama_context_default_params()
        wanted.n_ctx = self.context_tokens
        wanted.n_batch = wanted.n_ubatch = min(STEP, self.context_tokens)
        wanted.n_threads = wanted.n_threads_batch = threads
        context = api.llama_init_from_model(self._model, wanted)
        if not context:
            raise LlamaFailed(self._last_said())
        return context


class Sampler:
    """Chooses the next token: the likeliest one, or by chance among the likely ones."""

    def __init__(self, context: Any, temperature: float) -> None:
        self._context = context
        self._chain: Any = api.llama_sampler_chain_init(api.llama_sampler_chain_default_params())
        steps: list[Any] = [api.llama_sampler_init_greedy()]
        if temperature > 0:
            steps = [
                api.llama_sampler_init_top_k(TOP_K),
                api.llama_sampler_init_top_p(TOP_P, 1),
                api.llama_sampler_init_temp(temperature),
                api.llama_sampler_init_dist(api.LLAMA_DEFAULT_SEED),
            ]
        for step in steps:
            api.llama_sampler_chain_add(self._chain, step)

    def next(self) -> int:
        """Return the token that follows the sequence."""
        return int(api.llama_sampler_sample(self._chain, self._context, -1))

    def close(self) -> None:
        """Free what llama.cpp holds for it."""
        api.llama_sampler_free(self._chain)
