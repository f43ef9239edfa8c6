"""A merged checkpoint as a GGUF file for llama.cpp.

Checkpoints of the tiny shape (llama, byte-level BPE) are written here. Real bases go through the
converter of llama.cpp, which knows their tokenizers.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from repsight.errors import UnreadableSource

__all__ = ["Checkpoint", "export", "read_checkpoint", "tensor_shapes", "write_gguf"]

#: Names of a checkpoint's tensors as llama.cpp calls them; {n} is the number of the layer.
_TENSORS: Final = {
    "model.embed_tokens.weight": "token_embd.weight",
    "model.norm.weight": "output_norm.weight",
    "lm_head.weight": "output.weight",
    "model.layers.{n}.input_layernorm.weight": "blk.{n}.attn_norm.weight",
    "model.layers.{n}.self_attn.q_proj.weight": "blk.{n}.attn_q.weight",
    "model.layers.{n}.self_attn.k_proj.weight": "blk.{n}.attn_k.weight",
    "model.layers.{n}.self_attn.v_proj.weight": "blk.{n}.attn_v.weight",
    "model.layers.{n}.self_attn.o_proj.weight": "blk.{n}.attn_output.weight",
    "model.layers.{n}.post_attention_layernorm.weight": "blk.{n}.ffn_norm.weight",
    "model.layers.{n}.mlp.gate_proj.weight": "blk.{n}.ffn_gate.weight",
    "model.layers.{n}.mlp.up_proj.weight": "blk.{n}.ffn_up.weight",
    "model.layers.{n}.mlp.down_proj.weight": "blk.{n}.ffn_down.weight",
}
_TURNED: Final = ("q_proj", "k_proj")


def export(checkpoint: Path, file: Path, converter: Path | None) -> None:
    """Write ``file``; UnreadableSource for a checkpoint that needs a ``converter`` and has none."""
    config = json.loads((checkpoint / "config.json").read_text(encoding="utf-8"))
    if converter is not None:
        command = [sys.executable, str(converter), str(checkpoint), "--outfile", str(file)]
        subprocess.run(command, check=True)  # noqa: S603 - the caller's own converter
    elif config["model_type"] == "llama" and config["vocab_size"] < 10_000:
        write_gguf(read_checkpoint(checkpoint), file)
    else:
        raise UnreadableSource(
            f"A checkpoint of the kind {config['model_type']} is not converted here.",
            wanted="convert_hf_to_gguf.py of llama.cpp.",
            next_step="--converter llama.cpp/convert_hf_to_gguf.py",
        )
    sys.stdout.write(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB\n")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A llama network with a byte-level BPE tokenizer, as transformers keeps them."""

    config: Mapping[str, Any]
    tokenizer: Mapping[str, Any]
    chat_template: str
    weights: Mapping[str, np.ndarray]


def read_checkpoint(folder: Path) -> Checkpoint:
    """The checkpoint in a folder."""
    from safetensors.numpy import load_file

    def told(name: str) -> Any:  # noqa: ANN401 - JSON
        return json.loads((folder / name).read_text(encoding="utf-8"))

    template = (folder / "chat_template.jinja").read_text(encoding="utf-8")
    weights = load_file(folder / "model.safetensors")
    return Checkpoint(told("config.json"), told("tokenizer.json"), template, weights)


def write_gguf(checkpoint: Checkpoint, file: Path) -> None:
    """The checkpoint as GGUF, weights as float32."""
    from gguf import GGUFWriter

    config = checkpoint.config
    writer = GGUFWriter(str(file), "llama")
    writer.add_name("repsight coach")
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_rope_dimension_count(config["hidden_size"] // config["num_attention_heads"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_freq_base(_rope_base(config))
    writer.add_vocab_size(config["vocab_size"])
    _add_words(writer, checkpoint)
    _add_weights(writer, checkpoint)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def tensor_shapes(config: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    """Every tensor that a checkpoint of this kind has, with its shape."""
    width, inner, words = (
        config["hidden_size"], config["intermediate_size"], config["vocab_size"]
    )  # fmt: skip
    shapes: dict[str, tuple[int, ...]] = {}
    for name in _TENSORS:
        for n in range(config["num_hidden_layers"] if "{n}" in name else 1):
            shapes[name.format(n=n)] = _shape(name, width, inner, words=words)
    return shapes


def _shape(name: str, width: int, inner: int, *, words: int) -> tuple[int, ...]:
    if "norm" in name:
        return (width,)
    if "embed" in name or "lm_head" in name:
        return (words, width)
    if "down_proj" in name:
        return (width, inner)
    return (inner, width) if "gate" in name or "up_proj" in name else (width, width)


def _rope_base(config: Mapping[str, Any]) -> float:
    told = config.get("rope_parameters") or config
    return float(told.get("rope_theta", 10_000.0))


def _add_words(writer: Any, checkpoint: Checkpoint) -> None:  # noqa: ANN401 - gguf has no types
    from gguf import TokenType

    told = checkpoint.tokenizer
    special = {one["content"]: one["id"] for one in told["added_tokens"]}
    words = {**told["model"]["vocab"], **special}
    ordered = sorted(words, key=words.__getitem__)
    merges = [one if isinstance(one, str) else " ".join(one) for one in told["model"]["merges"]]
    kinds = [TokenType.CONTROL if one in special else TokenType.NORMAL for one in ordered]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(ordered)
    writer.add_token_types(kinds)
    writer.add_token_merges(merges)
    writer.add_bos_token_id(special["<|im_start|>"])
    writer.add_eos_token_id(special["<|im_end|>"])
    writer.add_pad_token_id(special["<|pad|>"])
    writer.add_add_bos_token(value=False)
    writer.add_chat_template(checkpoint.chat_template)


def _add_weights(writer: Any, checkpoint: Checkpoint) -> None:  # noqa: ANN401 - gguf has no types
    config = checkpoint.config
    for theirs, ours in _TENSORS.items():
        for n in range(config["num_hidden_layers"] if "{n}" in theirs else 1):
            values = checkpoint.weights[theirs.format(n=n)].astype(np.float32)
            if any(part in theirs for part in _TURNED):
                values = _rope_order(values, config["num_attention_heads"])
            writer.add_tensor(ours.format(n=n), np.ascontiguousarray(values))


def _rope_order(values: np.ndarray, heads: int) -> np.ndarray:
    """Rows of queries and keys in llama.cpp's order: pairs of a rotation side by side."""
    rows, columns = values.shape
    halves = values.reshape(heads, 2, rows // heads // 2, columns)
    return halves.swapaxes(1, 2).reshape(rows, columns)
