"""The numbered facts of one clip, and how they are looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from repsight.core.report import Fact

__all__ = ["Ledger", "numbered"]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Facts in order, with ids ``F1``, ``F2``, ...

    ``untrusted`` holds texts that somebody wrote (notes, names of files, limitations in free
    words): they may never be repeated. ``rep_totals`` says how many repetitions, or spells of a
    hold, each set has.
    """

    facts: tuple[Fact, ...]
    untrusted: tuple[str, ...] = ()
    rep_totals: Mapping[int, int] = field(default_factory=dict[int, int])
    _by_id: Mapping[str, Fact] = field(default_factory=dict[str, Fact], compare=False)

    def __contains__(self, fact_id: object) -> bool:
        return fact_id in self._by_id

    def get(self, fact_id: str) -> Fact | None:
        """The fact with this id, None if there is none."""
        return self._by_id.get(fact_id)

    def of(
        self, kind: str, *, set_number: int | None = None, metric: str | None = None
    ) -> tuple[Fact, ...]:
        """Facts of a kind, of one set or about one metric if asked for."""
        return tuple(
            fact
            for fact in self.facts
            if fact.kind == kind
            and (set_number is None or fact.set_number == set_number)
            and (metric is None or fact.metric == metric)
        )

    def first(
        self, kind: str, *, set_number: int | None = None, metric: str | None = None
    ) -> Fact | None:
        """The first such fact, None if there is none."""
        return next(iter(self.of(kind, set_number=set_number, metric=metric)), None)

    def cited(self, ids: Iterable[str]) -> tuple[Fact, ...]:
        """The facts of these ids that exist, each once, in the order of the ledger."""
        wanted = set(ids)
        return tuple(fact for fact in self.facts if fact.id in wanted)

    @property
    def sets(self) -> tuple[int, ...]:
        """Numbers of the sets that have facts."""
        return tuple(sorted({fact.set_number for fact in self.facts} - {0}))

    @property
    def seed(self) -> int:
        """A number made from all evidence: the same evidence is worded the same way."""
        digest = sha256()
        for fact in self.facts:
            digest.update(f"{fact.kind}|{fact.metric}|{fact.text}|{fact.value:.4g}|{fact.reps}"
                          f"|{fact.verdict}".encode())  # fmt: skip
        return int.from_bytes(digest.digest()[:8], "big")


def numbered(
    facts: Iterable[Fact],
    *,
    untrusted: Iterable[str] = (),
    rep_totals: Mapping[int, int] | None = None,
) -> Ledger:
    """A ledger of these facts, numbered in their order from ``F1`` on."""
    known = tuple(replace(fact, id=f"F{n}") for n, fact in enumerate(facts, start=1))
    return Ledger(
        known,
        tuple(text for text in untrusted if text.strip()),
        dict(rep_totals or {}),
        {fact.id: fact for fact in known},
    )
