"""What the remote engine makes of a server's bad days. The contract test runs it against a real model server."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from foundation.inference.remote import RemoteGenerator
from foundation.inference.types import Completion, EngineAway, EngineFailing, InferenceError
from tests.inference.conftest import ask

Answer = tuple[int, dict[str, str], str]
Make = Callable[[Callable[[dict], Answer]], RemoteGenerator]
KEY = "sk-very-secret"


USAGE = {"prompt_tokens": 9, "completion_tokens": 3}


def sse(*events: dict, end: str = "data: [DONE]\n\n") -> Answer:
    text = ": comment\n\n" + "".join(f"data: {json.dumps(event)}\n\n" for event in events) + end
    return 200, {"Content-Type": "text/event-stream"}, text


def good() -> Answer:
    pieces = [{"choices": [{"delta": {"content": piece}}]} for piece in ("A ", "mug", ".")]
    return sse(*pieces, {"choices": [{"delta": {}, "finish_reason": "stop"}]}, {"choices": [], "usage": USAGE})


def said(status: int, message: str = "no") -> Answer:
    return status, {}, json.dumps({"error": {"message": message}})


@pytest.fixture
def server() -> Iterator[Make]:
    """Starts a real HTTP server whose answers a test decides; makes a generator that talks to it."""
    started: list[ThreadingHTTPServer] = []

    def make(answer: Callable[[dict], Answer]) -> RemoteGenerator:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, headers, text = answer(body | {"authorization": self.headers["Authorization"]})
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                """Tests are quiet."""

        httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        started.append(httpd)
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        return RemoteGenerator(f"http://127.0.0.1:{httpd.server_port}/v1/", "m", api_key=KEY, first_wait=0.01)

    yield make
    for httpd in started:
        httpd.shutdown()
        httpd.server_close()


def one(engine: RemoteGenerator, **settings: float) -> Completion:
    return next(iter(engine.generate([ask(**settings)])))


def trouble(engine: RemoteGenerator, kind: type[InferenceError] = InferenceError) -> str:
    """The sentence with which a whole call ends."""
    with pytest.raises(InferenceError) as raised:
        one(engine)
    assert type(raised.value) is kind
    return str(raised.value)


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_server_that_recovers_is_asked_again(server: Make, status: int) -> None:
    answers = iter([said(status), said(status), good()])
    assert one(server(lambda body: next(answers))) == Completion("a", "A mug.", 9, 3, "stop")


def test_it_waits_as_long_as_the_server_asks(server: Make) -> None:
    answers = iter([(429, {"Retry-After": "1"}, "{}"), good()])
    started = time.monotonic()
    assert one(server(lambda body: next(answers))).text == "A mug."
    assert time.monotonic() - started >= 1


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_server_that_stays_too_busy_is_away_and_no_request_is_to_blame(server: Make, status: int) -> None:
    calls: list[dict] = []
    error = trouble(server(lambda body: calls.append(body) or said(status, "loading")), EngineAway)
    assert "too busy" in error if status == 429 else "loading" in error
    assert len(calls) == 5


def test_a_server_that_only_fails_is_not_the_requests_fault(server: Make) -> None:
    assert "broken" in trouble(server(lambda body: said(500, "broken")), EngineFailing)


def test_a_request_that_fails_while_others_are_answered_fails_alone(server: Make) -> None:
    def answer(body: dict) -> Answer:
        return said(500, "broken") if body["messages"][0]["content"] == "poison" else good()

    engine = server(answer)
    found = {c.key: c for c in engine.generate([ask("x", "poison"), *(ask(f"k{n}") for n in range(9))])}
    assert "broken" in (found.pop("x").error or "")
    assert {c.text for c in found.values()} == {"A mug."}


def test_a_server_that_refuses_all_that_it_is_ever_asked_is_set_wrongly(server: Make) -> None:
    engine = server(lambda body: said(400, "no chat template"))
    with pytest.raises(InferenceError, match=r"no chat template.*each of 6 requests"):
        list(engine.generate(ask(f"k{n}") for n in range(6)))


def test_a_refused_request_is_not_repeated_and_spoils_no_other(server: Make) -> None:
    calls: list[str] = []

    def answer(body: dict) -> Answer:
        calls.append(text := body["messages"][0]["content"])
        return said(400, "maximum context length is 4096 tokens") if text == "long" else good()

    found = {c.key: c for c in server(answer).generate([ask("x", "long"), ask("y", "short")])}
    assert "maximum context length" in (found["x"].error or "")
    assert found["y"].text == "A mug."
    assert sorted(calls) == ["long", "short"]


@pytest.mark.parametrize(("status", "sentence"), [(401, "COPY_API_KEY"), (403, "COPY_API_KEY"), (404, "COPY_MODEL")])
def test_wrong_settings_end_the_call_and_are_named(server: Make, status: int, sentence: str) -> None:
    calls: list[dict] = []
    assert sentence in trouble(server(lambda body: calls.append(body) or said(status)))
    assert len(calls) == 1


def test_a_model_that_is_unknown_is_a_wrong_setting_whatever_the_status(server: Make) -> None:
    assert "COPY_MODEL" in trouble(server(lambda body: said(400, "Invalid model name passed in model=m")))


def test_an_address_that_is_none_is_a_wrong_setting() -> None:
    assert "COPY_URL" in trouble(RemoteGenerator("gpu:8000/v1", "m"))


def test_a_refused_request_says_why(server: Make) -> None:
    assert "answered with" in (one(server(lambda body: said(400))).error or "")


@pytest.mark.parametrize("kind", ["application/json", "text/html", "text/event-stream"])
@pytest.mark.parametrize("text", ["<html>", "{}", '{"choices": []}', "[]", '{"choices": [{"message": null}]}', ""])
def test_an_answer_of_another_kind_is_an_error(server: Make, text: str, kind: str) -> None:
    assert "no chat completion" in trouble(server(lambda body: (200, {"Content-Type": kind}, text)), EngineFailing)


def test_no_server_at_all_is_an_error(server: Make) -> None:
    engine = RemoteGenerator("http://u:secret@127.0.0.1:9/v1", "m", first_wait=0.01)
    error = trouble(engine, EngineAway)
    assert "http://127.0.0.1:9/v1/ does not answer" in error
    assert "secret" not in error
    with pytest.raises(InferenceError, match="Check COPY_URL"):
        list(engine.stream(ask()))


def test_a_server_without_repetition_penalty_is_asked_without_it(server: Make) -> None:
    seen: list[bool] = []

    def answer(body: dict) -> Answer:
        seen.append("repetition_penalty" in body)
        return said(422, "Unexpected fields: {'repetition_penalty'}") if seen[-1] else good()

    engine = server(answer)
    assert one(engine, repetition_penalty=1.1).text == "A mug."
    assert one(engine, repetition_penalty=1.1).text == "A mug."
    assert seen == [True, False, False]


def test_requests_run_side_by_side_but_not_too_many(server: Make) -> None:
    now, most, lock = [0], [0], threading.Lock()

    def answer(body: dict) -> Answer:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.05)
        with lock:
            now[0] -= 1
        return good()

    found = list(server(answer).generate(ask(f"k{n}") for n in range(40)))
    assert len(found) == 40
    assert 2 <= most[0] <= 16


def test_stop_does_not_wait_for_answers_on_the_way(server: Make) -> None:
    release, stopped = threading.Event(), threading.Event()

    def answer(body: dict) -> Answer:
        stopped.set()
        release.wait(10)
        return good()

    started = time.monotonic()
    assert list(server(answer).generate([ask()], stop=stopped.is_set)) == []
    assert time.monotonic() - started < 5
    release.set()


def test_stop_closes_the_stream_so_that_the_server_ends_the_text(server: Make) -> None:
    """The server's next write fails, which is how vLLM and others notice that nobody reads."""
    stopped = threading.Event()
    engine = server(lambda body: stopped.set() or good())
    assert list(engine.stream(ask(), stop=stopped.is_set)) == []
    connections = engine._client._transport._pool.connections  # type: ignore[attr-defined]
    assert not [one for one in connections if not one.is_closed() and not one.is_idle()]


