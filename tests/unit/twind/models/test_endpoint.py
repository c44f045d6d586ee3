import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme

from tests.support.endpoint import (
    KEY,
    LoopbackEndpoint,
    Reply,
    chunk,
    document,
    event,
    hosted,
    llama_server,
    llama_server_error,
    loopback_endpoint,
    ollama,
    openai,
    openai_error,
    vllm,
    vllm_error,
)
from twind.errors import GeneratorFailed, ModelUnavailable
from twind.models.base import Prompt
from twind.models.endpoint import WRITING, EndpointGenerator
from twind.models.endpoint_exchange import Patience

TEXT = "Ada wrote the first program. Größe: 5 m²."
PROMPTS = [
    Prompt(role="system", content="You are Ada."),
    Prompt(role="user", content="Who wrote it?"),
]
IMPATIENT = Patience(connect_s=0.5, silence_s=0.3, total_s=5)
PROMPT_S = 5.0


@pytest.fixture
def endpoint() -> Iterator[LoopbackEndpoint]:
    with loopback_endpoint() as running:
        yield running


def generator_at(
    url: str, *, model: str = "llama3", key: str | None = KEY, patience: Patience = WRITING
) -> EndpointGenerator:
    return EndpointGenerator(
        name=f"endpoint:{model}",
        base_url=url,
        model=model,
        key=lambda: key,
        context_tokens=4096,
        patience=patience,
    )


def written(generator: EndpointGenerator) -> str:
    return "".join(generator.stream(PROMPTS, max_tokens=50))


def failure(generator: EndpointGenerator) -> GeneratorFailed:
    with pytest.raises(GeneratorFailed) as caught:
        written(generator)
    assert KEY not in f"{caught.value.message} {caught.value.hint}"
    return caught.value


@pytest.mark.parametrize("say", [openai, ollama, llama_server, vllm, hosted])
def test_the_streams_of_all_servers_are_read(
    endpoint: LoopbackEndpoint, say: Callable[[str], Reply]
) -> None:
    endpoint.replies = [say(TEXT)]
    assert written(generator_at(endpoint.url)) == TEXT


def test_what_is_asked_for(endpoint: LoopbackEndpoint) -> None:
    endpoint.key = KEY
    written(generator_at(endpoint.url))
    assert endpoint.chats == [
        {
            "model": "llama3",
            "messages": [
                {"role": "system", "content": "You are Ada."},
                {"role": "user", "content": "Who wrote it?"},
            ],
            "stream": True,
            "temperature": 0,
            "max_tokens": 50,
        }
    ]


def test_without_a_key_none_is_sent(endpoint: LoopbackEndpoint) -> None:
    written(generator_at(endpoint.url, key=None))
    assert "authorization" not in endpoint.asked[0].headers


@pytest.mark.parametrize("size", [1, 2, 7, 4096])
def test_pieces_may_be_cut_anywhere(endpoint: LoopbackEndpoint, size: int) -> None:
    for say in (hosted, ollama):
        sent = b"".join(say(TEXT).pieces)
        endpoint.replies = [
            Reply(pieces=[sent[at : at + size] for at in range(0, len(sent), size)])
        ]
        assert written(generator_at(endpoint.url)) == TEXT


def test_pieces_come_while_the_server_still_writes(endpoint: LoopbackEndpoint) -> None:
    begun = [event(chunk({"content": "Ada "})), event(chunk({"content": "wrote"}))]
    endpoint.replies = [Reply(pieces=begun, stalls=True)]
    stream = generator_at(endpoint.url).stream(PROMPTS, max_tokens=50)
    assert [next(stream), next(stream)] == ["Ada ", "wrote"]
    stream.close()
    assert endpoint.hung_up.wait(PROMPT_S)


def test_who_waits_for_the_first_word_can_stop(endpoint: LoopbackEndpoint) -> None:
    endpoint.replies = [Reply(stalls=True)]
    stream = generator_at(endpoint.url).stream(PROMPTS, max_tokens=50)
    assert next(stream) == ""
    stream.close()
    assert endpoint.hung_up.wait(PROMPT_S)


