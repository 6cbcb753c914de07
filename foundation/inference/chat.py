"""From messages to token ids and back, the same for every local engine, with control tokens kept out of user text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foundation.inference.types import InferenceError, Message

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Render = Callable[[list[dict[str, str]]], str]

# What chat models of today use as structure: ChatML and Llama 3 (<|…|>), DeepSeek (<｜…｜>), Llama 2, Gemma, T5.
# A remote server does not tell its tokens, so these are broken up there; a local tokenizer adds its own list.
COMMON_CONTROL = re.compile(
    r"<[|｜][^<>\s]{1,60}?[|｜]>|<</?SYS>>|\[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]"
    r"|</?(?:s|bos|eos|pad|unk|mask|start_of_turn|end_of_turn|think|tool_call|tool_response)>",
    re.IGNORECASE,
)


def neutralise(text: str, special: re.Pattern[str] | None = None) -> str:
    """Break up what a tokenizer would read as a control token: a space after its first character.

    A catalog cell that holds `<|im_end|>` stays readable and ends no turn. Repeats until nothing is left, because
    breaking one token can complete another.
    """
    for pattern in (COMMON_CONTROL, special):
        while pattern is not None:
            broken = pattern.sub(lambda found: f"{found[0][0]} {found[0][1:]}", text)
            if broken == text:
                break
            text = broken
    return text


def neutralised(messages: Iterable[Message], special: re.Pattern[str] | None = None) -> list[dict[str, str]]:
    """Messages as the plain dicts that chat templates and servers take."""
    return [{"role": m.role, "content": neutralise(m.content, special)} for m in messages]


@dataclass
class ChatTokenizer:
    """A model's tokenizer with its chat template. Thread-safe: nothing changes after it is built."""

    tokenizer: Tokenizer
    render: Render
    eos_ids: frozenset[int]
    pad_id: int
    context: int | None
    """Tokens that fit into prompt and text together, or None where the files do not say."""
    special: re.Pattern[str] | None = field(init=False)

    def __post_init__(self) -> None:
        tokens = self.tokenizer.get_added_tokens_decoder().values()
        names = sorted({t.content for t in tokens if t.special and len(t.content) > 1}, key=len, reverse=True)
        self.special = re.compile("|".join(map(re.escape, names))) if names else None

    def encode(self, messages: Sequence[Message], begun: str = "") -> list[int]:
        """Token ids of the rendered conversation, ending where the assistant begins to write, or has `begun` to."""
        text = self.render(neutralised(messages, self.special)) + neutralise(begun, self.special)
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def ended(self, prompt: Sequence[int], text: str) -> list[int]:
        """Token ids of an encoded conversation, of the `text` that answers it, and of its end."""
        said = self.tokenizer.encode(neutralise(text, self.special), add_special_tokens=False).ids
        return [*prompt, *said, min(self.eos_ids)]

    def decode(self, ids: Sequence[int]) -> str:
        """Text of generated ids, without control tokens."""
        return self.tokenizer.decode(list(ids), skip_special_tokens=True)

    @classmethod
    def from_folder(cls, folder: Path) -> ChatTokenizer:
        """Read tokenizer.json, tokenizer_config.json and, where there, chat_template.jinja and the model's configs.

        Needs neither transformers nor torch. Raises InferenceError where the folder holds no chat model.
        """
        from tokenizers import Tokenizer

        folder = Path(folder)
        if not (folder / "tokenizer.json").is_file():
            raise InferenceError(f"{folder} holds no tokenizer.json, so it is no model folder for this engine.")
        config = _read_json(folder / "tokenizer_config.json")
        template = config.get("chat_template")
        if (folder / "chat_template.jinja").is_file():
            template = (folder / "chat_template.jinja").read_text(encoding="utf-8")
        if isinstance(template, list):  # several named ones
            template = next((t["template"] for t in template if t["name"] == "default"), None)
        if not template:
            raise InferenceError(f"{folder} has no chat template: choose an instruction-tuned model.")
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        eos = {_id(tokenizer, config.get("eos_token"))}
        model, generation = _read_json(folder / "config.json"), _read_json(folder / "generation_config.json")
        for listed in (model.get("eos_token_id"), generation.get("eos_token_id")):
            eos |= set(listed) if isinstance(listed, list) else {listed}
        known = frozenset(i for i in eos if i is not None)
        if not known:
            raise InferenceError(f"{folder} names no end-of-text token, so a text would never end.")
        pad = _id(tokenizer, config.get("pad_token"))
        return cls(
            tokenizer=tokenizer,
            render=_renderer(template, {k: _content(config.get(k)) for k in ("bos_token", "eos_token", "unk_token")}),
            eos_ids=known,
            pad_id=min(known) if pad is None else pad,
            context=_context(model, config),
        )

    @classmethod
    def from_transformers(cls, tokenizer: Any, model: Any) -> ChatTokenizer:
        """Wrap what transformers loaded, whatever files the model came in. Raises InferenceError without a template."""
        if not tokenizer.chat_template:
            raise InferenceError(f"{tokenizer.name_or_path} has no chat template: choose an instruction-tuned model.")
        listed = model.generation_config.eos_token_id
        eos = set(listed) if isinstance(listed, list) else {listed}
        known = frozenset(i for i in eos | {tokenizer.eos_token_id} if i is not None)
        if not known:
            raise InferenceError(f"{tokenizer.name_or_path} names no end-of-text token, so a text would never end.")

        def render(messages: list[dict[str, str]]) -> str:
            return tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)

        return cls(
            tokenizer=tokenizer.backend_tokenizer,
            render=render,
            eos_ids=known,
            pad_id=min(known) if tokenizer.pad_token_id is None else tokenizer.pad_token_id,
            context=_context(model.config.get_text_config().to_dict(), {}),
        )


