"""Reading and rewriting GGUF files: the tokenizer that one carries, and the same weights at 8 bits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from foundation.inference.adapters import Deltas, fitting

CONTROL_TOKEN = 3  # gguf.TokenType.CONTROL: never text, only structure


def requantise_to_q8(source: Path, target: Path, added: Deltas | None = None) -> None:
    """Write `source` again with every quantised matrix as Q8_0 (blocks of 32 int8 with one fp16 scale).

    What `added` holds for a tensor's name is added to it first. Raises `AdapterDamaged` where it does not fit.

    A 4-bit file batches slower in OpenVINO than an 8-bit one. One-dimensional tensors (the norms' weights) stay F32:
    they have no rows to cut into blocks, weigh nothing, and every reader expects them so.
    """
    import gguf
    from gguf import GGMLQuantizationType as Kind

    reader = gguf.GGUFReader(str(source))
    for name in set(added or {}) - {tensor.name for tensor in reader.tensors}:
        fitting((added or {})[name], name, None)
    writer = gguf.GGUFWriter(str(target), field(reader, "general.architecture"))
    for name, value in reader.fields.items():
        if name.startswith("GGUF.") or name == "general.architecture":
            continue  # the writer makes these itself
        if name == "general.file_type":
            writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
            continue
        inner = value.types[-1] if value.types[0] == gguf.GGUFValueType.ARRAY else None
        writer.add_key_value(name, value.contents(), value.types[0], inner)
    for tensor in reader.tensors:
        if tensor.tensor_type == Kind.F32 or (tensor.tensor_type == Kind.Q8_0 and tensor.name not in (added or {})):
            writer.add_tensor(tensor.name, tensor.data, raw_dtype=tensor.tensor_type)
        else:
            full = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
            if added and tensor.name in added:
                full = full + fitting(added[tensor.name], tensor.name, full.shape)
            writer.add_tensor(tensor.name, gguf.quants.quantize(full, Kind.Q8_0), raw_dtype=Kind.Q8_0)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def write_tokenizer(source: Path, folder: Path) -> None:
    """Write tokenizer.json and tokenizer_config.json of a SmolLM-like GGUF (byte-level BPE, digits one by one).

    Built from the file's own vocabulary and merges, because the generic GGUF converters forget the rule of the
    `smollm` pre-tokenizer that cuts numbers into digits, and a model that learned "1 9 5 cm" reads "195 cm" badly.
    """
    import gguf
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    reader = gguf.GGUFReader(str(source))
    kind = (field(reader, "tokenizer.ggml.model"), field(reader, "tokenizer.ggml.pre"))
    if kind != ("gpt2", "smollm"):
        raise ValueError(f"{source.name} has a tokenizer of the kind {kind}, expected ('gpt2', 'smollm').")
    tokens: list[str] = field(reader, "tokenizer.ggml.tokens")
    merges = [tuple(pair.split(" ", 1)) for pair in field(reader, "tokenizer.ggml.merges")]
    tokenizer = Tokenizer(models.BPE(vocab={token: n for n, token in enumerate(tokens)}, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    kinds = field(reader, "tokenizer.ggml.token_type")
    control = [token for token, what in zip(tokens, kinds, strict=True) if what == CONTROL_TOKEN]
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in control])
    tokenizer.save(str(folder / "tokenizer.json"))
    config = _tokenizer_config(reader, tokens)
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=1), encoding="utf-8")


def _tokenizer_config(reader: Any, tokens: list[str]) -> dict[str, object]:
    def token(name: str) -> str:
        return tokens[field(reader, f"tokenizer.ggml.{name}_token_id")]

    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": token("bos"),
        "eos_token": token("eos"),
        "unk_token": token("unknown"),
        "pad_token": token("padding"),
        "chat_template": field(reader, "tokenizer.chat_template"),
        "model_max_length": field(reader, "llama.context_length"),
        "clean_up_tokenization_spaces": False,
        "padding_side": "left",
    }


def attention_heads(source: Path) -> tuple[int, int]:
    """Query heads and key-value heads of a GGUF file of the architecture `llama`."""
    import gguf

    reader = gguf.GGUFReader(str(source))
    return field(reader, "llama.attention.head_count"), field(reader, "llama.attention.head_count_kv")


def field(reader: Any, name: str) -> Any:
    """The value of one metadata field. Raises ValueError where the file has none of that name."""
    found = reader.get_field(name)
    if found is None:
        raise ValueError(f"The GGUF file has no field {name}.")
    return found.contents()
