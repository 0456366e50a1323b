"""Linear programmes in whole numbers and in any, as HiGHS solves them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import block_diag, eye, hstack

SOLVED, INFEASIBLE = 0, 2
_OUT_OF_TIME = 1
#: No more than this for one programme; its bound stays valid, if not the tightest.
_OPTIONS: Any = {"time_limit": 2.0, "mip_rel_gap": 0.0}
#: A solver's optimum is a whole number but for this.
_NEARLY = 1e-5

#: A count without an upper end is taken to be less than so many times the largest end.
_FAR = 10_000.0

_Ends = tuple[list[float], list[float]]


def minimise(target: Any, weights: Any, limits: Any, ends: _Ends, *, copies: int = 1) -> Any:
    """Solve in whole numbers, for one target in each of several copies of the unknowns."""
    lower, upper = _with_ends(ends)
    return milp(
        target,
        constraints=LinearConstraint(
            _indexed(block_diag([weights] * copies, format="csc")), -np.inf, np.tile(limits, copies)
        ),
        bounds=Bounds(lower * copies, upper * copies),
        integrality=np.ones(len(target), dtype=np.int64),
        options=_OPTIONS,
    )


def _indexed(weights: Any) -> Any:
    """Number rows and columns in 32 bits: HiGHS of scipy 1.12 and 1.13 takes no others."""
    weights.indices = weights.indices.astype(np.int32)
    weights.indptr = weights.indptr.astype(np.int32)
    return weights


def _with_ends(ends: _Ends) -> _Ends:
    """
    Give every unknown an upper end, far above anything that the others allow.

    Without one, HiGHS of 2025 can end the process (its issue 3262), and HiGHS of 2023
    can report an optimum where there is none.
    """
    lower, upper = ends
    largest = max(100.0, *lower, *(end for end in upper if math.isfinite(end)))
    return lower, [min(end, largest * _FAR) for end in upper]


def relaxed(target: Any, weights: Any, limits: Any, ends: _Ends) -> Any:
    """Solve in any numbers, whole or not."""
    bounds: Any = np.column_stack(ends)
    return linprog(target, A_ub=weights, b_ub=limits, bounds=bounds, method="highs")


def at_odds(weights: Any, limits: Any, ends: _Ends) -> Any | None:
    """Return how lines would have to give way, priced; None where they need not."""
    lines = len(limits)
    lower, upper = ends
    found = relaxed(
        np.concatenate([np.zeros(len(lower)), np.ones(lines)]),
        hstack([weights, -eye(lines)], format="csr"),
        limits,
        (lower + [0.0] * lines, upper + [math.inf] * lines),
    )
    return found if found.status == SOLVED and found.fun > _NEARLY else None


def at_least(found: Any) -> int | None:
    """Return what an optimum is at least, None where it has no end or none is known."""
    valid = {SOLVED: found.fun, _OUT_OF_TIME: found.mip_dual_bound}.get(found.status)
    return math.ceil(valid - _NEARLY) if valid is not None and math.isfinite(valid) else None
