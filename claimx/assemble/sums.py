"""Whether a stated change is what lies between two values of its sentence."""

from __future__ import annotations

from ..arithmetic import Number, judge
from .readings import Reading

OPEN, NO = "open", "no"


def reckoned(value: Reading, base: Reading, delta: Reading) -> str:
    """``ok``, ``rounding`` or ``relative`` where ``delta`` lies between the two, ``no`` where it does not, else
    ``open``; see :func:`claimx.arithmetic.judge`.
    """
    one, other, change = (Number.of(r.quantity) for r in (value, base, delta))
    if one is None or other is None or change is None:
        return OPEN
    sort = delta.quantity.kind
    kind = sort if sort in ("factor", "percent") else "points"
    verdict = judge(one, other, change, kind, expressly=False, direction=1, reach=None)
    if verdict is None or verdict.check is None:
        return OPEN
    return NO if verdict.check == "mismatch" else verdict.check
