"""Linear programmes in whole numbers and in any, as HiGHS solves them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, eye, hstack

from ukcso.claims.system._propagation import Box, Constraint

SOLVED, INFEASIBLE, UNBOUNDED = 0, 2, 3
#: No more branches than these for one programme: past them, its bound is valid, if not tightest.
_OPTIONS: Any = {"node_limit": 10_000, "mip_rel_gap": 0.0}
#: A solver's optimum is a whole number but for this.
NEARLY = 1e-5
#: What inequalities must give way by beyond doubt, whatever a solver's rounding.
CLEARLY = 0.01
#: A price below this is none.
_NEGLIGIBLE = 1e-9
#: A count without an upper end is taken to be less than so many times the largest end.
_FAR = 10_000.0


class Programme:
    """
    What interval reasoning leaves unsettled: constraints between several unknowns of a box.

    Attributes
    ----------
    free
        The unknowns, by index, that are not one number.
    """

    def __init__(self, constraints: Sequence[Constraint], box: Box) -> None:
        self._box = box
        self._all = {constraint.by for constraint in constraints}
        self.free = [u for u in range(len(box.lower)) if not box.is_fixed(u)]
        column = {unknown: place for place, unknown in enumerate(self.free)}
        self._open = [c for c in constraints if sum(u in column for u, _ in c.terms) > 1]
        weights = np.zeros((len(self._open), len(self.free)))
        self._limits = np.array([float(constraint.limit) for constraint in self._open])
        for row, constraint in enumerate(self._open):
            for unknown, weight in constraint.terms:
                if unknown in column:
                    weights[row, column[unknown]] = weight
                else:
                    self._limits[row] -= weight * box.lower[unknown]
        self._weights: Any = csr_array(weights)
        ends = [(box.lower[u], box.upper[u]) for u in self.free]
        self._lower = np.array([float(lower) for lower, _ in ends])
        self._upper = np.array([math.inf if end is None else float(end) for _, end in ends])

    def minimise(self, sign: int, unknown: int | None = None) -> Any:
        """Solve in whole numbers for the least of an unknown (sign 1) or its most, or of all."""
        # HiGHS of scipy 1.12 and 1.13 takes no indices but those of 32 bits.
        weights = self._weights.tocsc()
        weights.indices = weights.indices.astype(np.int32)
        weights.indptr = weights.indptr.astype(np.int32)
        # Without an upper end, HiGHS of 2025 can end the process (its issue 3262), and HiGHS of
        # 2023 can report an optimum where there is none.
        largest = max(100.0, *self._lower, *self._upper[np.isfinite(self._upper)])
        return milp(
            self._target(sign, unknown),
            constraints=LinearConstraint(weights, -np.inf, self._limits),
            bounds=Bounds(self._lower, np.minimum(self._upper, largest * _FAR)),
            integrality=np.ones(len(self.free), dtype=np.int64),
            options=_OPTIONS.copy(),  # milp takes some out
        )

    def relaxed(self, sign: int, unknown: int) -> Any:
        """Solve in any numbers, whole or not."""
        ends: Any = np.column_stack((self._lower, self._upper))
        return linprog(self._target(sign, unknown), self._weights, self._limits, bounds=ends)

    def certificate(self) -> Any:
        """
        Return a Farkas certificate, as the prices of giving way.

        The optimum is how far the inequalities would have to give way all together.
        """
        size, slacks = len(self.free), len(self._limits)
        weights: Any = hstack([self._weights, -eye(slacks)], format="csr")
        lower = np.append(self._lower, np.zeros(slacks))
        ends: Any = np.column_stack((lower, np.append(self._upper, np.full(slacks, math.inf))))
        return linprog(np.repeat([0.0, 1.0], [size, slacks]), weights, self._limits, bounds=ends)

    def at(self, optimum: Any) -> list[int]:
        """Return the whole numbers of all unknowns of the box that are nearest to an optimum."""
        numbers = self._box.lower.copy()
        # A certificate has more unknowns, which are nobody's.
        for unknown, value in zip(self.free, optimum.x, strict=False):
            numbers[unknown] = round(value)
        return numbers

    def priced(self, optimum: Any) -> set[int]:
        """Return the statements, by index, behind every constraint and end that has a price."""
        if optimum.status != SOLVED:
            return self._all
        ends, by = [], set()
        for constraint, price in zip(self._open, optimum.ineqlin.marginals, strict=True):
            if abs(price) > _NEGLIGIBLE:
                by.add(constraint.by)
                ends += [(u, w < 0) for u, w in constraint.terms if self._box.is_fixed(u)]
        for is_upper, side in ((False, optimum.lower), (True, optimum.upper)):
            prices = zip(self.free, side.marginals, strict=False)
            ends += [(unknown, is_upper) for unknown, price in prices if abs(price) > _NEGLIGIBLE]
        return by.union(*(self._box.why(u, is_upper=is_upper) for u, is_upper in ends))

    def _target(self, sign: int, unknown: int | None) -> NDArray[np.float64]:
        return np.array([float(sign * (unknown in {None, u})) for u in self.free])


def at_least(optimum: Any) -> int | None:
    """Return what a minimum in whole numbers is at least, None where that is not known."""
    value: float | None = (
        optimum.fun if optimum.status == SOLVED else getattr(optimum, "mip_dual_bound", None)
    )
    if optimum.status in {INFEASIBLE, UNBOUNDED} or value is None or not math.isfinite(value):
        return None
    return math.ceil(value - NEARLY)
