"""Connections that break, hang, or never end: a server of raw bytes, whose every word a test writes."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from foundation.inference.remote import RemoteGenerator
from foundation.inference.types import EngineAway, EngineFailing, InferenceError, Request
from tests.inference.conftest import ask

Deed = Callable[[socket.socket], None]
STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


def event(text: str, **more: object) -> bytes:
    return b"data: " + json.dumps({"choices": [{"delta": {"content": text}, **more}]}).encode() + b"\n\n"


def good(connection: socket.socket) -> None:
    connection.sendall(STREAM + event("A mug.") + event("", finish_reason="stop") + b"data: [DONE]\n\n")


def refused(status: int, headers: str = "") -> Deed:
    answer = f"HTTP/1.1 {status} no\r\nContent-Length: 0\r\nConnection: close\r\n{headers}\r\n".encode()
    return lambda connection: connection.sendall(answer)


def reset(connection: socket.socket) -> None:
    """Half a text, then a TCP reset."""
    connection.sendall(STREAM + event("A m"))
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")


class RawServer:
    """Does to each POST what `deed` says; a GET, the probe, is answered as long as `healthy`."""

    def __init__(self, deed: Deed) -> None:
        self.deed, self.healthy, self.posts, self.probes = deed, True, 0, 0
        self.now = self.most = 0
        self._lock = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _address = self._listening.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            head = _request(connection)
            if head.startswith(b"GET"):
                self.probes += 1
                refused(200 if self.healthy else 503)(connection)
                return
            with self._lock:
                self.posts, self.now = self.posts + 1, self.now + 1
                self.most = max(self.most, self.now)
            try:
                self.deed(connection)
            finally:
                with self._lock:
                    self.now -= 1

    def close(self) -> None:
        self._listening.close()


def _request(connection: socket.socket) -> bytes:
    """To its end: a connection that is closed with bytes unread is reset."""
    found = b""
    while b"\r\n\r\n" not in found:
        found += connection.recv(65536)
    length = re.search(rb"(?i)content-length: (\d+)", found)
    whole = found.index(b"\r\n\r\n") + 4 + (int(length[1]) if length else 0)
    while len(found) < whole:
        found += connection.recv(65536)
    return found


Serve = Callable[..., tuple[RawServer, RemoteGenerator]]


@pytest.fixture
def serve() -> Iterator[Serve]:
    closing: list[Callable[[], None]] = []

    def make(deed: Deed, **settings: float) -> tuple[RawServer, RemoteGenerator]:
        server = RawServer(deed)
        engine = RemoteGenerator(
            f"http://127.0.0.1:{server.port}/v1", "m", **{"first_wait": 0.01, "silence": 0.4} | settings
        )
        closing.extend((engine.close, server.close))
        return server, engine

    yield make
    for close in closing:
        close()


def in_turn(*deeds: Deed) -> Deed:
    """The last one for ever."""
    left = list(deeds)
    return lambda connection: (left.pop(0) if len(left) > 1 else left[0])(connection)


def asks(count: int) -> list[Request]:
    return [ask(f"k{n}") for n in range(count)]


def test_a_date_to_come_back_at_is_kept(serve: Serve) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    _server, engine = serve(in_turn(refused(429, f"Retry-After: {until}\r\n"), good))
    begun = time.monotonic()
    assert [c.text for c in engine.generate([ask()])] == ["A mug."]
    assert time.monotonic() - begun > 0.8  # the date has whole seconds


def test_a_storm_of_refusals_is_weathered_with_ever_fewer_at_once(serve: Serve) -> None:
    room, lock, taken = 2, threading.Lock(), [0]

    def crowded(connection: socket.socket) -> None:
        with lock:
            fits = taken[0] < room
            taken[0] += fits
        if not fits:
            refused(503)(connection)
            return
        time.sleep(0.02)
        with lock:
            taken[0] -= 1
        good(connection)

    server, engine = serve(crowded)
    found = list(engine.generate(asks(60)))
    assert {c.text for c in found} == {"A mug."}
    assert len(found) == 60
    assert engine._gate.limit < 16
    assert server.posts < 240, "hammered"


def test_a_connection_reset_in_the_middle_is_asked_again(serve: Serve) -> None:
    _server, engine = serve(in_turn(reset, reset, good))
    assert [c.text for c in engine.generate([ask()])] == ["A mug."]


def test_resets_without_end_are_the_servers_fault(serve: Serve) -> None:
    server, engine = serve(reset)
    with pytest.raises(EngineFailing):
        list(engine.generate([ask()]))
    server.healthy = False
    with pytest.raises(EngineAway):
        list(engine.generate([ask()]))


def test_while_it_is_away_only_its_health_is_asked_and_then_all_goes_on(serve: Serve) -> None:
    server, engine = serve(refused(503))
    with pytest.raises(EngineAway):
        list(engine.generate(asks(3)))
    time.sleep(0.3)  # a try that was on its way when the call ended
    server.healthy, posts = False, server.posts
    for _time in range(3):
        with pytest.raises(EngineAway, match="does not answer"):
            list(engine.generate(asks(3)))
    assert (server.posts, server.probes) == (posts, 3)
    server.healthy, server.deed = True, good
    assert {c.text for c in engine.generate(asks(9))} == {"A mug."}


def silent(connection: socket.socket) -> None:
    connection.recv(1)


def trickling(connection: socket.socket) -> None:
    """Bytes that keep the connection open, and never a text."""
    connection.sendall(STREAM)
    while True:
        connection.sendall(b": wait\n\n")
        time.sleep(0.05)


@pytest.mark.parametrize("deed", [silent, trickling])
def test_a_server_that_says_nothing_is_left(serve: Serve, deed: Deed) -> None:
    server, engine = serve(deed)
    begun = time.monotonic()
    with pytest.raises(EngineFailing, match="does not answer"):
        list(engine.generate([ask()]))
    assert 0.8 <= time.monotonic() - begun < 3
    assert server.posts == 2


def endless(connection: socket.socket) -> None:
    connection.sendall(STREAM)
    for _number in range(100_000):
        connection.sendall(event("x" * 100))


def one_line(connection: socket.socket) -> None:
    connection.sendall(STREAM + b'data: {"choices": [{"delta": {"content": "')
    for _number in range(1_000):
        connection.sendall(b"x" * 100_000)


def refused_at_length(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 400 no\r\nConnection: close\r\n\r\n")
    for _number in range(1_000):
        connection.sendall(b"x" * 100_000)


def wordless(connection: socket.socket) -> None:
    connection.sendall(STREAM)
    for _number in range(100_000):
        connection.sendall(event(""))


def dripping(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n")
    for _number in range(200):
        connection.sendall(b" ")
        time.sleep(0.05)


def test_events_without_a_word_end_too(serve: Serve) -> None:
    _server, engine = serve(wordless)
    with pytest.raises(EngineFailing, match="no chat completion"):
        list(engine.generate([ask(max_tokens=20)]))


def test_a_plain_answer_that_drips_is_left(serve: Serve) -> None:
    server, engine = serve(dripping)
    begun = time.monotonic()
    with pytest.raises(EngineFailing, match="does not answer"):
        list(engine.generate([ask()]))
    assert time.monotonic() - begun < 4
    assert server.posts == 2


@pytest.mark.parametrize("usage", ['"7"', "-7", "true", "1e30", "99999999999999", "[7]", "null"])
def test_a_count_that_is_none_is_not_kept(serve: Serve, usage: str) -> None:
    told = f'data: {{"choices": [], "usage": {{"prompt_tokens": {usage}, "completion_tokens": {usage}}}}}\n\n'
    end = b'data: {"choices": [{"delta": {}, "finish_reason": "stop"}]}\n\n'
    sent = STREAM + event("one") + event(" two") + end + told.encode()
    _server, engine = serve(lambda connection: connection.sendall(sent))
    (found,) = engine.generate([ask()])
    assert (found.text, found.tokens_in, found.tokens_out) == ("one two", 0, 2)


def test_a_text_without_end_is_cut(serve: Serve) -> None:
    _server, engine = serve(endless)
    found = next(engine.generate([ask(max_tokens=20)]))
    assert (found.finish, len(found.text)) == ("length", 64 * 20)
    assert sum(map(len, engine.stream(ask(max_tokens=20)))) == 64 * 20


@pytest.mark.parametrize("deed", [one_line, refused_at_length])
def test_an_answer_without_end_takes_little_memory(serve: Serve, deed: Deed) -> None:
    _server, engine = serve(deed)
    tracemalloc.start()
    try:
        with suppress(InferenceError):
            assert next(engine.generate([ask()])).error
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "words",
    [
        b"data: {not json}\n\n", b'data: {"choices": [{"delta"\n\n', b"\xff\xfe\x00", b"data: 7\n\n",
        b'data: {"choices": ["a"]}\n\n', b'data: {"choices": [{"delta": "a"}]}\n\n',
        b'data: {"choices": [{"delta": {"content": ["a"]}}], "usage": 3}\n\n', b"data: " + b"[" * 100_000 + b"\n\n",
    ],
)  # fmt: skip
def test_garbage_is_an_error_and_no_text(serve: Serve, words: bytes) -> None:
    _server, engine = serve(lambda connection: connection.sendall(STREAM + words))
    with pytest.raises(EngineFailing, match="no chat completion"):
        list(engine.generate([ask()]))


def test_all_threads_together_ask_no_more_at_once_than_is_set(serve: Serve) -> None:
    def slow(connection: socket.socket) -> None:
        time.sleep(0.02)
        good(connection)

    server, engine = serve(slow, parallel=4)
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.extend(c.text for c in engine.generate(asks(15)))) for _n in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert found == ["A mug."] * 75
    assert 2 <= server.most <= 4


def test_requests_are_read_as_there_is_room_for_them(serve: Serve) -> None:
    _server, engine = serve(good, parallel=2)
    read: list[int] = []

    def endless_requests() -> Iterator[Request]:
        for number in range(1_000_000):
            read.append(number)
            yield ask(f"k{number}")

    completions = engine.generate(endless_requests())
    for _number in range(5):
        next(completions)
    assert len(read) <= 10
    completions.close()  # type: ignore[attr-defined]