def _renderer(template: str, tokens: dict[str, str]) -> Render:
    """Compile a chat template as transformers does: sandboxed, blocks trimmed, its two helper functions there."""
    from jinja2.exceptions import TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def raise_exception(message: str) -> None:
        raise TemplateError(message)

    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
    )
    environment.globals["raise_exception"] = raise_exception
    environment.globals["strftime_now"] = lambda pattern: datetime.now(UTC).strftime(pattern)
    compiled = environment.from_string(template)

    def render(messages: list[dict[str, str]]) -> str:
        return compiled.render(messages=messages, add_generation_prompt=True, **tokens)

    return render


class TextPieces:
    """Turns a growing list of ids into pieces of text, holding back a character whose bytes are not all there yet."""

    def __init__(self, tokenizer: ChatTokenizer) -> None:
        self._tokenizer = tokenizer
        self._ids: list[int] = []
        self._given = ""

    def push(self, ids: Iterable[int]) -> str:
        """The text that these ids add."""
        self._ids.extend(ids)
        text = self._tokenizer.decode(self._ids)
        return "" if text.endswith("\ufffd") else self._take(text)

    def rest(self) -> str:
        """What was still held back when the model ended."""
        return self._take(self._tokenizer.decode(self._ids))

    def _take(self, text: str) -> str:
        piece, self._given = text[len(self._given) :], text
        return piece


def _context(model: dict[str, Any], config: dict[str, Any]) -> int | None:
    for value in (model.get("max_position_embeddings"), config.get("model_max_length")):
        if isinstance(value, int) and 0 < value < 10_000_000:  # transformers writes 1e30 for "unknown"
            return value
    return None


def _content(token: Any) -> str:
    """A special token is a string or a dict with its content."""
    return str(token["content"]) if isinstance(token, dict) else str(token or "")


def _id(tokenizer: Tokenizer, token: Any) -> int | None:
    found = tokenizer.token_to_id(_content(token)) if token else None
    return found if found is None else int(found)


def _read_json(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
