"""A model small enough for seconds, of the bundled one's architecture and with its tokenizer."""

from __future__ import annotations

from pathlib import Path


def make(folder: Path) -> Path:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    from foundation.inference import bundled
    from foundation.inference.gguf_files import write_tokenizer

    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=49152, hidden_size=16, intermediate_size=24, num_hidden_layers=1, num_attention_heads=2,
        num_key_value_heads=1, tie_word_embeddings=True,
    )  # fmt: skip
    LlamaForCausalLM(config).to(torch.float16).save_pretrained(folder)
    write_tokenizer(bundled.source_path(), folder)
    return folder
