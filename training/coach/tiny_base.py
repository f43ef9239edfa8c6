"""A small random base model with a tokenizer of its own, made from the lessons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from training.coach.bases import Shape
from training.coach.lessons import read_lessons

__all__ = ["CHAT_TEMPLATE", "make_base", "make_tokenizer"]

_START, _END, _PAD, _UNKNOWN = "<|im_start|>", "<|im_end|>", "<|pad|>", "<|unknown|>"
#: The roles of a conversation between marks, as several families of small models have them.
CHAT_TEMPLATE: Final = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def make_base(lessons: Path, folder: Path, *, shape: Shape, seed: int) -> None:
    """Write a checkpoint with random weights, and a tokenizer of the lessons' words."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    tokenizer = make_tokenizer(_texts(lessons), size=shape.vocabulary)
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=shape.width,
        intermediate_size=shape.inner,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        num_key_value_heads=shape.heads,
        max_position_embeddings=shape.context,
        tie_word_embeddings=False,
        bos_token_id=tokenizer.convert_tokens_to_ids(_START),
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    LlamaForCausalLM(config).save_pretrained(folder, safe_serialization=True)
    tokenizer.save_pretrained(folder)


def make_tokenizer(texts: Iterable[str], *, size: int) -> Any:  # noqa: ANN401 - no types there
    """A byte-level BPE tokenizer of printable ASCII: no answer can leave it."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    letters = [chr(code) for code in range(33, 127)]
    bare = Tokenizer(models.BPE(unk_token=_UNKNOWN))
    bare.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bare.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=[_UNKNOWN, _PAD, _START, _END],
        initial_alphabet=[*letters, "\N{LATIN CAPITAL LETTER G WITH DOT ABOVE}",
                          "\N{LATIN CAPITAL LETTER C WITH DOT ABOVE}"],
        show_progress=False,
    )  # fmt: skip
    bare.train_from_iterator(texts, trainer)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=bare,
        unk_token=_UNKNOWN,
        pad_token=_PAD,
        eos_token=_END,
        clean_up_tokenization_spaces=False,
    )
    tokenizer.chat_template = CHAT_TEMPLATE
    return tokenizer


def _texts(lessons: Path) -> Iterator[str]:
    for lesson in read_lessons(lessons):
        yield from (message["content"] for message in lesson["messages"])
