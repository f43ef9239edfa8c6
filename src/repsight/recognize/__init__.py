"""Which exercise is this? The specification that best explains the movement, or none."""

from repsight.recognize.spec_fit import Fit, best_fit, fit_all, fit_of

__all__ = ["Fit", "best_fit", "fit_all", "fit_of"]
