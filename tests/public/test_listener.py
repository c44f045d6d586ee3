"""The public listener: off until asked for, elsewhere when asked, with its own routes alone."""

import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi import FastAPI

from tests.support.apps import running_app
from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.routes import PUBLIC, routes
from tests.support.visitors import PublicSide, found_side, public_side
from twinctl.errors import ApiError
from twinctl.wire.public import ListenerIn
from twind.public.listener import PublicListener
from twind.serving.listening import Address


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDaemon]:
    """Yield a daemon whose settings ask for no public listener."""
    with live_daemon(tmp_path_factory.mktemp("quiet") / "home", embedding="none") as daemon:
        yield daemon


def doctor(daemon: LiveDaemon) -> dict[str, Any]:
    """Return what is found of the public listener."""
    checks = json.loads(daemon.run("doctor", "--json").stdout)["checks"]
    (found,) = [check for check in checks if check["name"] == "public listener"]
    return dict(found)


def is_answered(address: str) -> bool:
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port))).close()
    except ConnectionRefusedError:
        return False
    return True


def test_it_is_off_until_asked_for(quiet: LiveDaemon) -> None:
    with quiet.client() as client:
        off = client.listener()
        assert (off.running, off.url, off.listen) == (False, None, None)
        assert doctor(quiet)["state"] == "ok"

        on = client.start_listener(ListenerIn())
        assert on.running
        assert on.listen is not None
        assert on.url == f"http://{on.listen}"
        assert is_answered(on.listen)
        assert on.listen in doctor(quiet)["message"]

        assert client.start_listener(ListenerIn()) == on
        named = client.start_listener(ListenerIn(host="localhost"))
        assert named.listen is not None
        port = int(named.listen.rpartition(":")[2])
        assert client.start_listener(ListenerIn(host="localhost", port=port)) == named
        on = client.start_listener(ListenerIn())
        assert on.listen is not None
        assert not client.stop_listener().running
        assert not is_answered(on.listen)


def test_it_moves_when_asked_elsewhere(quiet: LiveDaemon) -> None:
    with quiet.client() as client:
        first = client.start_listener(ListenerIn(host="127.0.0.1")).listen
        second = client.start_listener(ListenerIn(host="127.0.0.2")).listen

        assert first is not None
        assert second is not None
        assert not is_answered(first)
        assert is_answered(second)
        client.stop_listener()


def test_it_stays_where_it_is_if_the_other_place_is_taken(quiet: LiveDaemon) -> None:
    with quiet.client() as client, socket.create_server(("127.0.0.1", 0)) as other:
        before = client.start_listener(ListenerIn())

        with pytest.raises(ApiError) as error:
            client.start_listener(ListenerIn(port=other.getsockname()[1]))

        assert error.value.code == "conflict"
        assert client.listener() == before
        client.stop_listener()


@pytest.mark.parametrize("host", ["203.0.113.7", "no such host", "256.1.1.1", "\x00"])
def test_a_host_that_is_no_address_of_this_machine_is_refused(
    quiet: LiveDaemon, host: str
) -> None:
    with quiet.client() as client:
        with pytest.raises(ApiError) as error:
            client.start_listener(ListenerIn(host=host))

        assert error.value.status == 422
        assert not client.listener().running


