"""A merged checkpoint as a GGUF file for llama.cpp.

Checkpoints of the tiny shape (llama, byte-level BPE) are written here. Real bases go through the
converter of llama.cpp, which knows their tokenizers.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import numpy as np

from repsight.errors import UnreadableSource

__all__ = ["export", "write_gguf"]

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
        write_gguf(checkpoint, file)
    else:
        raise UnreadableSource(
            f"A checkpoint of the kind {config['model_type']} is not converted here.",
            wanted="convert_hf_to_gguf.py of llama.cpp.",
            next_step="--converter llama.cpp/convert_hf_to_gguf.py",
        )
    sys.stdout.write(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB\n")


def write_gguf(checkpoint: Path, file: Path) -> None:
    """A llama checkpoint with a byte-level BPE tokenizer as GGUF, weights as float32."""
    from gguf import GGUFWriter

    config = json.loads((checkpoint / "config.json").read_text(encoding="utf-8"))
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
    _add_weights(writer, checkpoint, config)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _rope_base(config: dict[str, Any]) -> float:
    told = config.get("rope_parameters") or config
    return float(told.get("rope_theta", 10_000.0))


def _add_words(writer: Any, checkpoint: Path) -> None:  # noqa: ANN401 - gguf has no types
    from gguf import TokenType

    told = json.loads((checkpoint / "tokenizer.json").read_text(encoding="utf-8"))
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
    template = checkpoint / "chat_template.jinja"
    writer.add_chat_template(template.read_text(encoding="utf-8"))


def _add_weights(writer: Any, checkpoint: Path, config: dict[str, Any]) -> None:  # noqa: ANN401
    from safetensors.numpy import load_file

    weights = load_file(checkpoint / "model.safetensors")
    heads = config["num_attention_heads"]
    for theirs, ours in _TENSORS.items():
        for n in range(config["num_hidden_layers"] if "{n}" in theirs else 1):
            values = weights[theirs.format(n=n)].astype(np.float32)
            if any(part in theirs for part in _TURNED):
                values = _rope_order(values, heads)
            writer.add_tensor(ours.format(n=n), np.ascontiguousarray(values))


def _rope_order(values: np.ndarray, heads: int) -> np.ndarray:
    """Rows of queries and keys in llama.cpp's order: pairs of a rotation side by side."""
    rows, columns = values.shape
    halves = values.reshape(heads, 2, rows // heads // 2, columns)
    return halves.swapaxes(1, 2).reshape(rows, columns)