def test_a_server_that_does_not_stream_is_read_whole(server: Make) -> None:
    choice = {"message": {"content": "A mug."}, "finish_reason": "length"}
    text = json.dumps({"choices": [choice], "usage": USAGE})
    engine = server(lambda body: (200, {"Content-Type": "application/json"}, text))
    assert one(engine) == Completion("a", "A mug.", 9, 3, "length")
    assert list(engine.stream(ask())) == ["A mug."]


def test_a_stream_is_read_piece_by_piece(server: Make) -> None:
    assert list(server(lambda body: good()).stream(ask())) == ["A ", "mug", "."]


def test_a_stream_that_breaks_off_says_so(server: Make) -> None:
    broken = sse({"error": {"message": "out of cache"}})
    with pytest.raises(InferenceError, match="out of cache"):
        list(server(lambda body: broken).stream(ask()))
    assert "out of cache" in trouble(server(lambda body: broken), EngineFailing)
    half = sse({"choices": [{"delta": {"content": "A"}}]}, end="")
    assert "no chat completion" in trouble(server(lambda body: half), EngineFailing)
    with pytest.raises(InferenceError, match="too long"):
        list(server(lambda body: said(400, "too long")).stream(ask()))


def test_the_key_is_sent_and_never_logged(server: Make, caplog: pytest.LogCaptureFixture) -> None:
    keys: list[str] = []
    with caplog.at_level(logging.DEBUG):
        answers = iter([said(503), said(401), said(401)])
        engine = server(lambda body: keys.append(body["authorization"]) or next(answers))
        error = trouble(engine)
    assert keys == [f"Bearer {KEY}"] * 2
    assert KEY not in error + caplog.text + repr(engine)
