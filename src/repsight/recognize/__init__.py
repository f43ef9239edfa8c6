"""Which exercise is this? The router proposes, the specification must agree, or none."""

from repsight.recognize.choose import Choice, choose
from repsight.recognize.router import Routed, Router, load_network, load_router
from repsight.recognize.segments import Claim, Segment, claims_of, segments_of
from repsight.recognize.spec_fit import Fit, best_fit, fit_all, fit_of

__all__ = [
    "Choice",
    "Claim",
    "Fit",
    "Routed",
    "Router",
    "Segment",
    "best_fit",
    "choose",
    "claims_of",
    "fit_all",
    "fit_of",
    "load_network",
    "load_router",
    "segments_of",
]