def test_a_daemon_whose_port_is_taken_serves_its_owner_and_says_so(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        root = tmp_path / "home"
        root.mkdir()
        (root / "config.toml").write_text(
            f'[models]\nembedding = "none"\n[public]\nlisten = "{taken}"\n'
        )
        daemon = LiveDaemon(root=root)
        daemon.start()
        try:
            found = doctor(daemon)
        finally:
            daemon.stop()

    assert found["state"] == "failed"
    assert taken in found["message"]


def test_an_open_address_without_a_name_is_warned_of(tmp_path: Path) -> None:
    root = tmp_path / "home"
    with live_daemon(root, embedding="none", models='[public]\nlisten = "0.0.0.0:0"\n') as daemon:
        found = doctor(daemon)

        assert found["state"] == "warning"
        assert "public.url" in found["hint"]
        with daemon.client() as client:
            assert str(client.listener().url).startswith("http://localhost:")


def test_a_proxy_that_nobody_named_is_warned_of(tmp_path: Path) -> None:
    with public_side(tmp_path / "home") as side, side.page("pk_x") as page:
        assert doctor(side.daemon)["state"] == "ok"
        page.client.headers["X-Forwarded-For"] = "198.51.100.1"
        page.begin()

        found = doctor(side.daemon)

    assert found["state"] == "warning"
    assert found["hint"] == "twinctl config set public.proxies 127.0.0.1"


def test_visitors_know_it_by_the_name_that_the_owner_gave(tmp_path: Path) -> None:
    with public_side(tmp_path / "home", 'url = "https://Twin.Example.com/"\n') as side:
        with side.daemon.client() as client:
            assert client.listener().url == "https://Twin.Example.com"
        assert side.get("/health", host="twin.example.com").status == 200
        assert side.get("/health", host="TWIN.example.com:443").status == 200
        assert side.get("/health", host="example.com").status == 421
        assert doctor(side.daemon)["state"] == "ok"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://my_twin.example", "my_twin.example"),
        ("https://zwölf.example", "xn--zwlf-6qa.example"),
        ("http://[2001:db8:0::1]", "[2001:db8::1]:80"),
    ],
)
def test_it_is_known_by_that_name_as_browsers_write_it(
    tmp_path: Path, url: str, host: str
) -> None:
    with public_side(tmp_path / "home", f'url = "{url}"\n') as side:
        assert side.get("/health", host=host).status == 200


@pytest.mark.parametrize("settings", ['url = "twin.example.com"\n', 'proxies = "my proxy"\n'])
def test_settings_that_mean_nothing_are_told_at_start(tmp_path: Path, settings: str) -> None:
    root = tmp_path / "home"
    root.mkdir()
    (root / "config.toml").write_text(f"[public]\n{settings}")

    started = LiveDaemon(root=root).run("daemon", "start")

    assert started.returncode != 0
    assert "public." in started.stderr


def test_only_the_routes_of_the_contract_are_there(tmp_path: Path) -> None:
    with running_app(tmp_path / "home") as app:
        listener = app.services.listener
        assert isinstance(listener, PublicListener)
        assert {route.name for route in routes(cast("FastAPI", listener.app))} == PUBLIC


def test_no_route_of_the_owner_is_there(side: PublicSide, tmp_path: Path) -> None:
    with running_app(tmp_path / "home") as app:
        owners = list(routes(app.client.app))  # type: ignore[arg-type]
    tried = 0
    for route in owners:
        if route.name in PUBLIC:
            continue
        path = re.sub(r"\{\w+\}", "default", route.path)
        request = f"{route.method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        answer = side.send(request.encode())
        assert answer.status in {404, 405}, route.name
        assert b"Not Found" in answer.body or b"Method Not Allowed" in answer.body
        tried += 1
    assert tried > 40
    assert side.get("/openapi.json").status == 404
    assert side.get("/docs").status == 404


def test_the_header_that_names_a_tenant_means_nothing_there(side: PublicSide, key: str) -> None:
    with side.page(key, source="127.0.2.1", **{"X-Twinctl-Tenant": "somebody-else"}) as page:
        assert page.begin().status_code == 200


def test_a_restart_answers_visitors_again(tmp_path: Path) -> None:
    with public_side(tmp_path / "home") as side:
        side.daemon.stop()
        assert not is_answered(f"{side.host}:{side.port}")
        side.daemon.start()

        assert found_side(side.daemon).get("/health").status == 200


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [("127.0.0.1:80", "127.0.0.1", 80), ("[::1]:8080", "::1", 8080), (" a.b:0 ", "a.b", 0)],
)
def test_an_address_is_a_host_and_a_port(text: str, host: str, port: int) -> None:
    address = Address.parse(text)

    assert (address.host, address.port) == (host, port)
    assert Address.parse(str(address)) == address