def test_thoughts_are_left_out(endpoint: LoopbackEndpoint) -> None:
    thinking = [
        event(chunk({"role": "assistant", "content": None, "reasoning_content": "Hm, Ada?"})),
        event(chunk({"content": "", "reasoning": "Or Babbage?"})),
    ]
    for words in (["<think>Or <b", ">Babbage</b></th", "ink>\n\n", TEXT], [TEXT]):
        said = [event(chunk({"content": word})) for word in words]
        end = [event(chunk({}, "stop")), event("[DONE]")]
        endpoint.replies = [Reply(pieces=[*thinking, *said, *end])]
        assert written(generator_at(endpoint.url)) == TEXT


def test_thoughts_that_cannot_be_told_from_the_answer_are_no_answer(
    endpoint: LoopbackEndpoint,
) -> None:
    endpoint.replies = [ollama("Or Babbage? </think> Ada.")]
    assert "--reasoning-format" in (failure(generator_at(endpoint.url)).hint or "")


def test_an_answer_of_thoughts_alone_names_the_limit(endpoint: LoopbackEndpoint) -> None:
    endpoint.replies = [ollama("<think>Hm, hm,", "length")]
    assert "models.answer_tokens" in (failure(generator_at(endpoint.url)).hint or "")


def test_an_answer_that_reached_its_limit_is_one(endpoint: LoopbackEndpoint) -> None:
    endpoint.replies = [openai("Ada wrote", "length")]
    assert written(generator_at(endpoint.url)) == "Ada wrote"


def test_a_model_that_takes_other_parameters_gets_them(endpoint: LoopbackEndpoint) -> None:
    refused = [
        openai_error(400, "Unsupported.", code="unsupported_parameter", parameter="max_tokens"),
        openai_error(400, "Unsupported.", code="unsupported_value", parameter="temperature"),
    ]
    endpoint.replies = [*refused, openai(TEXT)]
    generator = generator_at(endpoint.url)
    assert [written(generator), written(generator)] == [TEXT, TEXT]
    assert len(endpoint.chats) == 4
    for asked in endpoint.chats[2:]:
        assert asked["max_completion_tokens"] == 50
        assert asked.keys().isdisjoint({"max_tokens", "temperature"})


def test_a_parameter_that_is_refused_again_is_a_failure(endpoint: LoopbackEndpoint) -> None:
    endpoint.replies = [
        openai_error(400, "No limit!", code="unsupported_parameter", parameter="max_tokens")
    ]
    assert "No limit!" in failure(generator_at(endpoint.url)).message
    assert len(endpoint.chats) == 2


