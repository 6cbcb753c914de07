"""Texts in other languages: what is checked, what is kept, and that a model is held to the language."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copywriter import jobs, services
from copywriter.jobs import KIND, DescribeProducts
from copywriter.kinds import DESCRIPTION
from copywriter.models import Draft, DraftStatus
from copywriter.writing import foreign
from copywriter.writing.detecting import is_in_another
from copywriter.writing.foreign_texts import candidate
from copywriter.writing.languages import NAMES, choices, problem
from copywriter.writing.locale_forms import localised
from foundation.evidence import Fact, from_json
from foundation.inference.remote import RemoteGenerator
from foundation.jobs import services as queue
from foundation.jobs.errors import JobFailed
from foundation.jobs.models import JobItem
from tests.copywriter.conftest import MakeProduct

FACTS = (
    Fact("title", "Product", "Nordlicht Desk Lamp"),
    Fact("vendor", "Brand", "Northwind"),
    Fact("attribute:Weight", "Weight", "1.2 kg"),
    Fact("attribute:Material", "Material", "steel"),
    Fact("attribute:Protection", "Protection", "IP65"),
)
GERMAN = "Die Lampe von Northwind wiegt 1.2 kg. Sie besteht aus robustem Stahl und leuchtet hell."


@pytest.mark.parametrize(
    ("text", "tag", "wrong"),
    [
        ("Die Lampe wiegt 1,2 kg.", "de", []),
        ("Die Lampe wiegt 1,5 kg.", "de", ["1,5 kg"]),
        ("Die Lampe wiegt 1,2 g.", "de", ["1,2 g"]),
        ("Sie ist nach IP65 geschützt, nicht nach IP67.", "de", ["IP67"]),
        ("Geprüft nach GOTS und Oeko-Tex.", "de", ["GOTS", "Oeko-Tex"]),
        ("La lampe de Northwind vient de Paris.", "fr", ["Paris"]),
        ("Northwind 的台灯重 1.2 kg,采用 Philips 灯泡。", "zh-hans", ["Philips"]),
    ],
)
def test_what_is_written_alike_everywhere_is_checked(text: str, tag: str, wrong: list[str]) -> None:
    report = foreign.check(text, FACTS, tag)
    assert [one.text for sentence in report.sentences for one in sentence.unbacked_claims] == wrong
    for sentence in report.sentences:
        assert text[sentence.start : sentence.end] == sentence.text
        assert all(text[one.start : one.end] == one.text for one in sentence.claims)
        assert sentence.backed == (not sentence.unbacked_claims)


def test_another_language_is_not_kept() -> None:
    assert candidate(DESCRIPTION, "The lamp is made of steel and shines brightly.", True, FACTS, "de").text == ""
    kept = candidate(DESCRIPTION, GERMAN, True, FACTS, "de")
    assert kept.text == GERMAN.replace("1.2", "1,2")


def test_names_and_numbers_tell_no_language() -> None:
    assert not is_in_another("Nordlicht Desk Lamp, 1.2 kg", "de", ["Nordlicht Desk Lamp"])
    assert not is_in_another("Lampe IP65", "fr")
    assert is_in_another("这款台灯由钢制成,重量很轻。", "de")


@pytest.mark.parametrize(
    ("tag", "text", "told"),
    [
        ("de", "1.5 m lang, 20% leichter", "1,5 m lang, 20\u00a0% leichter"),
        ("de", 'heißt "Nordlicht".', "heißt „Nordlicht“."),
        ("fr", 'Le sac "Léger" pèse 1.2 kg.', "Le sac «\u202fLéger\u202f» pèse 1,2 kg."),
        ("zh-hans", '1,5 kg的"杯子"', "1.5 kg的“杯子”"),
        ("de", "USB 3.0, IP65, v2.1 und 12.5.2024", "USB 3.0, IP65, v2.1 und 12.5.2024"),
        ("de", "https://a.example/1.5 m", "https://a.example/1.5 m"),
        ("de", 'Ein 5.5" Rohr, 1.200 g', 'Ein 5.5" Rohr, 1.200 g'),
        ("en", '1.5 m, "so"', '1.5 m, "so"'),
    ],
)
def test_the_forms_of_the_language(tag: str, text: str, told: str) -> None:
    assert localised(text, tag) == told


@given(
    st.text(st.sampled_from('0123456789.,%" «»„“”\u202f\u00a0amkgvU:/-\n'), max_size=60), st.sampled_from(list(NAMES))
)
def test_twice_is_once(text: str, tag: str) -> None:
    once = localised(text, tag)
    assert localised(once, tag) == once


def test_the_bundled_model_is_asked_for_english_only(settings: Any) -> None:
    settings.COPY_LANGUAGES = ["en"]
    assert choices() == [("en", "English")]
    assert "COPY_MODEL" in problem("de")
    assert problem("en") == ""
    settings.COPY_LANGUAGES = []
    assert problem("de") == ""
    assert problem("xx")


class _Server(BaseHTTPRequestHandler):
    """The chat completions of an OpenAI-compatible server, whose words a test chose."""

    says = ""
    asked: list[dict[str, Any]] = []

    def do_POST(self) -> None:
        self.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        choice = {"index": 0, "message": {"role": "assistant", "content": self.says}, "finish_reason": "stop"}
        usage = {"prompt_tokens": 50, "completion_tokens": 20, "total_tokens": 70}
        body = json.dumps({"id": "x", "object": "chat.completion", "choices": [choice], "usage": usage}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[_Server]]:
    """A remote model as the operator would set it up."""
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{running.server_port}/v1"
    settings.COPY_LANGUAGES = []
    role = {**settings.INFERENCE_ROLES["copy"], "engine": "remote", "model": "many-tongues", "url": url}
    settings.INFERENCE_ROLES = {**settings.INFERENCE_ROLES, "copy": role}
    engine = RemoteGenerator(url, "many-tongues", parallel=1)
    monkeypatch.setattr(jobs, "generator", lambda _role: engine)
    _Server.asked = []
    yield _Server
    engine.close()
    running.shutdown()


def run(language: str) -> Draft:
    job = queue.enqueue(KIND, {"selection": {"all": True}, "language": language})
    for outcome in DescribeProducts().process(job, list(JobItem.objects.filter(job=job)), lambda: False):
        assert outcome.save is not None
        outcome.save()
    return Draft.objects.get(job=job)


def test_german_of_a_remote_model_is_kept_in_german_forms(make_product: MakeProduct, server: type[_Server]) -> None:
    product = make_product("Nordlicht Desk Lamp", attributes={"Weight": "1.2 kg", "Material": "steel"})
    server.says = GERMAN + " Sie wird in 3 Jahren geliefert."
    draft = run("de")
    assert (draft.status, draft.language) == (DraftStatus.PENDING, "de")
    assert draft.text == GERMAN.replace("1.2 kg", "1,2 kg")
    assert "3 Jahren" in draft.removed[0]["text"]
    assert all(sentence.backed for sentence in from_json(draft.evidence).sentences)
    assert "language with the tag de" in server.asked[0]["messages"][0]["content"]
    assert draft.confidence == 0, "it never passes without a person"
    edited = services.edit(draft, "Die Lampe von Northwind wiegt 9 kg.")
    assert not from_json(edited.evidence).sentences[0].backed
    assert product.pk == draft.product_id


def test_english_where_german_was_asked_for_is_refused(make_product: MakeProduct, server: type[_Server]) -> None:
    make_product("Nordlicht Desk Lamp")
    server.says = "The desk lamp is made of stoneware and it shines very brightly."
    draft = run("de")
    assert (draft.status, draft.reason) == (DraftStatus.REFUSED, "tongue")
    assert len(server.asked) == 3


def test_a_job_for_what_the_model_does_not_write_fails_with_what_to_do(
    make_product: MakeProduct, settings: Any
) -> None:
    make_product()
    settings.COPY_LANGUAGES = ["en"]
    with pytest.raises(JobFailed, match="COPY_MODEL"):
        run("de")
