"""Printed statements as inequalities between whole numbers, and their solver."""

from __future__ import annotations

from ukcso.claims.system._programme import Solution, solve
from ukcso.claims.system._statements import Statement, cell_of, reference_of
from ukcso.claims.system._world import World

__all__ = ["Solution", "Statement", "World", "cell_of", "reference_of", "solve"]
