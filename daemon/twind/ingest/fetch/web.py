"""Asking a web server, and following it where it leads. Imported at the first fetch only."""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpcore2
import httpx2

from twinctl import __version__
from twinctl.wire.codes import ErrorCode
from twind.errors import FetchFailed, InvalidInput, TwindError
from twind.ingest.fetch.addresses import Guard
from twind.ingest.fetch.deadline import Deadline
from twind.ingest.fetch.normalise import normalised
from twind.ingest.fetch.transport import GuardedTransport
from twind.jobs.handler import Passing

MAX_REDIRECTS = 10
CONNECT_S = 10.0
SILENT_S = 30.0
HEADERS = {
    "User-Agent": f"Mozilla/5.0 (compatible; twinctl/{__version__})",
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,text/*;q=0.9,*/*;q=0.5",
}


@contextmanager
def opened(
    url: str, headers: Mapping[str, str], *, guard: Guard, deadline: Deadline
) -> Iterator[httpx2.Response]:
    """Yield the answer to a GET request, after redirects; its body is not read yet.

    Proxies and passwords of the environment are not used: a proxy would look names up itself,
    behind the back of the guard.

    Raises:
        Passing: The server was silent or broke off.
        FetchFailed: It cannot be reached, or may not be.
    """
    client = httpx2.Client(
        transport=GuardedTransport(guard, deadline),
        headers=HEADERS,
        timeout=httpx2.Timeout(SILENT_S, connect=CONNECT_S),
        trust_env=False,
    )
    with client, _told(url):
        answer = _follow(client, client.build_request("GET", url, headers=dict(headers)))
        try:
            yield answer
        finally:
            answer.close()


def _follow(client: httpx2.Client, request: httpx2.Request) -> httpx2.Response:
    """Follow redirects by hand: their bodies are never read, and each address is checked."""
    for _ in range(MAX_REDIRECTS + 1):
        answer = client.send(request, stream=True)
        if answer.next_request is None:
            return answer
        answer.close()
        request = answer.next_request
        _check(str(request.url))
    raise FetchFailed(
        f"it leads on more than {MAX_REDIRECTS} times, now to {request.url}",
        hint="open it in the browser, and ingest the address where it ends",
        code=ErrorCode.TOO_MANY_REDIRECTS,
    )


def _check(url: str) -> None:
    try:
        normalised(url)
    except InvalidInput as error:
        raise FetchFailed(
            f"it leads to {url}: {error.message}", code=ErrorCode.ADDRESS_REFUSED
        ) from error


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Say in our words what the HTTP library says in its own."""
    try:
        yield
    except (httpcore2.TimeoutException, httpcore2.ConnectError) as error:
        raise _unreachable(url, error) from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise Passing(
            f"the server of {url} broke off: {error}",
            hint="ingest it again later",
            code=ErrorCode.SERVER_UNAVAILABLE,
        ) from error
    except (httpx2.RequestError, httpx2.InvalidURL) as error:  # its redirect or its packing
        raise FetchFailed(
            f"the server of {url} answers nonsense: {error}", code=ErrorCode.CORRUPT
        ) from error


def _unreachable(url: str, error: Exception) -> TwindError:
    """Tell silence, which may pass, from a refusal, which a wrong address earns at once."""
    if isinstance(error, httpcore2.TimeoutException):
        return Passing(
            f"the server of {url} is silent",
            hint="ingest it again later",
            code=ErrorCode.FETCH_TIMEOUT,
        )
    is_tls = isinstance(error.__context__, ssl.SSLError)
    return FetchFailed(
        f"{url} cannot be reached{' safely' if is_tls else ''}: {error}",
        hint="check the address, and whether the browser opens it",
        code=ErrorCode.UNREACHABLE,
    )
