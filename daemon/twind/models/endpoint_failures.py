"""What it means when a server that should write an answer does something else."""

import json
import re
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Self

import h11

from twind.errors import GeneratorFailed
from twind.models.endpoint_address import URL_HINT, Address

KEY_HINT = "twinctl models use endpoint --key -"
MODEL_HINT = "twinctl config set models.endpoint_model NAME"
START_HINT = "start it (such as: ollama serve), or: twinctl models use extractive"
CONTEXT_HINT = "twinctl config set models.context_tokens N, no more than the server reads at once"
SLOW_HINT = "ask again, or take a smaller model"
THINKING_HINT = "twinctl config set models.answer_tokens 2000, or take a model that does not think"
LEAK_HINT = (
    "let the server part them (llama-server --reasoning-format auto, vllm --reasoning-parser), "
    "or take a model that does not think"
)

_LONGEST_QUOTE = 300
_SHOWN_MODELS = 12
_CHANGEABLE = frozenset({"max_tokens", "temperature"})
_TOO_LONG = re.compile(r"context[ _-]?(length|size|window)|maximum context", re.IGNORECASE)
_NO_MODEL = re.compile(r"\bmodel\b.*\b(not found|not exist|no such|unknown)\b", re.IGNORECASE)
_LOADING = re.compile(r"\bloading\b", re.IGNORECASE)