UNKNOWN = 'model "llama3" not found, try pulling it first'
LONG = "This model's maximum context length is 2048 tokens. You requested 3000."
REFUSALS = {
    "a wrong key": (openai_error(401, "Incorrect API key"), "the key", "use endpoint --key -"),
    "a key without rights": (
        document({"error": "Unauthorized"}, 403),
        "the key",
        "use endpoint --key -",
    ),
    "an unknown model of Ollama": (openai_error(404, UNKNOWN), "no model", "qwen, phi"),
    "an unknown model of OpenAI": (
        openai_error(404, "No access to it", code="model_not_found"),
        "no model",
        "qwen, phi",
    ),
    "an unknown model of vLLM": (
        vllm_error(404, "The model `llama3` does not exist.", "NotFoundError"),
        "no model",
        "models.endpoint_model",
    ),
    "a wrong path": (
        Reply(status=404, content_type="text/plain", pieces=[b"404 page not found"]),
        "nothing at that address",
        "models.endpoint_url",
    ),
    "too many requests": (
        openai_error(429, "Rate limit reached", headers={"Retry-After": "20"}),
        "Rate limit reached",
        "in 20 seconds",
    ),
    "a long prompt at OpenAI": (
        openai_error(400, LONG, code="context_length_exceeded"),
        "cannot read that much",
        "models.context_tokens",
    ),
    "a long prompt at llama-server": (
        llama_server_error(400, "the request exceeds it", "exceed_context_size_error"),
        "cannot read that much",
        "models.context_tokens",
    ),
    "a long prompt at vLLM": (
        vllm_error(400, LONG, "BadRequestError"),
        "cannot read that much",
        "models.context_tokens",
    ),
    "a model that is loaded": (
        llama_server_error(503, "Loading model", "unavailable_error"),
        "is loading",
        "in a moment",
    ),
    "too little memory": (
        openai_error(500, "model requires more system memory"),
        "failed (500): model requires more system memory",
        "log",
    ),
    "a page for people": (
        Reply(status=502, content_type="text/html", pieces=[b"<html>Bad Gateway</html>"]),
        "failed (502)",
        "log",
    ),
    "a page that is fine": (
        Reply(content_type="text/html", pieces=[b"<html>Ollama is running</html>"]),
        "OpenAI protocol",
        "models.endpoint_url",
    ),
    "an error that is called fine": (
        document({"error": {"code": 400, "message": "the context size is exceeded"}}),
        "cannot read that much",
        "models.context_tokens",
    ),
    "a redirect": (
        Reply(status=308, headers={"Location": "https://elsewhere.example/v1"}),
        "https://elsewhere.example/v1",
        "models.endpoint_url",
    ),
    "a list of errors": (
        document([{"error": {"code": 400, "message": "API key expired"}}], 400),
        "API key expired",
        "log",
    ),
}


@pytest.mark.parametrize(("reply", "message", "hint"), REFUSALS.values(), ids=REFUSALS.keys())
def test_a_refusal_says_what_helps(
    endpoint: LoopbackEndpoint, reply: Reply, message: str, hint: str
) -> None:
    endpoint.models = ["qwen", "phi"]
    endpoint.replies = [reply]
    failed = failure(generator_at(endpoint.url))
    assert message in failed.message
    assert hint in (failed.hint or "")


def test_what_a_server_says_is_shown_on_one_line_without_the_key(
    endpoint: LoopbackEndpoint,
) -> None:
    endpoint.replies = [openai_error(401, f"\x1b[2JWrong key:\n {KEY} " + "x" * 1000)]
    message = failure(generator_at(endpoint.url)).message
    assert message.isprintable()
    assert len(message) < 500


BROKEN = {
    "an error object": [event({"error": {"message": "the runner crashed", "code": 500}})],
    "an error text": [event({"error": "the runner crashed"})],
    "an event of its own": [b'event: error\ndata: {"message": "the runner crashed"}\n\n'],
    "a line of old servers": [b'error: {"code": 500, "message": "the runner crashed"}\n\n'],
    "no JSON": [event("the runner crashed")],
    "nothing": [],
    "an end without a reason": [b"\n"],
    "a filter": [event(chunk({}, "content_filter")), event("[DONE]")],
    "an event without end": [b"data: " + b"x" * (3 << 20)],
}


@pytest.mark.parametrize("pieces", BROKEN.values(), ids=BROKEN.keys())
def test_what_broke_off_is_no_answer(endpoint: LoopbackEndpoint, pieces: list[bytes]) -> None:
    begun = event(chunk({"content": "Ada "}))
    for breaks in (True, False):
        endpoint.replies = [Reply(pieces=[begun, *pieces], breaks=breaks)]
        stream = generator_at(endpoint.url).stream(PROMPTS, max_tokens=50)
        assert next(stream) == "Ada "
        with pytest.raises(GeneratorFailed):
            list(stream)


@pytest.mark.parametrize("say", [openai, ollama, llama_server])
def test_silence_is_no_answer(endpoint: LoopbackEndpoint, say: Callable[[str], Reply]) -> None:
    endpoint.replies = [say("")]
    assert "wrote nothing" in failure(generator_at(endpoint.url)).message


