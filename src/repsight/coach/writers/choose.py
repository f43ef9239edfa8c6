"""Who words the summary: the template, a server, a GGUF file or a checkpoint folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from repsight.coach.coach import Writer
from repsight.coach.writers.ask import DEADLINE_S
from repsight.coach.writers.checkpoint import CheckpointWriter
from repsight.coach.writers.http_chat import HttpWriter
from repsight.coach.writers.llama_cpp import LlamaCppWriter
from repsight.errors import UnreadableSource

__all__ = ["WriterChoice", "writer_for"]


@dataclass(frozen=True, slots=True)
class WriterChoice:
    """``said`` is template, an address or a path; ``may_send`` allows another machine."""

    said: str = "template"
    model: str = ""
    key: str = ""
    may_send: bool = False
    deadline_s: float = DEADLINE_S


def writer_for(choice: WriterChoice) -> Writer | None:
    """The chosen writer, None for the template; UserMistake for one that cannot be used."""
    said = choice.said.strip()
    if said in {"", "template"}:
        return None
    if "://" in said:
        return HttpWriter(
            said, choice.model, choice.key, choice.may_send, deadline_s=choice.deadline_s
        )
    path = Path(said).expanduser()
    if path.is_dir():
        return CheckpointWriter(path, deadline_s=choice.deadline_s)
    if path.is_file():
        return LlamaCppWriter(path, deadline_s=choice.deadline_s)
    raise UnreadableSource(
        f"'{said}' is no coach.",
        wanted="template, an address such as http://127.0.0.1:8080, a GGUF file or a folder.",
        next_step="See: repsight coach models",
    )
