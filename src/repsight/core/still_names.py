"""File names of stills: what draws them and what shows them agree on these."""

from __future__ import annotations

from repsight.core.report import MomentSeen, Rep, Verdict

__all__ = ["issue_still", "moment_still"]


def issue_still(set_number: int, verdict: Verdict) -> str:
    """Name of the still of one finding, such as ``set1-rep4-depth.jpg``; sets count from 1.

    A finding on the whole set has ``rep0``; a side other than both is part of the name.
    """
    side = f"-{verdict.side}" if verdict.side in {"left", "right"} else ""
    return f"set{set_number}-rep{verdict.rep}-{_slug(verdict.rule)}{side}.jpg"


def moment_still(set_number: int, rep: Rep, moment: MomentSeen) -> str:
    """Name of the still of one key moment, such as ``set1-rep4-at-bottom.jpg``."""
    return f"set{set_number}-rep{rep.number}-at-{_slug(moment.id)}.jpg"


def _slug(name: str) -> str:
    """Only letters, digits and hyphens: a rule of a user's own spec may be called anything."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower())
    return "-".join(part for part in kept.split("-") if part) or "unnamed"
