"""A checkpoint folder of transformers, read from this disk and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from repsight.coach.cards.deck import Deck
from repsight.coach.draft import Draft
from repsight.coach.ledger import Ledger
from repsight.coach.planner import Plan
from repsight.coach.writers.ask import DEADLINE_S, drafted, drafted_by_sentence
from repsight.coach.writers.request import Request
from repsight.errors import MissingExtra, UnreadableSource

__all__ = ["CheckpointWriter"]

_MOST_TOKENS: Final = 1200


@dataclass(slots=True)
class CheckpointWriter:
    """Loads ``folder`` for the first draft and keeps it.

    Weights are read as safetensors and no code of the checkpoint is run.
    """

    folder: Path
    deadline_s: float = DEADLINE_S
    by_sentence: bool = True
    _model: Any = field(default=None, init=False)
    _tokenizer: Any = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Refuse a folder that is no checkpoint, and missing libraries, before any analysis."""
        if not (self.folder / "config.json").is_file():
            raise UnreadableSource(
                f"{self.folder.name} is no checkpoint.",
                wanted="A folder with config.json, safetensors and a tokenizer.",
                next_step="Give another folder, or leave --coach away for the template.",
            )
        _library("transformers")
        _library("torch")

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    def draft(self, ledger: Ledger, plan: Plan, deck: Deck) -> Draft:
        """Sentences for the plan; BadDraft where the model gives none."""
        asked = drafted_by_sentence if self.by_sentence else drafted
        return asked(self.answer, ledger, plan, deck, name=self.name, deadline_s=self.deadline_s)

    def answer(self, request: Request, left_s: float) -> str:
        """The model's words; what there is of them after ``left_s`` seconds."""
        self._load()
        asked = self._tokenizer.apply_chat_template(
            request.messages, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        with _library("torch").inference_mode():
            given = self._model.generate(
                **asked,
                max_new_tokens=min(_MOST_TOKENS, request.most_tokens),
                max_time=left_s,
                do_sample=False,
            )
        new = given[0][asked["input_ids"].shape[1] :]
        return str(self._tokenizer.decode(new, skip_special_tokens=True))

    def _load(self) -> None:
        if self._model is not None:
            return
        library, place = _library("transformers"), str(self.folder)
        kept_here = {"local_files_only": True, "trust_remote_code": False}
        self._tokenizer = library.AutoTokenizer.from_pretrained(place, **kept_here)
        self._model = library.AutoModelForCausalLM.from_pretrained(
            place, use_safetensors=True, **kept_here
        ).eval()


def _library(name: str) -> Any:  # noqa: ANN401 - optional libraries without types
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingExtra(
            f"A coach from a checkpoint needs {name}.",
            wanted="The extra 'checkpoint'.",
            next_step="pip install 'repsight[checkpoint]'",
        ) from error
