"""Linear programmes in whole numbers and in any, as HiGHS solves them."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import eye, hstack

SOLVED, INFEASIBLE, UNBOUNDED = 0, 2, 3
#: No more branches than these for one programme: past them, its bound is valid, if not tightest.
_OPTIONS: Any = {"node_limit": 10_000, "mip_rel_gap": 0.0}
#: A solver's optimum is a whole number but for this.
_NEARLY = 1e-5
#: A count without an upper end is taken to be less than so many times the largest end.
_FAR = 10_000.0


class Programme(NamedTuple):
    """Weights times unknowns are at most the limits; each unknown is between two ends."""

    weights: Any
    limits: Any
    lower: list[float]
    upper: list[float]


def minimise(target: Any, programme: Programme) -> Any:
    """Solve in whole numbers."""
    weights, limits, lower, upper = programme
    # HiGHS of scipy 1.12 and 1.13 takes no indices but those of 32 bits.
    weights = weights.tocsc()
    weights.indices = weights.indices.astype(np.int32)
    weights.indptr = weights.indptr.astype(np.int32)
    # Without an upper end, HiGHS of 2025 can end the process (its issue 3262), and HiGHS of
    # 2023 can report an optimum where there is none.
    largest = max(100.0, *lower, *(end for end in upper if math.isfinite(end)))
    return milp(
        target,
        constraints=LinearConstraint(weights, -np.inf, limits),
        bounds=Bounds(lower, [min(end, largest * _FAR) for end in upper]),
        integrality=np.ones(len(target), dtype=np.int64),
        options=_OPTIONS.copy(),  # milp takes some out
    )


def relaxed(target: Any, programme: Programme) -> Any:
    """Solve in any numbers, whole or not."""
    weights, limits, lower, upper = programme
    bounds: Any = np.column_stack((lower, upper))
    return linprog(target, A_ub=weights, b_ub=limits, bounds=bounds, method="highs")


def certificate(programme: Programme) -> Any | None:
    """
    Return a Farkas certificate, as the prices of giving way; None where none need give way.

    The optimum is how far the inequalities would have to give way all together.
    """
    weights, limits, lower, upper = programme
    slacks = len(limits)
    optimum = relaxed(
        np.concatenate([np.zeros(len(lower)), np.ones(slacks)]),
        Programme(
            hstack([weights, -eye(slacks)], format="csr"),
            limits,
            lower + [0.0] * slacks,
            upper + [math.inf] * slacks,
        ),
    )
    return optimum if optimum.status == SOLVED and optimum.fun > _NEARLY else None


def at_least(optimum: Any) -> int | None:
    """Return what a minimum in whole numbers is at least, None where that is not known."""
    value: float | None = (
        optimum.fun if optimum.status == SOLVED else getattr(optimum, "mip_dual_bound", None)
    )
    if optimum.status in {INFEASIBLE, UNBOUNDED} or value is None or not math.isfinite(value):
        return None
    return math.ceil(value - _NEARLY)
