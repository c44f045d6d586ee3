from fastapi import FastAPI
from starlette.testclient import TestClient

from twind.serving.problems import add_error_handlers


def failing_app() -> FastAPI:
    app = FastAPI()
    add_error_handlers(app)

    @app.get("/fails")
    def fail() -> None:
        raise RuntimeError("/home/ada/secret.db is locked")

    return app


def test_what_fails_inside_is_not_told_and_ends_the_connection() -> None:
    with TestClient(failing_app(), raise_server_exceptions=False) as client:
        answer = client.get("/fails")

    assert answer.status_code == 500
    assert answer.json()["code"] == "internal"
    assert "ada" not in answer.text
    assert answer.headers["connection"] == "close"


def test_a_wrong_method_is_told_the_right_one() -> None:
    with TestClient(failing_app()) as client:
        answer = client.delete("/fails")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET"