class ParameterRefused(GeneratorFailed):
    """The model does not take a parameter that others need; `parameter` names it."""

    def __init__(self, failure: GeneratorFailed, parameter: str) -> None:
        super().__init__(failure.message, hint=failure.hint)
        self.parameter = parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What a server says is wrong, in any of the forms in use; what it leaves out is empty."""

    message: str = ""
    code: str = ""
    parameter: str = ""

    @classmethod
    def read(cls, said: object) -> Self:
        """Return what the JSON of an answer or of an event complains about."""
        if isinstance(said, list) and said:
            return cls.read(said[0])
        if not isinstance(said, dict):
            return cls(message=said if isinstance(said, str) else "")
        error = said.get("error")
        if isinstance(error, str):
            return cls(message=error)
        held = error if isinstance(error, dict) else said
        words = [held.get(name) for name in ("message", "detail")]
        kinds = [held.get(name) for name in ("code", "type", "status")]
        parameter = held.get("param")
        return cls(
            message=next((word for word in words if isinstance(word, str)), ""),
            code=" ".join(str(kind) for kind in kinds if kind),
            parameter=parameter if isinstance(parameter, str) else "",
        )

    @classmethod
    def read_body(cls, body: bytes) -> Self:
        """Return what a document complains about; a page for people says nothing."""
        try:
            return cls.read(json.loads(body))
        except ValueError:
            return cls()

    def quoted(self, key: str | None) -> str:
        """Return its words on one line, without the key."""
        words = self.message.replace(key, "…") if key else self.message
        line = "".join(letter if letter.isprintable() else " " for letter in words)
        return " ".join(line.split())[:_LONGEST_QUOTE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """Says what went wrong with a request, and what helps.

    Attributes:
        key: The key that was sent; it is never part of a message.
        models: Asks the server for the models that it has; empty where it does not say.
    """

    address: Address
    model: str
    key: str | None = field(repr=False)
    models: Callable[[], Sequence[str]]

    def of_answer(
        self, status: int, headers: Mapping[str, str], complaint: Complaint
    ) -> GeneratorFailed:
        """Return the failure that an answer other than the wanted one means."""
        said = complaint.quoted(self.key)
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            problem = "does not accept the key" if self.key else "asks for a key"
            return self._failed(problem, said, hint=KEY_HINT)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            return self._failed("wants fewer requests", said, hint=_later(headers))
        if status == HTTPStatus.SERVICE_UNAVAILABLE and _LOADING.search(said):
            return self._failed("is loading the model", said, hint="ask again in a moment")
        if "unsupported" in complaint.code and complaint.parameter in _CHANGEABLE:
            refusal = self._failed(f"does not take {complaint.parameter}", said, hint=MODEL_HINT)
            return ParameterRefused(refusal, complaint.parameter)
        return self._of_words(complaint, said) or self._of_status(status, headers, said)

    def of_event(self, complaint: Complaint) -> GeneratorFailed:
        """Return the failure that an error in the middle of an answer means."""
        said = complaint.quoted(self.key)
        broken = self._failed("broke off in the middle of the answer", said, hint="ask again")
        return self._of_words(complaint, said) or broken

    def of_finish(self, finish: str | None) -> GeneratorFailed:
        """Return the failure of an answer that did not come to its end."""
        why = f" ({finish})" if finish else ""
        return self._failed(f"broke off in the middle of the answer{why}", hint="ask again")

    def of_silence(self, finish: str | None) -> GeneratorFailed:
        """Return the failure of an answer without a word."""
        if finish == "length":
            problem = "let the model think until it might not write any more"
            return self._failed(problem, hint=THINKING_HINT)
        return self._failed("wrote nothing", hint=CONTEXT_HINT)

    def of_leak(self) -> GeneratorFailed:
        """Return the failure of an answer in which thoughts cannot be told from text."""
        problem = "mixes what the model thinks into what it writes"
        return self._failed(problem, hint=LEAK_HINT)

    def of_connection(self, error: Exception) -> GeneratorFailed:
        """Return the failure that an error of the connection means."""
        said, hint = "", URL_HINT
        match error:
            case ConnectionRefusedError() | FileNotFoundError():
                problem, hint = "is not running", START_HINT
            case socket.gaierror() | UnicodeError():
                problem = "cannot be found: there is no such host"
            case ssl.SSLCertVerificationError():
                problem, said = "has a wrong certificate", error.verify_message
            case TimeoutError():
                problem, hint = "was silent for too long", SLOW_HINT
            case h11.RemoteProtocolError() | ssl.SSLError() | ConnectionError():
                problem = "broke off, or does not speak HTTP"
            case _:
                problem, said, hint = "cannot be reached", str(error), START_HINT
        return self._failed(problem, said, hint=hint)

    def of_form(self) -> GeneratorFailed:
        """Return the failure of an answer that is not of the protocol."""
        return self._failed("does not answer in the OpenAI protocol", hint=URL_HINT)

    def without_model(self, known: Sequence[str], said: str = "") -> GeneratorFailed:
        """Return the failure of a server that has the models of `known`, and not this one."""
        more = ", …" if len(known) > _SHOWN_MODELS else ""
        has = f"it has {', '.join(known[:_SHOWN_MODELS])}{more}; " if known else ""
        return self._failed(f"has no model {self.model!r}", said, hint=has + MODEL_HINT)

    def _of_words(self, complaint: Complaint, said: str) -> GeneratorFailed | None:
        if "context" in complaint.code or _TOO_LONG.search(said):
            return self._failed("cannot read that much at once", said, hint=CONTEXT_HINT)
        if "model_not_found" in complaint.code or _NO_MODEL.search(said):
            return self.without_model(self.models(), said)
        return None

    def _of_status(self, status: int, headers: Mapping[str, str], said: str) -> GeneratorFailed:
        if status == HTTPStatus.OK and not said:
            return self.of_form()
        if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
            return self._failed(f"leads to {headers.get('location', 'nowhere')}", hint=URL_HINT)
        if status == HTTPStatus.NOT_FOUND:
            return self._failed("has nothing at that address", said, hint=URL_HINT)
        return self._failed(f"failed ({status})", said, hint="its log tells why; ask again")

    def _failed(self, problem: str, said: str = "", *, hint: str) -> GeneratorFailed:
        words = f": {said}" if said else ""
        return GeneratorFailed(f"the server at {self.address.url} {problem}{words}", hint=hint)


def _later(headers: Mapping[str, str]) -> str:
    wait = headers.get("retry-after", "").strip()
    return f"ask again in {wait} seconds" if wait.isdecimal() else "ask again in a moment"
