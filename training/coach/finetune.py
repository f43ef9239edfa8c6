"""LoRA fine-tuning on the lessons, and the merged checkpoint."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.coach.bases import Base
from training.coach.lessons import read_lessons
from training.coach.tiny_base import make_base

__all__ = ["Course", "finetune"]


@dataclass(frozen=True, slots=True)
class Course:
    """Where lessons are and results go, and for how long to train at most."""

    build: Path
    base: Base
    place: str
    epochs: float
    minutes: float
    seed: int

    @property
    def untrained(self) -> Path:
        """The random base, for a comparison."""
        return self.build / "base"

    @property
    def merged(self) -> Path:
        """The checkpoint with the adapter merged into it."""
        return self.build / "merged"


def finetune(course: Course) -> None:
    """Train an adapter, keep it in ``adapter`` and the merged model in ``merged``."""
    import torch
    from peft import LoraConfig
    from trl import SFTConfig, SFTTrainer

    torch.manual_seed(course.seed)
    base, has_gpu = course.base, torch.cuda.is_available()
    model, tokenizer = _loaded(course, has_gpu=has_gpu)
    trainer = SFTTrainer(
        model=model,
        processing_class=tokenizer,
        train_dataset=_dataset(course.build / "train.jsonl"),
        peft_config=LoraConfig(
            r=base.rank,
            lora_alpha=2 * base.rank,
            lora_dropout=0.0 if base.trains_words else 0.05,
            target_modules="all-linear",
            modules_to_save=["embed_tokens", "lm_head"] if base.trains_words else None,
            task_type="CAUSAL_LM",
        ),
        args=SFTConfig(
            output_dir=str(course.build / "runs"),
            num_train_epochs=course.epochs,
            per_device_train_batch_size=base.batch,
            gradient_accumulation_steps=base.steps_a_batch,
            learning_rate=base.learning_rate,
            lr_scheduler_type="linear",
            warmup_steps=50,
            max_length=512,
            completion_only_loss=True,
            bf16=has_gpu,
            use_cpu=not has_gpu,
            gradient_checkpointing=has_gpu,
            logging_steps=20,
            save_strategy="no",
            report_to="none",
            seed=course.seed,
            disable_tqdm=True,
        ),
        callbacks=[_clock(course.minutes)],
    )
    trainer.train()
    trainer.save_model(str(course.build / "adapter"))
    merged = trainer.model.merge_and_unload()
    merged.save_pretrained(course.merged, safe_serialization=True)
    tokenizer.save_pretrained(course.merged)
    sys.stdout.write(f"{trainer.state.global_step} steps, merged into {course.merged.name}\n")


def _loaded(course: Course, *, has_gpu: bool) -> tuple[Any, Any]:
    """The base and its tokenizer; a random base is made first."""
    from transformers import AutoModelForCausalLM, AutoTokenizer

    place = course.place or course.base.place
    if course.base.shape is not None and not course.place:
        place = str(course.untrained)
        make_base(
            course.build / "train.jsonl", course.untrained, shape=course.base.shape,
            seed=course.seed,
        )  # fmt: skip
    kind = "bfloat16" if has_gpu else "float32"
    model = AutoModelForCausalLM.from_pretrained(place, dtype=kind, use_safetensors=True)
    return model, AutoTokenizer.from_pretrained(place)


def _dataset(path: Path) -> Any:  # noqa: ANN401 - datasets has no types
    """The lessons as prompts with their completions: only the answer is learnt."""
    from datasets import Dataset

    rows = [
        {"prompt": one["messages"][:-1], "completion": one["messages"][-1:]}
        for one in read_lessons(path)
    ]
    return Dataset.from_list(rows)


def _clock(minutes: float) -> Any:  # noqa: ANN401 - transformers is imported lazily
    """Ends the training when its time is up."""
    from transformers import TrainerCallback

    class Clock(TrainerCallback):
        def on_train_begin(
            self, _args: object, _state: object, _control: object, **_: object
        ) -> None:
            self.end_s = time.monotonic() + 60.0 * minutes

        def on_step_end(self, _args: object, _state: object, control: Any, **_: object) -> None:  # noqa: ANN401 - gguf has no types
            control.should_training_stop = time.monotonic() > self.end_s

    return Clock()