@pytest.mark.parametrize("pieces", [[], [event(chunk({"content": "Ada "}))]])
def test_a_server_that_goes_silent_is_given_up(
    endpoint: LoopbackEndpoint, pieces: list[bytes]
) -> None:
    endpoint.replies = [Reply(pieces=pieces, stalls=True)]
    assert "silent" in failure(generator_at(endpoint.url, patience=IMPATIENT)).message
    assert endpoint.hung_up.wait(PROMPT_S)


def test_a_server_that_does_not_run_is_named() -> None:
    with loopback_endpoint() as gone:
        url = gone.url
    failed = failure(generator_at(url))
    assert failed.message == f"the server at {url} is not running"
    assert "ollama serve" in (failed.hint or "")


def test_a_host_that_does_not_exist_is_named() -> None:
    assert "no such host" in failure(generator_at("http://nowhere.invalid/v1")).message


def test_a_server_is_asked_over_tls_only_if_its_certificate_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, others = trustme.CA(), trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    trusted = tmp_path / "trusted.pem"
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with loopback_endpoint(tls=tls) as endpoint:
        endpoint.key = KEY
        others.cert_pem.write_to_path(trusted)
        assert "wrong certificate" in failure(generator_at(endpoint.url)).message
        assert endpoint.asked == []
        authority.cert_pem.write_to_path(trusted)
        assert written(generator_at(endpoint.url)) == "All is well."
        endpoint.replies = [Reply(stalls=True)]
        assert next(generator_at(endpoint.url).stream(PROMPTS, max_tokens=50)) == ""
        assert endpoint.hung_up.wait(PROMPT_S)


def test_http_is_not_taken_for_https_or_the_other_way_round(tmp_path: Path) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)
    with loopback_endpoint() as plain, loopback_endpoint(tls=tls) as encrypted:
        for url in (plain.url.replace("http", "https"), encrypted.url.replace("https", "http")):
            assert "does not speak" in failure(generator_at(url)).message


def test_a_child_of_ours_is_asked_on_its_socket(tmp_path: Path) -> None:
    socket = tmp_path / "s"
    with loopback_endpoint(socket) as child:
        child.key = KEY
        generator = EndpointGenerator(
            name="gguf:tiny",
            base_url=child.url,
            model="tiny",
            key=lambda: KEY,
            context_tokens=512,
            uds=socket,
        )
        assert generator.count_tokens(PROMPTS) == 6
        assert written(generator) == "All is well."
    assert "is not running" in failure(generator).message


def test_tokens_of_others_are_guessed_high(endpoint: LoopbackEndpoint) -> None:
    generator = generator_at(endpoint.url)
    assert generator.count_tokens(PROMPTS) >= 24
    assert generator.count_tokens([Prompt(role="user", content="数" * 100)]) > 100
    assert endpoint.asked == []


def test_an_examination_names_the_model_and_the_place(endpoint: LoopbackEndpoint) -> None:
    endpoint.models = ["llama3:latest"]
    assert generator_at(endpoint.url).examine() == f"llama3 at {endpoint.url}"
    assert endpoint.chats == []


def test_an_examination_finds_a_model_that_is_missing(endpoint: LoopbackEndpoint) -> None:
    with pytest.raises(GeneratorFailed) as caught:
        generator_at(endpoint.url, model="gone").examine()
    assert "it has llama3;" in (caught.value.hint or "")


@pytest.mark.parametrize("models", [{"data": None}, [], {"data": ["llama3"]}, "no"])
def test_a_list_of_models_in_another_form_is_none(
    endpoint: LoopbackEndpoint, models: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint, "reply", lambda _: document(models))
    assert generator_at(endpoint.url, model="any").examine()


def test_an_address_is_checked_at_once() -> None:
    with pytest.raises(ModelUnavailable):
        generator_at("localhost")
