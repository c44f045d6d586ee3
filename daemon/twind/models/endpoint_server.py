"""Requests to a server of the OpenAI protocol; whatever it does else is a GeneratorFailed."""

import json
from collections.abc import Generator, Sequence
from contextlib import closing
from http import HTTPStatus

import h11

from twind.errors import GeneratorFailed
from twind.models.endpoint_address import Address
from twind.models.endpoint_exchange import Head, Patience, Request, exchange
from twind.models.endpoint_failures import Complaint, Diagnosis
from twind.models.endpoint_key import ReadKey

LOOKING = Patience(connect_s=5, silence_s=5, total_s=10)

_LONGEST_DOCUMENT = 1 << 22


class Server:
    """Where a model is, and the key to it, which is read anew for each request."""

    def __init__(self, address: Address, model: str, key: ReadKey) -> None:
        self._address = address
        self._model = model
        self._key = key

    @property
    def address(self) -> Address:
        """Where the server is."""
        return self._address

    def diagnosis(self) -> Diagnosis:
        """Return what tells failures of this server apart."""
        return Diagnosis(
            address=self._address, model=self._model, key=self._key(), models=self._known_models
        )

    def models(self) -> list[str]:
        """Return the names of the models that the server has; empty where it does not say.

        Raises:
            GeneratorFailed: It cannot be reached, or refuses the key.
        """
        answer = self._document(Request(method="GET", path="/models", key=self._key()), LOOKING)
        listed = answer.get("data") if isinstance(answer, dict) else None
        models = listed if isinstance(listed, list) else []
        return [str(model["id"]) for model in models if isinstance(model, dict) and "id" in model]

    def ask(self, path: str, said: object, patience: Patience) -> object:
        """Return the JSON document that answers a JSON document.

        Raises:
            GeneratorFailed: There is none.
        """
        return self._document(self._post(path, said), patience)

    def stream(
        self, path: str, said: object, patience: Patience
    ) -> Generator[bytes | None, None, None]:
        """Yield the event stream that answers a JSON document in pieces; None is a pulse.

        Raises:
            GeneratorFailed: There is none, or the connection broke.
        """
        request = self._post(path, said)
        yield from self._received(request, self.diagnosis(), patience, "text/event-stream")

    def _post(self, path: str, said: object) -> Request:
        return Request(method="POST", path=path, body=json.dumps(said).encode(), key=self._key())

    def _known_models(self) -> Sequence[str]:
        try:
            return self.models()
        except GeneratorFailed:
            return []

    def _document(self, request: Request, patience: Patience) -> object:
        diagnosis = Diagnosis(
            address=self._address, model=self._model, key=request.key, models=list
        )
        document = b""
        for piece in self._received(request, diagnosis, patience, "application/json"):
            document += piece or b""
            if len(document) > _LONGEST_DOCUMENT:
                raise diagnosis.of_form()
        try:
            return json.loads(document)
        except ValueError as error:
            raise diagnosis.of_form() from error

    def _received(
        self, request: Request, diagnosis: Diagnosis, patience: Patience, media: str
    ) -> Generator[bytes | None, None, None]:
        """Yield the body of an answer of the wanted kind; None is a pulse."""
        unfit, complaint = None, b""
        try:
            with closing(exchange(self._address, request, patience)) as events:
                for event in events:
                    if isinstance(event, Head):
                        unfit = None if _is_fit(event, media) else event
                    elif event is None or unfit is None:
                        yield event
                    elif len(complaint) < _LONGEST_DOCUMENT:
                        complaint += event
        except (OSError, UnicodeError, h11.RemoteProtocolError) as error:
            raise diagnosis.of_connection(error) from error
        if unfit is not None:
            read = Complaint.read_body(complaint)
            raise diagnosis.of_answer(unfit.status, unfit.headers, read)


def _is_fit(head: Head, media: str) -> bool:
    return head.status == HTTPStatus.OK and head.headers.get("content-type", "").startswith(media)
