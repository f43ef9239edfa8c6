"""Who words the summary: the template, a server, a GGUF file or a checkpoint folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from repsight.coach.writers.ask import DEADLINE_S
from repsight.coach.writers.checkpoint import CheckpointWriter
from repsight.coach.writers.http_chat import HttpWriter
from repsight.coach.writers.llama_cpp import LlamaCppWriter
from repsight.errors import UnreadableSource

__all__ = ["WriterChoice", "writer_for"]


@dataclass(frozen=True, slots=True)
class WriterChoice:
    """``said`` is template, an address or a path; ``may_send`` allows another machine.

    ``by_sentence`` asks for one sentence at a time; None: models on this disk are asked so, and
    servers for the whole summary at once.
    """

    said: str = "template"
    model: str = ""
    key: str = ""
    may_send: bool = False
    deadline_s: float = DEADLINE_S
    by_sentence: bool | None = None


def writer_for(
    choice: WriterChoice,
) -> HttpWriter | CheckpointWriter | LlamaCppWriter | None:
    """The chosen writer, None for the template; UserMistake for one that cannot be used."""
    said = choice.said.strip()
    if said in {"", "template"}:
        return None
    if "://" in said:
        return HttpWriter(
            said,
            choice.model,
            choice.key,
            choice.may_send,
            deadline_s=choice.deadline_s,
            by_sentence=bool(choice.by_sentence),
        )
    path, by_sentence = Path(said).expanduser(), choice.by_sentence is not False
    if path.is_dir():
        return CheckpointWriter(path, deadline_s=choice.deadline_s, by_sentence=by_sentence)
    if path.is_file():
        return LlamaCppWriter(path, deadline_s=choice.deadline_s, by_sentence=by_sentence)
    raise UnreadableSource(
        f"'{said}' is no coach.",
        wanted="template, an address such as http://127.0.0.1:8080, a GGUF file or a folder.",
        next_step="See: repsight coach models",
    )
