"""Learning the weights of the ranking and of the confidence from gold: ``claimx fit``."""

from __future__ import annotations

from .learn import Penalty, fit
from .observe import Observed, observe
from .tables import learn, write

__all__ = ["Observed", "Penalty", "fit", "learn", "observe", "write"]
