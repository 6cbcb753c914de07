"""What a failed try says about the server, about the settings, or about the request."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING

from foundation.inference import remote_wire
from foundation.inference.pace import retry_after

if TYPE_CHECKING:
    import httpx

PROBE_SECONDS = 5.0
_NO_SUCH_MODEL = re.compile(r"(?i)not (?:be )?found|does not exist|no such|unknown|invalid|not available|not served")


class Blame(Enum):
    SERVER_AWAY = "away"  # nobody answers, or a proxy in its place
    SERVER_BUSY = "busy"  # it says so
    SETTINGS = "settings"  # no request can succeed
    REQUEST = "request"  # this one cannot succeed
    UNCLEAR = "unclear"  # the server or the request


class Trouble(Exception):
    """One try that failed; its message is a plain sentence. `asked`: seconds that the server wants to be left alone."""

    def __init__(self, sentence: str, blame: Blame, asked: float | None = None, *, was_silence: bool = False) -> None:
        super().__init__(sentence)
        self.blame, self.asked, self.was_silence = blame, asked, was_silence


_BY_STATUS = {
    401: Blame.SETTINGS, 403: Blame.SETTINGS, 404: Blame.SETTINGS, 408: Blame.UNCLEAR, 409: Blame.UNCLEAR,
    425: Blame.UNCLEAR, 429: Blame.SERVER_BUSY, 502: Blame.SERVER_AWAY, 503: Blame.SERVER_BUSY, 504: Blame.SERVER_AWAY,
}  # fmt: skip


def of_status(status: int, text: str, headers: httpx.Headers, model: str) -> Trouble:
    """Of an answer with an error status and the body `text`."""
    blame = _BY_STATUS.get(status, Blame.UNCLEAR if status >= 500 else Blame.REQUEST)
    sentence = remote_wire.refusal(status, text)
    if blame is Blame.REQUEST and model in text and _NO_SUCH_MODEL.search(text):  # some say it with 400
        blame, sentence = Blame.SETTINGS, remote_wire.refusal(404, text)
    return Trouble(sentence, blame, retry_after(headers.get("retry-after"), datetime.now(UTC)))


def of_failure(problem: httpx.HTTPError, url: str) -> Trouble:
    """Of a connection that was not made, or broke."""
    import httpx

    if isinstance(problem, httpx.UnsupportedProtocol):
        return Trouble(f"{url} is no address of a server. Check COPY_URL (like http://gpu:8000/v1).", Blame.SETTINGS)
    unmade = isinstance(problem, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError)
    blame = Blame.SERVER_AWAY if unmade else Blame.UNCLEAR
    return Trouble(away(url), blame, was_silence=isinstance(problem, httpx.ReadTimeout))


def away(url: str) -> str:
    return f"The model server at {url} does not answer. Check COPY_URL and that the server runs."


def answers(client: httpx.Client) -> bool:
    """Whether a server is at the client's base address: asks for its health, as vLLM, SGLang, llama.cpp and
    `transformers serve` tell it, else for its models. No model has to work for the answer."""
    import httpx

    base = str(client.base_url)
    for address in (f"{base.removesuffix('/').removesuffix('/v1')}/health", f"{base}models"):
        try:
            status = client.get(address, timeout=PROBE_SECONDS).status_code
        except (httpx.HTTPError, httpx.InvalidURL):
            return False
        if status not in (404, 405):
            return status < 500
    return True
